import type { PyodideAPI } from 'pyodide';

/**
 * All that the engine needs of Pyodide beyond its documented interface, and nothing else of it is anywhere else. The version is
 * pinned in package.json; `pyodide-internals.browser.test.ts` has a test for each of these, which fails when an upgrade
 * changes it. Every function here checks what it relies on and says what it misses.
 */

interface Sockets {
  pollAsync?: (descriptors: number, count: number, timeout: number) => Promise<number> | number | null;
}

interface Module {
  readonly SOCKFS: Sockets | undefined;
  readonly HEAPU8: Uint8Array;
  readonly FS: PyodideAPI['FS'];
  promisingApply?: (...parameters: unknown[]) => Promise<unknown>;
  stackSave?: () => number;
  stackRestore?: (to: number) => void;
}

export class UnknownPyodide extends Error {
  constructor(missing: string) {
    super(`this version of Pyodide has no ${missing}, which threads need`);
    this.name = 'UnknownPyodide';
  }
}

/** @throws UnknownPyodide */
function moduleOf(python: PyodideAPI): Module {
  const { _module: module } = python as unknown as { _module?: Module };
  if (module === undefined) throw new UnknownPyodide('_module');
  return module;
}

export function heapOf(python: PyodideAPI): Uint8Array {
  return moduleOf(python).HEAPU8;
}

/** Whether a stack of this interpreter can be suspended: JavaScript Promise Integration. */
export function canSwitchStacks(): boolean {
  return 'Suspending' in WebAssembly && 'promising' in WebAssembly;
}

/**
 * Lets C's `poll()` suspend its stack on the promise that `take` gives; without one, `poll()` does what it always did. Pyodide has
 * this hook for sockets of Node.js. It costs a tenth of `run_sync`, which goes through an event loop in Python.
 */
export function suspendInPoll(python: PyodideAPI, take: () => Promise<number> | null): void {
  const sockets = moduleOf(python).SOCKFS;
  if (sockets === undefined) throw new UnknownPyodide('SOCKFS');
  const before = sockets.pollAsync;
  sockets.pollAsync = (descriptors, count, timeout) =>
    take() ?? before?.call(sockets, descriptors, count, timeout) ?? null;
}

/** Of the shadow stack, for each thread. Its whole is 10 MB. */
const PART_BYTES = 192 * 1024;
const ALIGNMENT = 16;

/**
 * Gives each stack a part of its own of the shadow stack, where C keeps what has an address. By itself Pyodide lets stacks share it
 * and copies them out and in as they are switched; then the garbage collector, which visits the frames of all threads, reads
 * what another stack has overwritten, and the interpreter dies.
 */
export function separateStacks(python: PyodideAPI): void {
  const module = moduleOf(python);
  const { promisingApply, stackSave, stackRestore } = module;
  if (promisingApply === undefined) throw new UnknownPyodide('promisingApply');
  if (stackSave === undefined || stackRestore === undefined) throw new UnknownPyodide('stackSave');
  const base = stackSave();
  const free: number[] = [];
  let used = 0;
  module.promisingApply = (...parameters) => {
    const part = free.pop() ?? (used += 1);
    const before = stackSave();
    stackRestore((base - part * PART_BYTES) & -ALIGNMENT);
    try {
      return promisingApply(...parameters).finally(() => free.push(part));
    } finally {
      stackRestore(before);
    }
  };
}

/** The option of `loadPyodide` for a snapshot that is to be made, or to be loaded. */
export interface SnapshotOptions {
  readonly _makeSnapshot?: boolean;
  readonly _loadSnapshot?: Uint8Array;
}

/**
 * A snapshot in shared memory, which all interpreters wake up with and nobody copies. Pyodide decodes the text at its head, and a
 * TextDecoder reads no shared memory: a part with an end is a copy here. All else, from some byte on, is the memory itself.
 */
export class SharedSnapshot extends Uint8Array<ArrayBufferLike> {
  override subarray(begin = 0, end?: number): Uint8Array<ArrayBufferLike> {
    const all = new Uint8Array(this.buffer, this.byteOffset, this.length);
    return end === undefined ? all.subarray(begin) : new Uint8Array(all.slice(begin, end));
  }
}

export function takeSnapshot(python: PyodideAPI): Uint8Array<ArrayBuffer> {
  const { makeMemorySnapshot } = python as unknown as { makeMemorySnapshot?: () => Uint8Array<ArrayBuffer> };
  if (makeMemorySnapshot === undefined) throw new UnknownPyodide('makeMemorySnapshot');
  return makeMemorySnapshot.call(python);
}

/**
 * Has this worker's next interpreter use the module and the library that were loaded elsewhere, in place of the files that it asks
 * for. Returns a function that ends it.
 */
export function useLoaded(module: WebAssembly.Module, library: Uint8Array): () => void {
  const { instantiate, instantiateStreaming } = WebAssembly;
  const { fetch } = globalThis;
  WebAssembly.instantiateStreaming = async (
    _source: Response | PromiseLike<Response>,
    imports?: WebAssembly.Imports,
  ) => ({
    module,
    instance: await instantiate(module, imports),
  });
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (url.endsWith('.wasm')) return Promise.resolve(new Response());
    // No response takes shared memory.
    if (url.endsWith('python_stdlib.zip')) return Promise.resolve(new Response(new Uint8Array(library)));
    return fetch(input, init);
  };
  return () => {
    WebAssembly.instantiateStreaming = instantiateStreaming;
    globalThis.fetch = fetch;
  };
}

/**
 * From now on memories of this worker grow to so many bytes and no further. Emscripten takes the refusal for a full machine, C for
 * ENOMEM, and Python raises MemoryError.
 */
export function limitMemory(bytes: number): void {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function growUpTo(this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE_BYTES > bytes) throw new RangeError('a process has all its memory');
    return grow.call(this, pages);
  };
}

const PAGE_BYTES = 65_536;
