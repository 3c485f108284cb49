import { namelessName } from '../abi/kind-names.ts';
import { ObjectWord } from '../abi/objects.ts';
import { objectAt } from '../abi/layout.ts';
import { objectNameIn } from '../abi/object-table.ts';
import { RunEnd } from '../abi/record.ts';
import type { KernelStatus, RunState } from '../abi/remote.ts';
import { appendText } from '../abi/text.ts';
import { peek } from '../abi/words.ts';
import { whoKeptIt } from './lost-lock.ts';
import { whyLost } from './lost-task.ts';
import type { Machine } from './machine.ts';
import type { Thread } from './thread.ts';

/** Where a run stands, and the words for it. */

const MOST_WAITERS_NAMED = 4;

/** A stepped run only rests at a limit, a live one ends there. */
const RECORD_OF = {
  finished: RunEnd.FINISHED,
  deadlock: RunEnd.DEADLOCK,
  failed: RunEnd.FAILED,
  limit: RunEnd.LIMIT,
} as const;

/** How a run can end. */
export type End = keyof typeof RECORD_OF;

export class Outcome {
  state: RunState = 'ready';
  #message = '';
  #isOver = false;

  /** The run has stopped for good. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** @throws Error when there is nothing left to end, though the process may still be there: Blocked, in a deadlock. */
  refuseKillWhenOver(pid: number): void {
    if (this.isOver) throw new Error(`process ${pid} cannot be ended: the run is over; start it again`);
  }

  /** @throws Error when nobody is left who could add workers or take some away. */
  refuseResizeWhenOver(): void {
    if (this.isOver) throw new Error('the pool cannot change its size: the run is over; start it again');
  }

  /** @throws Error when nobody is left who could read. */
  refuseLineWhenOver(): void {
    if (this.isOver) throw new Error('nobody reads a line any more: the run is over; start it again');
  }

  /** The run rests, and can go on. */
  rest(state: 'paused' | 'limit' | 'input', message = ''): void {
    this.state = state;
    this.#message = message;
  }

  end(machine: Machine, state: End, message = ''): void {
    this.state = state;
    this.#isOver = true;
    this.#message = message;
    machine.log.end(RECORD_OF[state], appendText(machine.memory, message));
  }

  status(machine: Machine): KernelStatus {
    const { log, steps, tick } = machine;
    const status = { state: this.state, records: log.count, steps, tick };
    return this.#message === '' ? status : { ...status, message: this.#message };
  }
}

/** Who waits for what. Precondition: a deadlock; `threads` are those that have not ended. */
export function deadlockMessage(machine: Machine, threads: readonly Thread[]): string {
  const waits = threads.map((thread) => `${thread.name} waits for ${awaited(machine, thread)}`);
  const named = waits.slice(0, MOST_WAITERS_NAMED).join('; ');
  const rest = waits.length - MOST_WAITERS_NAMED;
  return rest > 0 ? `${named}; and ${rest} more wait` : named;
}

function awaited(machine: Machine, thread: Thread): string {
  const object = thread.blockObject;
  // At his own bell waits who waits for something that the log does not know, such as a lock that the library keeps to itself.
  if (object === 0 || object === thread.object) return 'something';
  const name = objectNameIn(machine.memory, object);
  const kind = wordOf(machine, object, ObjectWord.KIND);
  const known = name === '' ? namelessName(kind, ordinalOf(machine, object, kind)) : name;
  const why = whyLost(machine, object) ?? whoKeptIt(machine, object);
  return why === null ? known : `${known} (${why})`;
}

function wordOf(machine: Machine, object: number, word: number): number {
  return peek(machine.words, objectAt(object) + word);
}

/** Its number among its kind: rows are taken in the order in which objects are made. */
function ordinalOf(machine: Machine, object: number, kind: number): number {
  let ordinal = 0;
  for (let row = 1; row <= object; row += 1) if (wordOf(machine, row, ObjectWord.KIND) === kind) ordinal += 1;
  return ordinal;
}
