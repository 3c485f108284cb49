import { isBuiltinName, type BuiltinName } from './builtin-name.ts';
import { PicklingError } from './errors.ts';
import { NO_TARGET } from './codec/letter-writer.ts';
import type { Instance } from './program.ts';

/** What a process or thread is to do: a top-level function of the program, or one of the engine's own. */
export type Target<Args extends readonly unknown[]> = ((...args: [...Args]) => unknown) | BuiltinName;

/** The name under which the new thread finds its target. @throws PicklingError when it could not find the function. */
export function nameOfTarget(program: Instance, target: unknown): string {
  if (target === undefined || target === null) return NO_TARGET;
  if (isBuiltinName(target)) return target;
  if (typeof target !== 'function') throw new TypeError(`'${typeof target}' object is not callable`);
  const name = Object.keys(program.functions).find((key) => program.functions[key] === target);
  if (name !== undefined) return name;
  throw new PicklingError(
    `Can't pickle local object '${target.name || '<lambda>'}': a target must be a top-level function`,
  );
}
