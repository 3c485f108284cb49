import { NO_TID } from '../base/ids.ts';
import { addLine } from '../abi/console.ts';
import { Control } from '../abi/control.ts';
import { BlockReason, InputKind } from '../abi/record.ts';
import { appendText } from '../abi/text.ts';
import type { Machine } from './machine.ts';
import type { Thread } from './thread.ts';
import { wakeAll } from './transitions.ts';

/** What is typed, as a program reads it: the line with its end, or nothing at the end of the file (null). */
export function typedText(line: string | null): string {
  return line === null ? '' : `${line}\n`;
}

export function typeLine(machine: Machine, line: string | null): void {
  typeText(machine, appendText(machine.memory, typedText(line)));
}

/** Records the input, as all inputs are, and lets those know who wait for it. */
export function typeText(machine: Machine, text: number): void {
  machine.log.input(InputKind.LINE, text, 0);
  if (addLine(machine.memory, text)) wakeAll(machine, Control.CONSOLE_BELL, NO_TID);
}

/** Who waits for somebody to type. */
export function readersOf(threads: readonly Thread[]): readonly Thread[] {
  return threads.filter(({ blockReason }) => blockReason === BlockReason.INPUT);
}
