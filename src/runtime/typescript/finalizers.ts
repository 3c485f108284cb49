import type { Port } from '../../sync/port.ts';
import type { Current } from './current.ts';

interface Finalizer {
  readonly exitPriority: number;
  readonly action: (port: Port) => void;
}

const FINALIZERS: Finalizer[] = [];

/**
 * As `multiprocessing.util.Finalize`: at the end of a process this is done before its children are ended, the highest priority
 * first. A module says so for its class, so only the classes that a program brings along have anything to do.
 */
export function finalize(exitPriority: number, action: Finalizer['action']): void {
  FINALIZERS.push({ exitPriority, action });
  FINALIZERS.sort((a, b) => b.exitPriority - a.exitPriority);
}

/** `multiprocessing.util._run_finalizers`. */
export function runFinalizers(port: Port): void {
  for (const { action } of FINALIZERS) action(port);
}

const PARTINGS: ((thread: Current) => void)[] = [];

/** At the end of every thread but the first of a process, whose belongings the kernel closes. */
export function finalizeThread(action: (thread: Current) => void): void {
  PARTINGS.push(action);
}

export function leaveThread(thread: Current): void {
  for (const action of PARTINGS) action(thread);
}
