import type { PyodideAPI } from 'pyodide';
import type { PyBuffer } from 'pyodide/ffi';
import type { Pages } from './files/mappings.ts';

/**
 * All that the engine needs of Pyodide beyond its documented interface, with what `pyodide-stack.ts` has of its stacks, and nothing of it
 * is anywhere else. The version is
 * pinned in package.json; `pyodide-internals.browser.test.ts` has a test for each of these, which fails when an upgrade
 * changes it. Every function here checks what it relies on and says what it misses.
 */

interface Sockets {
  pollAsync?: (descriptors: number, count: number, timeout: number) => Promise<number> | number | null;
}

/** Emscripten's table of open files, by number. */
interface Streams {
  lookupPath(path: string): { readonly node: { readonly stream_ops: object } };
  createStream(stream: object, number: number): { readonly fd: number };
  closeStream(number: number): void;
  getStream(number: number): OpenStream | null | undefined;
  open(path: string, flags: number): OpenStream;
}

interface OpenStream {
  readonly fd: number;
  readonly path?: string;
  readonly flags: number;
  readonly position: number;
}

export interface Module {
  readonly SOCKFS: Sockets | undefined;
  readonly HEAPU8: Uint8Array;
  readonly FS: PyodideAPI['FS'];
  promisingApply?: (...parameters: unknown[]) => Promise<unknown>;
  _PyGC_Disable?: () => number;
  _PyGC_Enable?: () => number;
  /** A stack that is suspended: its place in C's stack, and a copy of what others were to overwrite. */
  readonly StackState?: { readonly prototype: { readonly _save_up_to?: (stop: number) => number } };
}

export class UnknownPyodide extends Error {
  constructor(missing: string) {
    super(`this version of Pyodide has no ${missing}, which threads need`);
    this.name = 'UnknownPyodide';
  }
}

/** @throws UnknownPyodide */
export function moduleOf(python: PyodideAPI): Module {
  const { _module: module } = python as unknown as { _module?: Module };
  if (module === undefined) throw new UnknownPyodide('_module');
  return module;
}

export function heapOf(python: PyodideAPI): Uint8Array {
  return moduleOf(python).HEAPU8;
}

interface Allocator {
  readonly _emscripten_builtin_memalign?: (alignment: number, bytes: number) => number;
  readonly _emscripten_builtin_free?: (address: number) => void;
}

const PAGE_ALIGNMENT = 4096;

/** Room in the interpreter's memory that is not Python's. @throws UnknownPyodide */
export function pagesOf(python: PyodideAPI): Pages {
  const module = moduleOf(python) as Module & Allocator;
  const { _emscripten_builtin_memalign: allocate, _emscripten_builtin_free: free } = module;
  if (allocate === undefined || free === undefined) throw new UnknownPyodide('_emscripten_builtin_memalign');
  return {
    heap: () => module.HEAPU8,
    allocate: (bytes, alignment = PAGE_ALIGNMENT) => allocate(alignment, bytes) >>> 0,
    free,
  };
}

/** The garbage collector. */
export interface Collector {
  /** Keeps it from running. Whether it was free to. */
  pause(): boolean;
  resume(): void;
}

export function collectorOf(python: PyodideAPI): Collector {
  const { _PyGC_Disable: disable, _PyGC_Enable: enable } = moduleOf(python);
  if (disable === undefined || enable === undefined) throw new UnknownPyodide('_PyGC_Disable');
  return { pause: () => disable() === 1, resume: () => void enable() };
}

/** Anything of Python that has bytes, as it looks from here. */
export interface Buffer {
  getBuffer(type: 'u8'): PyBuffer;
}

/** A copy of its bytes. */
export function bytesOf(buffer: Buffer): Uint8Array {
  const view = buffer.getBuffer('u8');
  try {
    return (view.data as Uint8Array).slice();
  } finally {
    view.release();
  }
}

/** @throws UnknownPyodide */
function streamsOf(python: PyodideAPI): Streams {
  const streams = moduleOf(python).FS as unknown as Partial<Streams>;
  if (streams.createStream === undefined || streams.closeStream === undefined) throw new UnknownPyodide('createStream');
  return streams as Streams;
}

/**
 * Takes a number of Emscripten's table of open files, so that no file gets it: this one, or (-1) the smallest that is free. C sees the
 * null device there. -1: all are taken.
 */
