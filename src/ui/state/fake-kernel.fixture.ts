import { Control, Mode } from '../../abi/control.ts';
import { createMemory, LOG_AT, RECORD_WORDS, type Memory } from '../../abi/layout.ts';
import { LogWriter } from '../../abi/log-writer.ts';
import { ObjectKind } from '../../abi/objects.ts';
import { EndCause, header, InputKind, Kind, PreemptCause, ReadyCause, RunEnd, STOPPED } from '../../abi/record.ts';
import type { KernelRemote, KernelStatus, RunSpec, RunUntil } from '../../abi/remote.ts';
import type { Input, Pick, Schedule } from '../../abi/config.ts';
import { appendText, FIRST_TEXT } from '../../abi/text.ts';
import type { Tid } from '../../base/ids.ts';
import type { Frames, Machine, PythonEngine } from './execution.ts';

/** Row of the pool that a program with the parameter `pool` has. */
const POOL = 900;

const nextTask = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Pictures without a screen: one a macrotask, 10 ms of its own clock apart. */
export class FakeFrames implements Frames {
  ms = 0;
  #next = 1;
  readonly #waiting = new Set<number>();

  request(callback: (ms: number) => void): number {
    const id = this.#next;
    this.#next += 1;
    this.#waiting.add(id);
    setImmediate(() => {
      if (!this.#waiting.delete(id)) return;
      this.ms += 10;
      callback(this.ms);
    });
    return id;
  }

  cancel(request: number): void {
    this.#waiting.delete(request);
  }
}

/**
 * One CPU, `workers` threads of `length` steps each, everyone in turn, picks obeyed: as little of a kernel as a session needs, with
 * the real one's manners. It opens the next tick at once, stops at PAUSE, zeroes it, and answers in a later task.
 */
export class FakeKernel implements KernelCalls, Machine {
  readonly memory: Memory = createMemory();
  readonly kernel: KernelCalls = this;
  readonly #log = new LogWriter(this.memory);
  /** Everything asked of it. */
  readonly calls: string[] = [];
  readonly specs: RunSpec[] = [];
  /** Calls under way now, and the most there ever were. */
  active = 0;
  mostActive = 0;
  /** Steps between two looks at the task queue. */
  stride = 50;
  /** Steps after which the run stops with `limit`. */
  limit = Infinity;
  /** The next call to this method rejects. */
  failing: string | null = null;
  /** Waits for what Python needs; at once, unless a test has it otherwise. */
  preparing: PythonEngine['prepare'] = async () => {};
  readonly python = {
    switchesThreads: true,
    prepare: ((progress, signal) => this.preparing(progress, signal)) satisfies PythonEngine['prepare'],
  };
  length = 5;
  #workers = 2;
  #left: number[] = [];
  #holder = 0;
  #tick = 0;
  #steps = 0;
  #picks: Pick[] = [];
  #inputs: Input[] = [];
  #state: KernelStatus['state'] = 'ready';

  load(spec: RunSpec): Promise<KernelStatus> {
    return this.#call(`load ${JSON.stringify(spec.parameters)}`, async () => {
      this.specs.push(spec);
      const { words } = this.memory;
      const used = Atomics.load(words, Control.LOG_HEAD);
      for (let n = 0; n < used; n += 1) words[LOG_AT + n * RECORD_WORDS + 7] = 0;
      for (const word of [Control.LOG_HEAD, Control.LOG_TAKEN, Control.PAUSE, Control.INPUT]) {
        Atomics.store(words, word, 0);
      }
      Atomics.store(words, Control.MODE, spec.mode === 'live' ? Mode.LIVE : Mode.STEPPED);
      Atomics.store(words, Control.TEXT_HEAD, FIRST_TEXT);
      const { workers } = spec.parameters;
      this.#workers = typeof workers === 'number' ? workers : 2;
      this.#left = Array.from({ length: this.#workers }, () => this.length);
      [this.#holder, this.#tick, this.#steps] = [0, 0, 0];
      this.#picks = [...spec.schedule.picks];
      this.#inputs = [...spec.schedule.inputs];
      this.#state = 'ready';
      for (let tid = 1; tid <= this.#workers; tid += 1) {
        const name = appendText(this.memory, `P${tid}`);
        this.#log.append(header(Kind.CREATED, 0, -1), 0, tid, tid, tid, name, 0);
      }
      if (spec.parameters['pool'] !== undefined) {
        this.#log.append(header(Kind.OBJECT, ObjectKind.POOL, -1), 0, 1, POOL, 0, 0, 0);
      }
      if (spec.mode === 'live') return;
      for (let tid = 1; tid <= this.#workers; tid += 1) {
        this.#log.append(header(Kind.READY, ReadyCause.CREATED, -1), 0, tid, 0, 0, 0, 0);
      }
    });
  }

