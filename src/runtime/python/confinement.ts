/**
 * What a program finds of JavaScript when it gets through to it: the language, and nothing of the browser. Python reaches JavaScript by
 * `import js`, `pyodide_js` or any object that leaks; whatever it then does, there is no network here, no storage, no way to speak to
 * the page, and no way to make new code. The page's content security policy says the same a second time.
 */

/** Of the worker's globals: what the language has, and what Pyodide uses while a program runs. */
const KEPT = new Set(
  [
    'globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt',
    'decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape',
    'Object Function Boolean Symbol Number BigInt Math Date String RegExp JSON Intl Iterator',
    'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError',
    'SuppressedError DisposableStack AsyncDisposableStack',
    'Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise Proxy Reflect',
    'ArrayBuffer SharedArrayBuffer DataView Atomics',
    'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array',
    'Float16Array Float32Array Float64Array BigInt64Array BigUint64Array',
    'WebAssembly TextEncoder TextDecoder console performance crypto queueMicrotask',
    'setTimeout clearTimeout setInterval clearInterval AbortController AbortSignal DOMException',
  ].flatMap((names) => names.split(' ')),
);

/** Kinds of functions, each with a constructor that makes code of a text. */
const FUNCTIONS = [
  (): void => {},
  async (): Promise<void> => {},
  function* generator(): Generator<void> {},
  async function* generator(): AsyncGenerator<void> {},
];

/** In place of `Function`, which Pyodide asks for its prototype. */
function NoFunction(): never {
  throw new EvalError('code cannot be made of a text here');
}
NoFunction.prototype = Function.prototype;

/** Objects that all code shares: a program that changed one would be called with the engine's own objects. */
function sharedObjects(): object[] {
  const roots = [Object, Array, Map, Set, WeakMap, WeakSet, WeakRef, Promise, String, Number, BigInt, Boolean, Symbol];
  const buffers = [ArrayBuffer, SharedArrayBuffer, DataView, TextDecoder, TextEncoder];
  const arrays = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array];
  const iterators = [[][Symbol.iterator](), new Map().entries(), new Set().values(), ''[Symbol.iterator]()];
  return [
    ...[...roots, ...buffers, ...arrays, Object.getPrototypeOf(Int8Array)].flatMap((root: { prototype: object }) => [
      root,
      root.prototype,
    ]),
    ...[...iterators, ...FUNCTIONS].flatMap((one) => [
      Object.getPrototypeOf(one) as object,
      Object.getPrototypeOf(Object.getPrototypeOf(one)) as object,
    ]),
    Atomics,
    Reflect,
    JSON,
    Math,
    Intl,
    WebAssembly,
  ];
}

/**
 * What inherits from a frozen object cannot be given a property of the same name by `=`. Pyodide does that (`constructor`, `toString`),
 * so these become properties that are set on whoever inherits.
 */
function overridable(prototype: object): void {
  for (const name of ['constructor', 'toString']) {
    const value: unknown = Reflect.get(prototype, name);
    Object.defineProperty(prototype, name, {
      get: () => value,
      set(this: object, own: unknown) {
        if (this === prototype) throw new TypeError(`${name} cannot be changed here`);
        Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: false,
    });
  }
}

/** Nothing of the browser is left, and nothing that is shared can be changed. Precondition: whatever the engine needs of it, it holds. */
export function confine(): void {
  for (
    let object: object | null = globalThis;
    object !== null;
    object = Object.getPrototypeOf(object) as object | null
  ) {
    if (object === Object.prototype) break;
    for (const key of Reflect.ownKeys(object)) {
      if (typeof key === 'string' && KEPT.has(key)) continue;
      Reflect.deleteProperty(object, key);
    }
  }
  for (const kind of FUNCTIONS) {
    const prototype = Object.getPrototypeOf(kind) as object;
    Object.defineProperty(prototype, 'constructor', { value: NoFunction, writable: true, configurable: true });
  }
  Object.defineProperty(globalThis, 'Function', { value: NoFunction, writable: false, configurable: false });
  for (const prototype of [Object.prototype, Function.prototype]) overridable(prototype);
  for (const object of sharedObjects()) Object.freeze(object);
}

/** Functions for Python that lead nowhere else: neither to their prototype nor to its constructor. */
export function isolated<Calls extends Record<string, (...parameters: never[]) => unknown>>(calls: Calls): Calls {
  const all = Object.create(null) as Record<string, unknown>;
  for (const [name, call] of Object.entries(calls)) {
    Object.setPrototypeOf(call, null);
    Reflect.deleteProperty(call, 'prototype');
    all[name] = Object.freeze(call);
  }
  return Object.freeze(all) as Calls;
}