export function holdNumber(python: PyodideAPI, wanted: number): number {
  const streams = streamsOf(python);
  const { node } = streams.lookupPath('/dev/null');
  const stream = {
    node,
    path: '/dev/null',
    flags: 2,
    seekable: false,
    position: 0,
    stream_ops: node.stream_ops,
    ungotten: [],
  };
  try {
    return streams.createStream(stream, wanted).fd;
  } catch {
    return -1;
  }
}

export function freeNumber(python: PyodideAPI, number: number): void {
  streamsOf(python).closeStream(number);
}

/** Whether a number is in use. */
export function isHeld(python: PyodideAPI, number: number): boolean {
  return (streamsOf(python).getStream(number) ?? null) !== null;
}

type Calls<T> = (...parameters: number[]) => T;

/** JavaScript Promise Integration, which this compiler does not know yet. */
interface StackSwitching {
  readonly promising: (call: Calls<number>) => Calls<Promise<number>>;
  readonly Suspending: new (call: Calls<Promise<number>>) => Calls<number>;
}

/** Null: no stack of this interpreter can be suspended. */
export function stackSwitching(): StackSwitching | null {
  return canSwitchStacks() ? (WebAssembly as unknown as StackSwitching) : null;
}

interface Fatal {
  readonly API?: { fatal_error?: (error: unknown) => void; on_fatal?: (error: unknown) => void };
}

/**
 * Tells when the interpreter breaks: C has done what no machine can, and nothing of it runs any more. In between Pyodide prints to the
 * standard output where Python was.
 */
export function onFatal(python: PyodideAPI, first: (error: unknown) => void, last: (error: unknown) => void): void {
  const { API: api } = moduleOf(python) as Module & Fatal;
  const before = api?.fatal_error;
  if (api === undefined || before === undefined) throw new UnknownPyodide('API.fatal_error');
  api.fatal_error = (error) => {
    first(error);
    before(error);
  };
  api.on_fatal = last;
}

/** Whether a stack of this interpreter can be suspended. */
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

/** Who knows what is mapped where; each says whether it is one of its. */
export interface Maps {
  unmap(address: number): boolean;
  sync(address: number): boolean;
}

type MapCall = (address: number, ...rest: unknown[]) => number;

/**
 * Has C tell `maps` what it unmaps and synchronises. Emscripten finds a mapping by the number of its file, which may be closed by then,
 * or another file's.
 */
function interceptMaps({ env = {} }: WebAssembly.Imports, maps: () => Maps | null): void {
  const { _munmap_js: unmap, _msync_js: sync } = env as Record<string, MapCall | undefined>;
  if (unmap === undefined || sync === undefined) throw new UnknownPyodide('_munmap_js');
  env['_munmap_js'] = ((address, ...rest) =>
    maps()?.unmap(address >>> 0) === true ? 0 : unmap(address, ...rest)) satisfies MapCall;
  env['_msync_js'] = ((address, ...rest) =>
    maps()?.sync(address >>> 0) === true ? 0 : sync(address, ...rest)) satisfies MapCall;
}

/**
 * Has this worker's next interpreter use the module and the library that were loaded elsewhere, in place of the files that it asks
 * for. Returns a function that ends it.
 */
export function useLoaded(module: WebAssembly.Module, library: Uint8Array, maps: () => Maps | null): () => void {
  const { instantiate, instantiateStreaming } = WebAssembly;
  const { fetch } = globalThis;
  WebAssembly.instantiateStreaming = async (
    _source: Response | PromiseLike<Response>,
    imports: WebAssembly.Imports = {},
  ) => {
    interceptMaps(imports, maps);
    return { module, instance: await instantiate(module, imports) };
  };
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

/** Words of memory; where C keeps what, it says itself. */
interface Runtime {
  readonly HEAP32: Int32Array;
  readonly __PyRuntime?: number;
  readonly __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET?: number;
  addFunction?: (call: Trampoline) => number;
}

type Trampoline = (...parameters: number[]) => number;

/**
 * Keeps the function by which C calls functions of other signatures, while an interpreter is loaded. Its number stands in memory, where a
 * snapshot brings that of whoever made it, or none; without one C goes through JavaScript, and no stack can be suspended below that.
 * Returns a function that puts it right, when all is loaded.
 */
export function keepTrampoline(): (python: PyodideAPI) => void {
  const { Instance } = WebAssembly;
  let kept: Trampoline | null = null;
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, parameters: [WebAssembly.Module, WebAssembly.Imports?]) {
      const instance = new target(...parameters);
      const { trampoline_call: found } = instance.exports;
      if (typeof found === 'function') kept = found as Trampoline;
      return instance;
    },
  });
  return (python) => {
    WebAssembly.Instance = Instance;
    const module = moduleOf(python) as unknown as Runtime;
    const { __PyRuntime: runtime, __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: offset } = module;
    if (runtime === undefined || offset === undefined) throw new UnknownPyodide('trampoline');
    // It is in the table already, and so gets the number that it has.
    const number = kept === null ? 0 : module.addFunction?.(kept);
    if (number === undefined) throw new UnknownPyodide('addFunction');
    module.HEAP32[(runtime + (module.HEAP32[offset >> 2] ?? 0)) >> 2] = number;
  };
}

