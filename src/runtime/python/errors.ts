import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import { interceptNew, type CApi } from './pyodide-internals.ts';

interface ErrorsModule extends PyProxy {
  readonly seen_as: PyProxy;
  types(): PyProxy & { toJs(): number[] };
}

/**
 * Lets Python see Linux's error numbers and words in place of those of this C library, in whatever C raises: see `library/errors.py`. An
 * `OSError` that Python makes is not touched, because its number and words do not belong together in C's tables.
 */
export function renumberErrors(python: PyodideAPI): void {
  const errors = python.pyimport('_procession.errors') as ErrorsModule;
  const types = errors.types();
  const identity = python.pyimport('builtins.id') as PyProxy & ((object: PyProxy) => number);
  const seenAs = identity(errors.seen_as);
  interceptNew(python, types.toJs(), (api, args) => translated(api, args, seenAs));
  for (const proxy of [types, identity, errors]) proxy.destroy();
}

/** A new tuple in place of these arguments; 0: they stay. */
function translated(api: CApi, args: number, seenAs: number): number {
  const count = api.tupleSize(args);
  if (count < 2) return 0;
  const [number, words] = [api.tupleItem(args, 0), api.tupleItem(args, 1)];
  // Others may have a hash that runs Python.
  if (api.typeOf(number) !== api.longType || api.typeOf(words) !== api.textType) return 0;
  const pair = api.tupleSlice(args, 0, 2);
  const found = api.dictItem(seenAs, pair);
  api.release(pair);
  if (found === 0) return 0;
  const rest = api.tupleSlice(args, 2, count);
  const whole = api.concat(found, rest);
  api.release(rest);
  return whole;
}
