import { asPid, asTid, type Pid, type Tid } from '../base/ids.ts';
import { MAX_THREADS } from '../abi/limits.ts';
import { ThreadKind } from '../abi/slot.ts';
import { Thread, ThreadState, type Birth } from './thread.ts';

/** Owner of threads; its first one is its main thread, which shares the process's row of the object table. */
export interface Process {
  readonly pid: Pid;
  readonly parentPid: Pid;
  readonly daemon: boolean;
  readonly threads: Thread[];
}

/** All threads and processes of a run, the ended ones included: tids and pids are never used twice. */
export class ThreadTable {
  /** By tid. Place 0 is the launcher's, and empty in runs without one. */
  readonly #threads: (Thread | undefined)[] = [undefined];
  /** By pid. */
  readonly #processes: (Process | undefined)[] = [undefined];
  #living = 0;

  /** Threads that have not ended, the launcher not counted. */
  get living(): number {
    return this.#living;
  }

  get isFull(): boolean {
    return this.#threads.length > MAX_THREADS;
  }

  get nextTid(): Tid {
    return asTid(this.#threads.length);
  }

  get nextPid(): Pid {
    return asPid(this.#processes.length);
  }

  /** Precondition: not full, and the tid is `nextTid` (a new process's pid `nextPid`), or both are the launcher's 0. */
  add(birth: Birth): Thread {
    const thread = new Thread(birth);
    this.#threads[birth.tid] = thread;
    if (birth.kind === ThreadKind.PROCESS) {
      const { pid, parentPid, daemon } = birth;
      this.#processes[pid] = { pid, parentPid, daemon, threads: [thread] };
    } else {
      this.#processes[birth.pid]?.threads.push(thread);
    }
    if (birth.tid > 0) this.#living += 1;
    return thread;
  }

  /** Precondition: the thread has just moved to Terminated. */
  countEnded(thread: Thread): void {
    if (thread.tid > 0) this.#living -= 1;
  }

  thread(tid: Tid): Thread | undefined {
    return this.#threads[tid];
  }

  process(pid: number): Process | undefined {
    return this.#processes[pid];
  }

  /** The process, unless it has ended: it lives as long as its main thread. */
  livingProcess(pid: number): Process | undefined {
    const process = this.#processes[pid];
    return process?.threads[0]?.state === ThreadState.TERMINATED ? undefined : process;
  }

  /** In order of tid, the launcher and the ended ones included. */
  *all(): Generator<Thread> {
    for (const thread of this.#threads) if (thread !== undefined) yield thread;
  }

  /** Those that have not ended, in order of tid; the launcher is none of them. */
  livingThreads(): Thread[] {
    const living: Thread[] = [];
    for (const thread of this.all()) {
      if (thread.tid > 0 && thread.state !== ThreadState.TERMINATED) living.push(thread);
    }
    return living;
  }
}
