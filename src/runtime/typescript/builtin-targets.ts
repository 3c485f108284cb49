import type { BuiltinName } from './builtin-name.ts';
import { serve } from './managers/server.ts';
import { poolHandler } from './pools/handler.ts';
import { poolWorker } from './pools/worker.ts';

/**
 * Functions of the engine that run in a process or thread of their own: `new Process({ target: '@pool-worker', args })`.
 * They are called like a program's own: with the arguments as the codec brought them, `current()` being the new thread.
 *
 * Only `thread-life.ts` reads this. Whoever starts such a thread needs the name alone, so a target may itself start others.
 */
export const BUILTIN_TARGETS: Readonly<Record<BuiltinName, (...args: never[]) => unknown>> = {
  '@manager-server': serve,
  '@pool-worker': poolWorker,
  '@pool-handler': poolHandler,
};
