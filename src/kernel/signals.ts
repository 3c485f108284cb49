import type { Tid } from '../base/ids.ts';
import { slotAt } from '../abi/layout.ts';
import { nudge } from '../abi/parking.ts';
import { EndCause } from '../abi/record.ts';
import { Slot } from '../abi/slot.ts';
import { peek } from '../abi/words.ts';
import { killProcess } from './ending.ts';
import type { Machine } from './machine.ts';
import { ThreadState } from './thread.ts';
import { interrupt } from './transitions.ts';

/** Signals as POSIX has them, for processes of the Python engine; numbers are Linux's. */

const SIGKILL = 9;
/** SIGCHLD, SIGCONT, SIGURG, SIGWINCH: who does not handle them is not touched. */
const HARMLESS = (1 << 17) | (1 << 18) | (1 << 23) | (1 << 28);
const SIGNALS = 32;

/** Sends a signal, 0: none. False: there is no such process, or it has ended. */
export function sendSignal(machine: Machine, pid: number, signal: number, by: Tid): boolean {
  const main = pid > 0 ? machine.table.livingProcess(pid)?.threads[0] : undefined;
  if (main === undefined) return false;
  if (signal <= 0 || signal >= SIGNALS) return true;
  const bit = 1 << signal;
  const at = slotAt(main.slot);
  if (signal !== SIGKILL && main.slot >= 0 && (peek(machine.words, at + Slot.SIGNALS_HANDLED) & bit) !== 0) {
    Atomics.or(machine.words, at + Slot.SIGNALS_PENDING, bit);
    if (machine.spec.mode === 'live') nudge(machine.memory, main.slot);
    else if (main.state === ThreadState.BLOCKED) interrupt(machine, main, by);
    return true;
  }
  if ((HARMLESS & bit) !== 0) return true;
  return killProcess(machine, pid, -signal, EndCause.KILLED);
}
