import { Control } from '../../src/abi/control.ts';
import { objectAt } from '../../src/abi/layout.ts';
import { stateWordOf } from '../../src/abi/object-table.ts';
import { ObjectKind, ObjectWord } from '../../src/abi/objects.ts';
import type { RunSpec } from '../../src/abi/remote.ts';
import { asObjectId } from '../../src/base/ids.ts';
import type { Machine } from '../../src/ui/host/machine.ts';
import { load, specOf } from './rig.ts';

/** The shared variables of the run that is over, in the order in which they were made. */
function variablesOf({ memory: { words } }: Machine): number[] {
  const rows = Array.from({ length: Atomics.load(words, Control.OBJECT_HEAD) }, (_, n) => n + 1);
  return rows
    .filter((row) => words[objectAt(row) + ObjectWord.KIND] === ObjectKind.VALUE)
    .map((row) => Atomics.load(words, stateWordOf(asObjectId(row))));
}

/** Runs a program in live mode without a log, and returns the last `count` of the variables that it has made. */
export async function liveRun(
  machine: Machine | null,
  program: string,
  parameters: RunSpec['parameters'],
  count: number,
): Promise<number[]> {
  if (machine === null) throw new Error('the machine is not there yet');
  await load(machine, { ...specOf(program, 16, {}), parameters, launcher: false, mode: 'live', muted: true });
  const { state, message } = await machine.kernel.run({});
  if (state !== 'finished') throw new Error(`${program}: the run is ${state}: ${message ?? ''}`);
  return variablesOf(machine).slice(-count);
}
