import type {
  HostBirth,
  InterpreterOrder,
  InterpreterReport,
  InterpreterSource,
  InterpreterSupply,
} from '../../abi/remote.ts';

/** How far the first interpreter has come: bytes that were loaded, of how many; then all the rest. */
export type Progress =
  | { readonly phase: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly phase: 'preparing' };

type Listener = (progress: Progress) => void;

/** How many interpreters are awake before anybody needs them, unless somebody says otherwise. */
const SPARES = 2;
/** So long after one was taken the next one is woken: the process that was begun would have to share the cores with it. */
const REFILL_MS = 50;

/** An interpreter that nobody has needed yet. */
interface Spare {
  readonly worker: Worker;
  isAwake: boolean;
}

/**
 * The workers of the Python engine: what they all need is loaded and compiled once, in the first of them; some are awake, because
 * waking takes a quarter of a second. Each is used for one process and then stopped.
 */
export class Interpreters {
  readonly #make: () => Worker;
  readonly #source: InterpreterSource;
  readonly #most: number;
  readonly #listeners = new Set<Listener>();
  #supply: InterpreterSupply | null = null;
  /** While the first interpreter is on its way. */
  #loading: Promise<void> | null = null;
  #first: Worker | null = null;
  #progress: Progress = { phase: 'loading', loaded: 0, total: 0 };
  #spares: Spare[] = [];
  #refilling: ReturnType<typeof setTimeout> | undefined;

  constructor(make: () => Worker, source: InterpreterSource, spares = SPARES) {
    this.#make = make;
    this.#source = source;
    this.#most = spares;
  }

  /**
   * Loads all that is needed to wake interpreters, and wakes the first, unless that is done. Whoever gives up by `signal` gives up for
   * all. @throws Error when it cannot be had
   */
  async prepare(progress: Listener = () => {}, signal?: AbortSignal): Promise<void> {
    if (this.#supply !== null) return;
    this.#loading ??= this.#load();
    this.#listeners.add(progress);
    progress(this.#progress);
    try {
      await Promise.race([this.#loading, aborted(signal)]);
    } catch (error) {
      this.#forget();
      throw error;
    } finally {
      this.#listeners.delete(progress);
    }
  }

  /** A worker whose interpreter is awake, or will be when it gets to its birth. Precondition: prepared. */
  take(birth: HostBirth): Worker {
    if (this.#supply === null) throw new Error('an interpreter is wanted before its files are there');
    const worker = this.#spares.shift()?.worker ?? this.#wake(this.#supply).worker;
    worker.postMessage(birth);
    clearTimeout(this.#refilling);
    this.#refilling = setTimeout(() => this.#refill(), REFILL_MS);
    return worker;
  }

  dispose(): void {
    clearTimeout(this.#refilling);
    this.#forget();
    for (const { worker } of this.#spares) worker.terminate();
    this.#spares = [];
  }

  async #load(): Promise<void> {
    try {
      await this.#loadFirst(false);
    } catch {
      // Whatever was wrong, the browser's cache may be to blame.
      await this.#loadFirst(true);
    }
  }

  async #loadFirst(anew: boolean): Promise<void> {
    this.#first?.terminate();
    const worker = this.#make();
    this.#first = worker;
    this.#tell({ phase: 'loading', loaded: 0, total: 0 });
    const loaded = await answer(worker, { kind: 'load', source: this.#source, anew }, 'loaded', (progress) =>
      this.#tell(progress),
    );
    this.#tell({ phase: 'preparing' });
    await answer(worker, { kind: 'wake', supply: loaded.supply }, 'awake');
    this.#supply = loaded.supply;
    this.#first = null;
    this.#spares.push({ worker, isAwake: true });
    this.#refill();
  }

  #tell(progress: Progress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener(progress);
  }

  #forget(): void {
    this.#first?.terminate();
    this.#first = null;
    this.#loading = null;
  }

  /** One after the other: they would only slow down whoever runs. */
  #refill(): void {
    if (this.#supply === null || this.#spares.length >= this.#most || this.#spares.some(({ isAwake }) => !isAwake))
      return;
    const { worker, awake } = this.#wake(this.#supply);
    const spare: Spare = { worker, isAwake: false };
    this.#spares.push(spare);
    void awake.then(
      () => {
        spare.isAwake = true;
        this.#refill();
      },
      () => {
        // Tried again when the next one is needed.
        worker.terminate();
        this.#spares = this.#spares.filter((other) => other !== spare);
      },
    );
  }

  #wake(supply: InterpreterSupply): { readonly worker: Worker; readonly awake: Promise<unknown> } {
    const worker = this.#make();
    const awake = answer(worker, { kind: 'wake', supply }, 'awake');
    // Of one that carries a process already, its death is what is seen.
    awake.catch(() => {});
    return { worker, awake };
  }
}

type Answer<Kind extends InterpreterReport['kind']> = Extract<InterpreterReport, { kind: Kind }>;

/** What an interpreter's worker is asked. Rejects when it says that it cannot, or dies. */
export function answer<Kind extends 'loaded' | 'awake'>(
  worker: Worker,
  order: InterpreterOrder,
  kind: Kind,
  progress: Listener = () => {},
): Promise<Answer<Kind>> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const { signal } = done;
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<InterpreterReport>) => {
        if (data.kind === 'progress') progress({ phase: 'loading', loaded: data.loaded, total: data.total });
        else if (data.kind === 'failed') reject(new Error(data.message));
        if (data.kind !== kind) return;
        done.abort();
        resolve(data as Answer<Kind>);
      },
      { signal },
    );
    worker.addEventListener(
      'error',
      (event) => {
        event.preventDefault();
        reject(new Error(event.message || 'its script could not be loaded'));
      },
      { signal },
    );
    worker.postMessage(order);
  });
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal === undefined) return;
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
