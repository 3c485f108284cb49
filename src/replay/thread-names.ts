import { asPid, type Pid } from '../base/ids.ts';
import { ThreadKind } from '../abi/slot.ts';
import { peek } from '../abi/words.ts';
import { Run, Thread, THREAD_SHIFT, type FoldState } from './fold-state.ts';
import type { LogStore } from './log-store.ts';

/** A name of up to this many characters is its own short name. */
const SHORT = 4;

/**
 * Names of threads, which never change once they exist. The short name of a thread depends on those created before it
 * only, so it is the same at every point of a run.
 */
export class ThreadNames {
  readonly #log: LogStore;
  /** By tid; '' at 0. */
  readonly #short: string[] = [''];
  readonly #pids: number[] = [0];
  /** Tids of threads that CPython's library has started for itself. */
  readonly #library = new Set<number>();
  readonly #taken = new Set<string>();
  /** Threads so far of each process, its main thread included. */
  readonly #siblings = new Map<number, number>();
  readonly #processNames = new Map<number, string>();

  constructor(log: LogStore) {
    this.#log = log;
  }

  clear(): void {
    this.#short.length = 1;
    this.#pids.length = 1;
    this.#library.clear();
    this.#taken.clear();
    this.#siblings.clear();
    this.#processNames.clear();
  }

  /** Names the threads that are new in `head`, the state at the end of the log. */
  extend(head: FoldState): void {
    const tids = peek(head.run, Run.TIDS);
    const threads = head.threads.words;
    for (let tid = this.#short.length; tid <= tids; tid += 1) {
      const row = tid << THREAD_SHIFT;
      const pid = peek(threads, row + Thread.PID);
      const name = this.#log.text(peek(threads, row + Thread.NAME));
      const ordinal = (this.#siblings.get(pid) ?? 0) + 1;
      this.#siblings.set(pid, ordinal);
      const kind = peek(threads, row + Thread.KIND);
      if (kind === ThreadKind.LIBRARY) this.#library.add(tid);
      const isMain = kind === ThreadKind.PROCESS;
      const full = isMain ? `P${pid}` : `${this.#processNames.get(pid) ?? `P${pid}`}.T${ordinal}`;
      const fits = name !== '' && [...name].length <= SHORT;
      const short = this.#unique(fits ? name : full, full, tid);
      if (isMain) this.#processNames.set(pid, short);
      this.#short.push(short);
      this.#pids.push(pid);
    }
  }

  /** Precondition: the thread exists at the end of the log. */
  shortName(tid: number): string {
    return this.#short[tid] ?? `T${tid}`;
  }

  get hasLibrary(): boolean {
    return this.#library.size > 0;
  }

  isLibrary(tid: number): boolean {
    return this.#library.has(tid);
  }

  /** Null when there is no such thread at the end of the log. */
  pidOf(tid: number): Pid | null {
    const pid = this.#pids[tid] ?? 0;
    return pid > 0 ? asPid(pid) : null;
  }

  /** The first name that nobody has; a program that names its threads badly may take all but the last. */
  #unique(wanted: string, full: string, tid: number): string {
    const free = [wanted, full, `${full}′`, `${full}#${tid}`].find((name) => !this.#taken.has(name));
    const name = free ?? `#${tid}`;
    this.#taken.add(name);
    return name;
  }
}
