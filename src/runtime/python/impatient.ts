import type { ObjectId, Tid } from '../../base/ids.ts';
import { BlockReason } from '../../abi/record.ts';
import { bytesRead } from '../../sync/pipe.ts';
import type { Call } from './carrier.ts';
import type { TurnPort } from './turn.ts';

/**
 * Threads that ask again and again whether they can read, and leave the reading to others, as a handler of CPython's pools does. Where nobody
 * is preempted those others would never run.
 */
export class Impatient {
  readonly #port: TurnPort;
  /** What threads have found at once, and how much had been read by then. */
  readonly #found = new Map<Tid, string>();

  constructor(port: TurnPort) {
    this.#port = port;
  }

  /** The calling thread has found this at once. If it is what it found before, and nothing was read since, others come first. */
  *letOthersRun(pipes: readonly ObjectId[], found: string): Call<void> {
    const port = this.#port;
    const state = `${found};${pipes.map((pipe) => bytesRead(port.memory, pipe)).join(',')}`;
    if (this.#found.get(port.tid) === state) yield* port.sleep(1, port.self, BlockReason.POLL);
    this.#found.set(port.tid, state);
  }

  /** It has to wait. */
  forget(): void {
    this.#found.delete(this.#port.tid);
  }
}