  run(until: RunUntil): Promise<KernelStatus> {
    return this.#call(`run ${JSON.stringify(until)}`, async () => {
      const { words } = this.memory;
      const lastStep = this.#steps + (until.steps ?? Infinity);
      if (this.#state === 'limit') this.limit = Infinity;
      if (this.#isOver) return;
      if (Atomics.load(words, Control.MODE) === Mode.LIVE) return this.#runLive();
      this.#state = 'paused';
      while (!this.#isOver) {
        if (this.#steps >= lastStep || this.#log.count >= (until.records ?? Infinity)) break;
        if (this.#tick >= (until.tick ?? Infinity) || Atomics.load(words, Control.PAUSE) !== 0) break;
        if (this.#steps >= this.limit) {
          this.#state = 'limit';
          break;
        }
        this.#step();
        if (this.#steps % this.stride === 0) await nextTask();
      }
      Atomics.store(words, Control.PAUSE, 0);
    });
  }

  /** Everybody at once, a millisecond an event, until all have had their turns or PAUSE ends it. */
  async #runLive(): Promise<void> {
    const { words } = this.memory;
    const living = Array.from({ length: this.#workers }, (_, index) => index + 1);
    for (const tid of living) this.#log.append(header(Kind.READY, ReadyCause.CREATED, -1), 0, tid, 0, 0, 0, 0);
    for (let turn = 0; turn < this.length * this.#workers; turn += 1) {
      if (Atomics.load(words, Control.PAUSE) !== 0) break;
      this.#tick += 1000;
      const tid = (turn % this.#workers) + 1;
      this.#takeInput();
      this.#log.append(header(Kind.DISPATCHED, 0, -1), this.#tick, tid, 0, 0, 0, 0);
      this.#log.append(header(Kind.BLOCKED, 1, -1), this.#tick + 500, tid, 0, -1, 3, 0);
      this.#log.append(header(Kind.READY, ReadyCause.TIMER, -1), this.#tick + 900, tid, 0, 0, 0, 0);
      await nextTask();
    }
    const stopped = Atomics.load(words, Control.PAUSE) !== 0;
    for (const tid of living) {
      this.#log.append(
        header(Kind.TERMINATED, stopped ? EndCause.KILLED : EndCause.RETURNED, -1),
        this.#tick,
        tid,
        0,
        0,
        0,
        0,
      );
    }
    this.#state = 'finished';
    const message = appendText(this.memory, stopped ? STOPPED : '');
    this.#log.append(header(Kind.END, RunEnd.FINISHED, -1), this.#tick, 0, 0, message, 0, 0);
    Atomics.store(words, Control.PAUSE, 0);
  }

  #takeInput(): void {
    const { words } = this.memory;
    const kind = Atomics.exchange(words, Control.INPUT, 0);
    if (kind === 0) return;
    this.#log.append(header(Kind.INPUT, kind, -1), this.#tick, 0, 0, Atomics.load(words, Control.INPUT_VALUE), 0, 0);
  }

  pick(tid: Tid): Promise<KernelStatus> {
    return this.#call(`pick ${tid}`, async () => {
      if ((this.#left[tid - 1] ?? 0) === 0) throw new Error(`thread ${tid} cannot be picked`);
      this.#picks.push({ tick: this.#tick, tid });
    });
  }

  kill(pid: number): Promise<KernelStatus> {
    return this.#call(`kill ${pid}`, async () => {
      if ((this.#left[pid - 1] ?? 0) === 0) throw new Error(`there is no process ${pid} to end`);
      this.#inputs.push({ kind: 'kill', tick: this.#tick + 1, pid });
    });
  }

  resizePool(size: number): Promise<KernelStatus> {
    return this.#call(`resizePool ${size}`, async () => {
      this.#inputs.push({ kind: 'pool', tick: this.#tick + 1, size });
    });
  }

  typeLine(text: string | null): Promise<KernelStatus> {
    return this.#call(`typeLine ${text}`, async () => {
      this.#inputs.push({ kind: 'line', tick: this.#tick + 1, text });
    });
  }

  async schedule(): Promise<Schedule> {
    return structuredClone({ picks: this.#picks, inputs: this.#inputs });
  }

  get #isOver(): boolean {
    return this.#state === 'finished';
  }

  async #call(what: string, work: () => Promise<void>): Promise<KernelStatus> {
    this.calls.push(what);
    this.active += 1;
    this.mostActive = Math.max(this.mostActive, this.active);
    try {
      await nextTask();
      if (this.failing !== null && what.startsWith(this.failing)) {
        this.failing = null;
        throw new Error('the kernel broke');
      }
      await work();
    } finally {
      this.active -= 1;
    }
    const status = { state: this.#state, records: this.#log.count, steps: this.#steps, tick: this.#tick };
    return this.#state === 'limit' ? { ...status, message: `${this.#steps} steps` } : status;
  }

  #step(): void {
    const picked = this.#picks.find((pick) => pick.tick === this.#tick && (this.#left[pick.tid - 1] ?? 0) > 0);
    const next = picked === undefined ? this.#afterHolder() : picked.tid;
    if (next !== this.#holder) {
      if (this.#holder > 0 && (this.#left[this.#holder - 1] ?? 0) > 0) {
        this.#log.append(header(Kind.PREEMPTED, PreemptCause.QUANTUM, 0), this.#tick, this.#holder, 0, next, 0, 0);
      }
      this.#log.append(header(Kind.PICK, 0, 0), this.#tick, next, 0, 2, picked === undefined ? 0 : 1, 0);
      this.#log.append(header(Kind.DISPATCHED, 0, 0), this.#tick, next, 0, 1, 0, this.#tick);
      this.#holder = next;
    }
    this.#steps += 1;
    this.#log.append(header(Kind.LINE, 0, 0), this.#tick, next, 0, 10 + (this.#left[next - 1] ?? 0), this.#steps, 0);
    this.#log.append(header(Kind.PRINT, 1, -1), this.#tick, next, 0, appendText(this.memory, `${next}\n`), 0, 0);
    this.#left[next - 1] = (this.#left[next - 1] ?? 0) - 1;
    if (this.#left[next - 1] === 0) this.#end(next, EndCause.RETURNED, 0);
    this.#openTick();
  }

  #openTick(): void {
    if (this.#left.every((left) => left === 0)) {
      this.#state = 'finished';
      this.#log.append(header(Kind.END, RunEnd.FINISHED, -1), this.#tick, 0, 0, 0, 0, 0);
      return;
    }
    this.#tick += 1;
    for (const input of this.#inputs) {
      if (input.tick === this.#tick && input.kind === 'line') {
        const text = appendText(this.memory, input.text === null ? '' : `${input.text}\n`);
        this.#log.append(header(Kind.INPUT, InputKind.LINE, -1), this.#tick, 0, 0, text, 0, 0);
      }
      if (input.tick === this.#tick && input.kind === 'pool') {
        this.#log.append(header(Kind.INPUT, InputKind.POOL, -1), this.#tick, 0, 0, input.size, 0, 0);
      }
      if (input.tick !== this.#tick || input.kind !== 'kill' || (this.#left[input.pid - 1] ?? 0) === 0) continue;
      this.#log.append(header(Kind.INPUT, InputKind.KILL, -1), this.#tick, 0, 0, input.pid, -15, 0);
      this.#end(input.pid, EndCause.KILLED, -15);
    }
  }

  #end(tid: number, cause: EndCause, code: number): void {
    this.#left[tid - 1] = 0;
    const cpu = this.#holder === tid ? 0 : -1;
    this.#log.append(header(Kind.TERMINATED, cause, cpu), this.#tick, tid, 0, code, 0, 0);
    if (this.#holder === tid) this.#holder = 0;
  }

  #afterHolder(): number {
    for (let i = 1; i <= this.#workers; i += 1) {
      const tid = ((this.#holder - 1 + i + this.#workers) % this.#workers) + 1;
      if ((this.#left[tid - 1] ?? 0) > 0) return tid;
    }
    return 0;
  }
}

type KernelCalls = Omit<KernelRemote, 'attach' | 'sendHostsHome'>;
