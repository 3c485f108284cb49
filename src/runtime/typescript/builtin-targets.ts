import type { BuiltinName } from './builtin-name.ts';

type BuiltinTarget = (...args: never[]) => unknown;

const TARGETS = new Map<BuiltinName, BuiltinTarget>();

/**
 * A function of the engine that runs in a process or thread of its own: `new Process({ target: '@pool-worker', args })`. It
 * is called like a program's own: with the arguments as the codec brought them, `current()` being the new thread.
 *
 * The module of the class that needs it says so, hence every process of the program knows it. Whoever starts such a thread
 * needs the name alone, so a target may itself start others.
 */
export function offerTarget(name: BuiltinName, target: BuiltinTarget): void {
  TARGETS.set(name, target);
}

/** Only `thread-life.ts` asks. */
export function builtinTarget(name: BuiltinName): BuiltinTarget | undefined {
  return TARGETS.get(name);
}
