import { invariant } from '../../../base/invariant.ts';
import type { Current } from '../current.ts';
import { nameOfTarget } from '../target.ts';

/**
 * Functions that every process of a program can find, by number: the program's top-level functions, then what it can import.
 */
type Callable = (...args: unknown[]) => unknown;

/** @throws PicklingError when others could not find it; TypeError when it is no function */
export function placeOfFunction({ program, library }: Current, func: unknown): number {
  const functions: unknown[] = Object.values(program.functions);
  const own = functions.indexOf(func);
  if (own >= 0) return own;
  const imported = typeof func === 'function' ? Object.values(library).indexOf(func) : -1;
  if (imported >= 0) return functions.length + imported;
  nameOfTarget(program, func ?? 'None');
  invariant(false, 'a function is known by its name', String(func));
}

/** Precondition: `place` is one that `placeOfFunction` gave, in any process of the program. */
export function functionAtPlace({ program, library }: Current, place: number): Callable {
  const functions = Object.values(program.functions);
  return (functions[place] ?? Object.values(library)[place - functions.length]) as Callable;
}
