import { stateWordOf } from '../abi/object-table.ts';
import { ObjectWord } from '../abi/objects.ts';
import { TEXTS_AT } from '../abi/layout.ts';
import { RunEnd } from '../abi/record.ts';
import type { KernelStatus, RunState } from '../abi/remote.ts';
import { appendText, readText } from '../abi/text.ts';
import { peek } from '../abi/words.ts';
import { asObjectId, asTextRef } from '../base/ids.ts';
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

  /** The run rests, and can go on. */
  rest(state: 'paused' | 'limit', message = ''): void {
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
  if (thread.blockObject === 0) return 'something';
  const nameWord = stateWordOf(asObjectId(thread.blockObject)) - ObjectWord.STATE + ObjectWord.NAME;
  const name = readText(machine.memory.bytes, TEXTS_AT * 4, asTextRef(peek(machine.words, nameWord)));
  return name === '' ? `object ${thread.blockObject}` : name;
}