/** The part of CPython's C interface that is called here. Objects are addresses; what is taken out of a tuple or a dict is borrowed. */
export interface CApi {
  readonly longType: number;
  readonly textType: number;
  tupleSize(tuple: number): number;
  tupleItem(tuple: number, index: number): number;
  tupleSlice(tuple: number, from: number, to: number): number;
  concat(left: number, right: number): number;
  /** 0 = it is not there. */
  dictItem(dict: number, key: number): number;
  release(object: number): void;
  /** The address of an object's type. */
  typeOf(object: number): number;
}

/** @throws UnknownPyodide */
function cApi(module: Module): CApi {
  const exported = module as unknown as Readonly<Record<string, unknown>>;
  const find = (name: string, type: 'function' | 'number'): unknown => {
    const found = exported[`_${name}`];
    if (typeof found !== type) throw new UnknownPyodide(name);
    return found;
  };
  return {
    longType: find('PyLong_Type', 'number') as number,
    textType: find('PyUnicode_Type', 'number') as number,
    tupleSize: find('PyTuple_Size', 'function') as CApi['tupleSize'],
    tupleItem: find('PyTuple_GetItem', 'function') as CApi['tupleItem'],
    tupleSlice: find('PyTuple_GetSlice', 'function') as CApi['tupleSlice'],
    concat: find('PySequence_Concat', 'function') as CApi['concat'],
    dictItem: find('PyDict_GetItem', 'function') as CApi['dictItem'],
    release: find('Py_DecRef', 'function') as CApi['release'],
    typeOf: (object) => new DataView(module.HEAPU8.buffer).getUint32(object + OB_TYPE, true),
  };
}

type New = (type: number, args: number, keywords: number) => number;

interface Callables {
  addFunction?: (call: New, signature: string) => number;
  getWasmTableEntry?: (index: number) => New;
}

/** Byte offsets in a 32-bit `PyObject` and `PyTypeObject`. */
export const OB_TYPE = 4;
const TP_NAME = 12;
export const TP_DEALLOC = 24;
export const TP_VECTORCALL_OFFSET = 28;
export const TP_FLAGS = 84;
const TP_NEW = 156;

/** In `TP_FLAGS`: the garbage collector knows the objects of this type, and has two words before each. */
export const HAVE_GC = 1 << 14;

/**
 * Puts a function below `__new__` of these types: those of them that share the first one's C function, `OSError`'s. It may exchange the
 * arguments for others (a new reference); 0 = it does not. It runs below Python, so it must not let any run.
 * @throws UnknownPyodide
 */
export function interceptNew(
  python: PyodideAPI,
  types: readonly number[],
  exchange: (api: CApi, args: number) => number,
): void {
  const module = moduleOf(python) as Module & Callables;
  const { addFunction, getWasmTableEntry } = module;
  if (addFunction === undefined) throw new UnknownPyodide('addFunction');
  if (getWasmTableEntry === undefined) throw new UnknownPyodide('getWasmTableEntry');
  const wordAt = (byte: number): number => new DataView(module.HEAPU8.buffer).getUint32(byte, true);
  const [first = 0] = types;
  const name = wordAt(first + TP_NAME);
  const text = new TextDecoder().decode(module.HEAPU8.slice(name, name + 8));
  if (text !== 'OSError\0') throw new UnknownPyodide('type OSError where it was');
  const index = wordAt(first + TP_NEW);
  const before = getWasmTableEntry(index);
  const api = cApi(module);
  const after = addFunction((type, args, keywords) => {
    const exchanged = exchange(api, args);
    if (exchanged === 0) return before(type, args, keywords);
    try {
      return before(type, exchanged, keywords);
    } finally {
      api.release(exchanged);
    }
  }, 'iiii');
  const heap = new DataView(module.HEAPU8.buffer);
  for (const type of types) if (wordAt(type + TP_NEW) === index) heap.setUint32(type + TP_NEW, after, true);
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
