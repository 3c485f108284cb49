import type { PyodideAPI } from 'pyodide';
import { deallocGates, type Dealloc, type DeallocParts } from './dealloc-gate.ts';
import {
  HAVE_GC,
  moduleOf,
  OB_TYPE,
  TP_DEALLOC,
  TP_FLAGS,
  TP_VECTORCALL_OFFSET,
  UnknownPyodide,
  type Module,
} from './pyodide-internals.ts';

/** C's function with which Python's functions are called: an object, its arguments, their count, and the names of some. */
export type PythonCall = (callable: number, args: number, count: number, names: number) => number;

/** The stack on which C keeps what has an address, in the interpreter's memory. (WebAssembly's own is the browser's.) */
export interface CStack {
  readonly memory: WebAssembly.Memory;
  readonly pointer: WebAssembly.Global;
  /** Does what starts a stack; `start` begins it. From then on no stack is copied away and back: each has its own part. */
  aroundStart(around: (start: () => Promise<unknown>) => Promise<unknown>): void;
  /** Whether the running stack can be suspended: there is nothing of JavaScript in it. */
  canSuspend(): boolean;
  /** C raises RecursionError when so many bytes from this address up are nearly used. Of the running thread. */
  protect(from: number, bytes: number): void;
  /** Puts a function in place of the one with which C calls this function of Python, and all others. */
  replaceCall(pythonFunction: number, replace: (call: PythonCall) => PythonCall): void;
  /**
   * Puts gates in place of the functions that free objects of these types, as far as the garbage collector knows such objects.
   * `partBytes`: of a stack's part, a power of two; `fallback`: address of a row of words (see `ROW`) for whatever is in none.
   */
  gateDeallocs(types: Uint32Array, partBytes: number, fallback: number): void;
}

interface StackModule {
  readonly wasmTable?: WebAssembly.Table;
  readonly wasmTableMirror?: unknown[];
  readonly memory?: WebAssembly.Memory;
  readonly ___stack_pointer?: WebAssembly.Global;
  readonly validSuspender?: { readonly value: boolean };
  readonly _PyFunction_Type?: number;
  readonly _PyThreadState_Get?: () => number;
  readonly _PyUnstable_ThreadState_SetStackProtection?: (thread: number, from: number, bytes: number) => number;
  readonly _PyList_Type?: number;
  readonly _PyObject_GC_IsTracked?: (object: number) => number;
  readonly _PyObject_GC_UnTrack?: Dealloc;
  readonly _PyObject_GC_Track?: Dealloc;
}

/** @throws UnknownPyodide */
export function cStackOf(python: PyodideAPI): CStack {
  const module = moduleOf(python) as Module & StackModule;
  const { memory, ___stack_pointer: pointer, wasmTable: table, validSuspender } = module;
  const { _PyThreadState_Get: thread, _PyUnstable_ThreadState_SetStackProtection: protect, promisingApply } = module;
  if (memory === undefined || pointer === undefined) throw new UnknownPyodide('___stack_pointer');
  if (thread === undefined || protect === undefined) throw new UnknownPyodide('SetStackProtection');
  if (promisingApply === undefined || validSuspender === undefined) throw new UnknownPyodide('promisingApply');
  const { prototype: copies } = module.StackState ?? {};
  const { _save_up_to: copy } = copies ?? {};
  if (copies === undefined || copy === undefined) throw new UnknownPyodide('StackState');
  return {
    memory,
    pointer,
    aroundStart(around) {
      // A collection that is suspended has the head of a list in its part: what others have done to that would be undone.
      Object.assign(copies, { _save_up_to: () => 0 });
      module.promisingApply = (...parameters) => around(() => promisingApply(...parameters));
    },
    canSuspend: () => validSuspender.value,
    protect: (from, bytes) => void protect(thread(), from, bytes),
    replaceCall(pythonFunction, replace) {
      const { _PyFunction_Type: type = 0, wasmTableMirror: mirror = [] } = module;
      const heap = new DataView(module.HEAPU8.buffer);
      if (table === undefined || heap.getUint32(pythonFunction + OB_TYPE, true) !== type)
        throw new UnknownPyodide('_PyFunction_Type');
      const index = heap.getUint32(pythonFunction + heap.getUint32(type + TP_VECTORCALL_OFFSET, true), true);
      const call = replace(table.get(index) as PythonCall);
      table.set(index, call);
      mirror[index] = call;
    },
    gateDeallocs(types, partBytes, fallback) {
      const { wasmTableMirror: mirror = [] } = module;
      const parts = { memory, pointer, ...deallocPartsOf(module), partBytes, fallback };
      for (const [number, gate] of deallocGates(deallocsOf(module, types), parts)) {
        parts.table.set(number, gate);
        mirror[number] = gate;
      }
    },
  };
}

function deallocPartsOf(module: StackModule): Pick<DeallocParts, 'table' | 'isTracked' | 'untrack' | 'track'> {
  const { wasmTable: table, _PyObject_GC_IsTracked: isTracked } = module;
  const { _PyObject_GC_UnTrack: untrack, _PyObject_GC_Track: track } = module;
  if (table === undefined || isTracked === undefined || untrack === undefined || track === undefined)
    throw new UnknownPyodide('PyObject_GC_IsTracked');
  return { table, isTracked, untrack, track };
}

/** Numbers in C's table of the functions with which these types free objects that the garbage collector knows. */
function deallocsOf(module: Module & StackModule, types: Uint32Array): number[] {
  const heap = new DataView(module.HEAPU8.buffer);
  const isCollected = (type: number): boolean => (heap.getUint32(type + TP_FLAGS, true) & HAVE_GC) !== 0;
  const { _PyList_Type: list = 0 } = module;
  if (!types.includes(list) || !isCollected(list)) throw new UnknownPyodide('_PyList_Type');
  return [...new Set(Array.from(types.filter(isCollected), (type) => heap.getUint32(type + TP_DEALLOC, true)))];
}
