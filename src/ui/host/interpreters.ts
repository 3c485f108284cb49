import type { HostBirth, InterpreterOrder, InterpreterReport, InterpreterSupply } from '../../abi/remote.ts';

/** How far the interpreter has come: bytes that were loaded, of how many (0: nobody knows); then all the rest. */
export type Progress =
  | { readonly phase: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly phase: 'preparing' };

/** How many interpreters are awake before anybody needs them. */
const SPARES = 2;

interface Prepared {
  readonly supply: InterpreterSupply;
  readonly snapshot: Uint8Array;
}

/**
 * The workers of the Python engine: what they all need is loaded, compiled and made once; some are awake, because waking takes a
 * quarter of a second. Each is used for one process and then stopped.
 */
export class Interpreters {
  readonly #make: () => Worker;
  readonly #folder: string;
  #prepared: Promise<Prepared> | null = null;
  #spares: Worker[] = [];

  /** `folder`: address of the interpreter's files, with a slash at its end. */
  constructor(make: () => Worker, folder: string) {
    this.#make = make;
    this.#folder = folder;
  }

  /** Loads all that is needed to wake an interpreter, unless it is there. @throws Error when it cannot be had */
  async prepare(progress: (state: Progress) => void = () => {}, signal?: AbortSignal): Promise<void> {
    this.#prepared ??= this.#load(progress);
    try {
      const prepared = await this.#prepared;
      signal?.throwIfAborted();
      while (this.#spares.length < SPARES) this.#spares.push(this.#wake(prepared));
    } catch (error) {
      this.#prepared = null;
      throw error;
    }
  }

  /** A worker whose interpreter is awake, or will be when it gets to its birth. Precondition: prepared. */
  take(birth: HostBirth, prepared: Prepared | null = this.#ready): Worker {
    if (prepared === null) throw new Error('an interpreter is wanted before its files are there');
    const worker = this.#spares.shift() ?? this.#wake(prepared);
    worker.postMessage(birth);
    while (this.#spares.length < SPARES) this.#spares.push(this.#wake(prepared));
    return worker;
  }

  dispose(): void {
    for (const worker of this.#spares) worker.terminate();
    this.#spares = [];
  }

  #ready: Prepared | null = null;

  async #load(progress: (state: Progress) => void): Promise<Prepared> {
    const module = await compile(`${this.#folder}pyodide.asm.wasm`, progress);
    const supply: InterpreterSupply = { folder: this.#folder, module };
    progress({ phase: 'preparing' });
    const snapshot = await this.#makeSnapshot(supply);
    this.#ready = { supply, snapshot };
    return this.#ready;
  }

  #makeSnapshot(supply: InterpreterSupply): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const worker = this.#make();
      worker.addEventListener('message', ({ data }: MessageEvent<InterpreterReport>) => {
        if (data.kind !== 'snapshot') return;
        worker.terminate();
        const shared = new Uint8Array(new SharedArrayBuffer(data.snapshot.length));
        shared.set(data.snapshot);
        resolve(shared);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        worker.terminate();
        reject(new Error(`the interpreter cannot be started: ${event.message}`));
      });
      order(worker, { kind: 'make-snapshot', supply });
    });
  }

  #wake({ supply, snapshot }: Prepared): Worker {
    const worker = this.#make();
    order(worker, { kind: 'wake', supply, snapshot });
    return worker;
  }
}

function order(worker: Worker, message: InterpreterOrder): void {
  worker.postMessage(message);
}

async function compile(url: string, progress: (state: Progress) => void): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${url} cannot be loaded: ${response.status}`);
  const total = Number(response.headers.get('Content-Length') ?? 0);
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        loaded += chunk.length;
        progress({ phase: 'loading', loaded, total });
        controller.enqueue(chunk);
      },
    }),
  );
  return WebAssembly.compileStreaming(new Response(counted, { headers: { 'Content-Type': 'application/wasm' } }));
}
