import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import { markOf, ROW } from './dealloc-gate.ts';
import { canSwitchStacks, pagesOf, stackSwitching } from './pyodide-internals.ts';
import { cStackOf, type CStack } from './pyodide-stack.ts';
import { callOrGrow } from './stack-gate.ts';

/**
 * Each thread runs on two stacks: the browser's, which WebAssembly keeps, and one in memory, where C keeps what has an address. Pyodide
 * lets threads share the second and copies it out and in as they are switched; then the garbage collector, which visits the
 * frames of all threads, reads what another has overwritten. So here each thread has a part of its own, which is never copied: a collector
 * that waits in somebody's `__del__` has the lists of what it collects on its stack, and others change them meanwhile.
 *
 * CPython raises RecursionError when the second is nearly used. But the first is the one that ends, after a megabyte, and that kills the
 * interpreter; how much of it goes with a byte of the second depends on what recurs: one of 3 in Python that calls C that calls Python,
 * one of 15 where lists in lists are compared. So a stack goes on on another one of the browser's now and then, where C calls Python:
 * the one so far is suspended until that call returns (`grow`). What C does by itself has the rest of the megabyte, for which DEPTH bytes
 * are allowed. Python that calls Python needs neither.
 */
const PART_BYTES = 512 * 1024;
/**
 * From here on C may use so much of its part on one stack of the browser's. CPython keeps 16 KB of it in reserve. Less where there is but one
 * of the browser's, which has the frames of all callers besides.
 */
const DEPTH = (canSwitchStacks() ? 64 : 32) * 1024;
/** After so much of it, the next call of Python goes on on another one. */
const SEGMENT = 8 * 1024;
/** CPython takes no less. */
const LEAST_DEPTH = 24 * 1024;
/** At the lower end of a part stand where its next segment begins, and the words of `ROW`; what is at the upper end is still in it. */
const RESERVED = 16;

/** One stack of the browser's. */
interface Segment {
  /** Addresses. */
  readonly next: number;
  readonly end: number;
}

/** A function of Python with which a stack begins. */
export type Beginning<Parameters extends readonly unknown[], T> = PyProxy &
  ((...parameters: Parameters) => T) & { callPromising(...parameters: Parameters): Promise<T> };

interface FunctionsModule extends PyProxy {
  readonly finish: PyProxy;
  readonly types: PyProxy & { toJs(): Uint8Array };
}

export class StackParts {
  readonly #stack: CStack;
  /** Where the stack begins that no thread has. */
  readonly #first: unknown;
  readonly #allocate: (bytes: number) => number;
  /** Of parts, by their lower end. */
  readonly #segments = new Map<number, Segment>();
  readonly #free: number[] = [];

  /** @throws UnknownPyodide */
  constructor(python: PyodideAPI) {
    this.#stack = cStackOf(python);
    this.#first = this.#stack.pointer.value;
    this.#allocate = (bytes) => pagesOf(python).allocate(bytes, PART_BYTES);
    this.#stack.aroundStart((start) => this.#start(start));
    this.#replaceCall(python);
    this.#gateDeallocs(python);
  }

