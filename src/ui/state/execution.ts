import type { Schedule } from '../../abi/config.ts';
import { Control } from '../../abi/control.ts';
import type { Memory } from '../../abi/layout.ts';
import { InputKind } from '../../abi/record.ts';
import { appendText } from '../../abi/text.ts';
import type { KernelRemote, KernelStatus, RunSpec, RunUntil } from '../../abi/remote.ts';
import type { Tid } from '../../base/ids.ts';
import type { Boot } from './lab.ts';
import type { RunLog } from './run-log.ts';

/** The kernel worker and its memory, as `ui/host` makes them; in tests a stand-in. */
export interface Machine {
  readonly memory: Memory;
  readonly kernel: Pick<KernelRemote, 'load' | 'run' | 'pick' | 'kill' | 'resizePool' | 'typeLine' | 'schedule'>;
  /** What runs Python; absent = this machine cannot. */
  readonly python?: PythonEngine;
  /** Resolves when the kernel's worker has died: then no call is answered any more. */
  readonly failure?: Promise<Error>;
}

/** The interpreters, which come when somebody chooses Python. */
export interface PythonEngine {
  /** A process can have more than one thread: the browser can suspend a stack. */
  readonly switchesThreads: boolean;
  /** Has all that a run needs; says at once how far it is, and then now and then. @throws Error when it cannot be had */
  prepare(this: void, progress: (boot: Boot) => void, signal: AbortSignal): Promise<void>;
}

/** What asks for a picture: `requestAnimationFrame` and its undoing. */
export interface Frames {
  request(callback: (ms: number) => void): number;
  cancel(request: number): void;
}

/**
 * The kernel, seen from the session. One call at a time (`Turns` sees to that); only `interrupt` may come in between.
 * Methods reject with what the kernel refuses or fails with.
 */
export class Execution {
  readonly #machine: Machine;
  readonly #log: RunLog;
  readonly #frames: Frames;
  #spec: RunSpec | null = null;
  #status: KernelStatus | null = null;
  #isRunning = false;
  /** The log is that of the run in memory; else nothing may be copied. */
  #isShown = false;
  /** Why no call is answered any more. */
  #death: Error | null = null;
  /** Rejects the call under way; there is one at a time. */
  #giveUp: (error: Error) => void = () => undefined;
  /** Of a live run, that it has no room for yet. */
  readonly #inputs: { readonly kind: InputKind; readonly value: number }[] = [];

  constructor(machine: Machine, log: RunLog, frames: Frames) {
    this.#machine = machine;
    this.#log = log;
    this.#frames = frames;
    void machine.failure?.then((error) => {
      this.#death = error;
      this.#giveUp(error);
    });
  }

  get status(): KernelStatus | null {
    return this.#status;
  }

  /** A live run is under way: it goes on by itself, until it ends or is interrupted. */
  get isRunningLive(): boolean {
    return this.#isRunning && this.#spec?.mode === 'live';
  }

  /** The log shows another run than the one loaded, because its load was overtaken. */
  get isStale(): boolean {
    return this.#spec !== null && !this.#isShown;
  }

  /** Of the run that is loaded; null when none is. */
  get spec(): RunSpec | null {
    return this.#spec;
  }

  /** Starts a new run. The old log stays until `showLoaded`, so nobody sees half of the one and half of the other. */
  async load(spec: RunSpec): Promise<void> {
    this.#spec = null;
    this.#isShown = false;
    this.#status = await this.#answer(this.#machine.kernel.load(spec));
    this.#spec = spec;
  }

  /** Replaces the log by that of the loaded run. */
  showLoaded(): void {
    this.#isShown = true;
    const machine = this.#spec?.machine;
    this.#log.restart(machine?.cpus ?? 1, machine?.policy === 'manual' && this.#spec?.mode === 'stepped');
    this.#take();
  }

  /** Nothing is loaded any more. */
  unload(): void {
    this.#spec = null;
    this.#status = null;
    this.#isShown = false;
  }

  /**
   * `onProgress` is called with every picture while the kernel runs; the log is copied up to then. Precondition: a run of more
   * than LOG_CAPACITY records is shown, or the kernel waits for ever for somebody to copy its log.
   */
  async run(until: RunUntil, onProgress: () => void): Promise<void> {
    const { memory, kernel } = this.#machine;
    // The kernel is idle here, so a pause that came too late for the last run cannot stop this one.
    Atomics.store(memory.words, Control.PAUSE, 0);
    this.#isRunning = true;
    this.#inputs.length = 0;
    const follow = (): void => {
      this.#handInput();
      this.#take();
      onProgress();
      request = this.#frames.request(follow);
    };
    let request = this.#frames.request(follow);
    try {
      this.#status = await this.#answer(kernel.run(until));
    } finally {
      this.#isRunning = false;
      this.#frames.cancel(request);
      this.#take();
    }
  }

  /**
   * Rejects also when the kernel's worker dies before it answers. One listener for all calls: `Promise.race` with `failure`
   * would leave one on it for each.
   */
  #answer<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      if (this.#death !== null) reject(this.#death);
      call.then(resolve, reject);
    });
  }

  #take(): void {
    if (this.#isShown) this.#log.take(this.#machine.memory);
  }

  /** Makes a `run` that is under way stop at the next step boundary. */
  interrupt(): void {
    if (this.#isRunning) Atomics.store(this.#machine.memory.words, Control.PAUSE, 1);
  }

  /** Resolves to the schedule with the pick in it. */
  async pick(tid: Tid): Promise<Schedule> {
    this.#status = await this.#answer(this.#machine.kernel.pick(tid));
    return this.#answer(this.#machine.kernel.schedule());
  }

  async resizePool(size: number): Promise<Schedule> {
    this.#status = await this.#answer(this.#machine.kernel.resizePool(size));
    return this.#answer(this.#machine.kernel.schedule());
  }

  async typeLine(line: string | null): Promise<Schedule> {
    this.#status = await this.#answer(this.#machine.kernel.typeLine(line));
    return this.#answer(this.#machine.kernel.schedule());
  }

  /** As `typeLine`, in a live run that is under way. */
  typeLive(line: string | null): void {
    this.input(InputKind.LINE, appendText(this.#machine.memory, line === null ? '' : `${line}\n`));
  }

  /** Hands an input to a live run that is under way: then the kernel answers no calls. */
  input(kind: InputKind, value: number): void {
    this.#inputs.push({ kind, value });
    this.#handInput();
  }

  /** There is room for one: the next one waits until the kernel has taken it. */
  #handInput(): void {
    const { words } = this.#machine.memory;
    if (Atomics.load(words, Control.INPUT) !== 0) return;
    const input = this.#inputs.shift();
    if (input === undefined) return;
    Atomics.store(words, Control.INPUT_VALUE, input.value);
    Atomics.store(words, Control.INPUT, input.kind);
    Atomics.add(words, Control.DOORBELL, 1);
    Atomics.notify(words, Control.DOORBELL);
  }

  async kill(pid: number): Promise<Schedule> {
    this.#status = await this.#answer(this.#machine.kernel.kill(pid));
    return this.#answer(this.#machine.kernel.schedule());
  }
}
