import type { ObjectId } from '../../base/ids.ts';
import { stateWordOf } from '../../abi/object-table.ts';
import { BlockReason } from '../../abi/record.ts';
import { bellOf, unwatch, watch } from '../../abi/watch.ts';
import { peek } from '../../abi/words.ts';
import { FOREVER } from '../../sync/port.ts';
import type { Call } from './carrier.ts';
import { Errno } from './errno.ts';
import type { OpenFiles } from './open-files.ts';
import type { TurnPort } from './turn.ts';

/** No child has ended yet. */
const NOT_YET = 0;

/** The processes that this one has started and not waited for yet. */
export class Children {
  readonly #port: TurnPort;
  readonly #files: OpenFiles;
  /** Their rows, by pid, in the order of their start. */
  readonly #rows = new Map<number, ObjectId>();
  /** What the last child that was waited for left behind: its exit code; below 0: the signal that has ended it. */
  status = 0;

  constructor(port: TurnPort, files: OpenFiles) {
    this.#port = port;
    this.#files = files;
  }

  add(pid: number, row: ObjectId): void {
    this.#rows.set(pid, row);
  }

  /** Waits for one (-1: any) and forgets it. Its pid, or an error number; 0: none has ended, and it was not to `wait`. */
  *await(pid: number, wait: boolean): Call<number> {
    for (;;) {
      const awaited = [...this.#rows].filter(([child]) => pid <= 0 || child === pid);
      const ended = awaited.find(([, row]) => this.#hasEnded(row));
      if (ended !== undefined) return this.#reap(...ended);
      const [first] = awaited;
      if (first === undefined) return Errno.ECHILD;
      if (!wait) return NOT_YET;
      const [, row] = first;
      if (awaited.length === 1) yield* this.#port.wait(stateWordOf(row), 0, FOREVER, row, BlockReason.JOIN);
      else yield* this.#awaitAny(awaited.map(([, one]) => one));
    }
  }

  *#awaitAny(rows: readonly ObjectId[]): Call<void> {
    const { memory, self } = this.#port;
    const bell = bellOf(self);
    const watches = rows.map((row) => watch(memory, row, bell));
    try {
      const rung = Atomics.load(memory.words, bell);
      if (rows.some((row) => this.#hasEnded(row))) return;
      yield* this.#port.wait(bell, rung, FOREVER, rows[0] ?? self, BlockReason.JOIN);
    } finally {
      for (const row of watches) if (row !== 0) unwatch(memory, row);
    }
  }

  #hasEnded(row: ObjectId): boolean {
    return Atomics.load(this.#port.memory.words, stateWordOf(row)) !== 0;
  }

  #reap(pid: number, row: ObjectId): number {
    this.status = peek(this.#port.memory.words, stateWordOf(row, 1));
    this.#rows.delete(pid);
    // Of one that was killed there may be something left.
    this.#files.onDisk?.release(pid);
    return pid;
  }
}