  /**
   * Calls a function on a stack of its own, which can be suspended. Where no stack can be, it runs here to its end: a process then has no
   * other thread that could want the turn.
   */
  async begin<Parameters extends readonly unknown[], T>(
    call: Beginning<Parameters, T>,
    ...parameters: Parameters
  ): Promise<T> {
    if (canSwitchStacks()) return call.callPromising(...parameters);
    if (!this.makeRoom(1)) throw new RangeError('no memory is left for a stack');
    return this.#onPart((leave) => {
      try {
        return call(...parameters);
      } finally {
        leave();
      }
    });
  }

  /** At the start of a stack, on it: from here on C's recursion ends before the stack does. */
  readonly protect = (): void => {
    const { value: pointer } = this.#stack.pointer as { value: number };
    this.#begin(partOf(pointer), segmentAt(pointer));
  };

  /** Sees to it that so many more stacks have their room. False: there is no memory for them. */
  makeRoom(stacks: number): boolean {
    while (this.#free.length < stacks) {
      const part = this.#allocate(PART_BYTES);
      if (part === 0) return false;
      this.#free.push(part);
    }
    return true;
  }

  #start(start: () => Promise<unknown>): Promise<unknown> {
    if (!this.makeRoom(1)) return Promise.reject(new RangeError('no memory is left for another stack'));
    return this.#onPart((leave) => start().finally(leave));
  }

  /** Starts a stack on a part of its own, for which there is room, and which it has until it `leave`s. */
  #onPart<T>(start: (leave: () => void) => T): T {
    const { pointer } = this.#stack;
    const part = this.#free.pop() as number;
    pointer.value = part + PART_BYTES - RESERVED;
    this.#segments.set(part, { next: 0, end: 0 });
    this.#write(part, 0);
    this.#writeRow(part, markOf(part));
    try {
      return start(() => {
        pointer.value = this.#first;
        this.#segments.delete(part);
        this.#free.push(part);
      });
    } finally {
      // It is suspended: what JavaScript calls of C meanwhile must not do so upon anybody's frames.
      pointer.value = this.#first;
    }
  }

  #begin(part: number, segment: Segment): void {
    const { next, end } = segment;
    this.#segments.set(part, segment);
    this.#write(part, next);
    this.#stack.protect(end, next + SEGMENT - end);
  }

  #write(part: number, next: number): void {
    new DataView(this.#stack.memory.buffer).setUint32(part, next, true);
  }

  /** Nothing is being freed on this stack. */
  #writeRow(part: number, mark: number): void {
    const words = new Uint32Array(this.#stack.memory.buffer, part, RESERVED / 4);
    words[ROW.MARK] = mark;
    words[ROW.DEPTH] = 0;
    words[ROW.WAITING] = 0;
  }

  #gateDeallocs(python: PyodideAPI): void {
    const functions = python.pyimport('_procession.stacks') as FunctionsModule;
    const { types } = functions;
    const row = pagesOf(python).allocate(RESERVED, RESERVED);
    this.#writeRow(row, 0);
    const { buffer, byteOffset, length } = types.toJs();
    this.#stack.gateDeallocs(new Uint32Array(buffer, byteOffset, length / 4), PART_BYTES, row);
    for (const proxy of [types, functions]) proxy.destroy();
  }

  #replaceCall(python: PyodideAPI): void {
    const switching = stackSwitching();
    if (switching === null) return;
    const { promising, Suspending } = switching;
    const functions = python.pyimport('_procession.stacks') as FunctionsModule;
    const identity = python.pyimport('builtins.id') as PyProxy & ((object: PyProxy) => number);
    const { memory, pointer } = this.#stack;
    this.#stack.replaceCall(identity(functions.finish), (call) => {
      const elsewhere = promising(call as (...parameters: number[]) => number);
      const grow = new Suspending((...parameters) => this.#grow(() => elsewhere(...parameters)));
      const gate = { call, may: () => (this.#mayGrow() ? 1 : 0), grow };
      return callOrGrow(gate, { memory, pointer, partBytes: PART_BYTES });
    });
    for (const proxy of [identity, functions]) proxy.destroy();
  }

  #mayGrow(): boolean {
    const { value: pointer } = this.#stack.pointer as { value: number };
    const part = partOf(pointer);
    return (
      this.#segments.has(part) && segmentAt(pointer).next + SEGMENT - part > LEAST_DEPTH * 2 && this.#stack.canSuspend()
    );
  }

  #atop(call: () => Promise<number>): Promise<number> {
    under += 1;
    try {
      return call();
    } finally {
      under -= 1;
    }
  }

  /** Goes on with this call on another stack of the browser's. */
  async #grow(call: () => Promise<number>): Promise<number> {
    const { value: pointer } = this.#stack.pointer as { value: number };
    const part = partOf(pointer);
    const before = this.#segments.get(part) as Segment;
    this.#begin(part, segmentAt(pointer));
    try {
      return await this.#atop(call);
    } finally {
      this.#begin(part, before);
    }
  }
}

/** How many stacks have gone on on another one that has not been suspended since: they lie under it, with JavaScript between. */
let under = 0;

export const stacksUnder = (): number => under;

/** The lower end of the part in which this address lies. */
function partOf(address: number): number {
  return Math.floor(address / PART_BYTES) * PART_BYTES;
}

function segmentAt(pointer: number): Segment {
  return { next: pointer - SEGMENT, end: Math.max(pointer - DEPTH, partOf(pointer) + RESERVED) };
}
