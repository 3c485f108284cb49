import type { Machine } from './machine.ts';
import type { Thread } from './thread.ts';

/**
 * The global interpreter lock of the Python engine: a process has one interpreter, so of its threads one at most is Running. It is held
 * by whoever is, from dispatch until that thread leaves its CPU: a thread that is Ready beside an idle CPU waits for it.
 */

/** The thread that holds the interpreter which this one needs; null: nobody, or it needs none. */
export function interpreterHolder(machine: Machine, thread: Thread): Thread | null {
  if (machine.spec.engine !== 'py') return null;
  return machine.cpus.find((running) => running !== null && running.pid === thread.pid && running !== thread) ?? null;
}

/** A thread makes a step, and its interpreter is used for this tick: who leaves its CPU at the end of a step has held it until then. */
export function useInterpreter(machine: Machine, thread: Thread): void {
  if (machine.spec.engine === 'py') machine.interpretersUsed.set(thread.pid, machine.tick);
}

/** Who could be dispatched to an idle CPU, in the order of the Ready queue. */
export function dispatchable(machine: Machine): readonly Thread[] {
  const { threads } = machine.ready;
  if (machine.spec.engine !== 'py') return threads;
  return threads.filter((thread) => hasFreeInterpreter(machine, thread));
}

/** Nobody holds the interpreter that this thread needs, and nobody has used it in this tick. */
export function hasFreeInterpreter(machine: Machine, thread: Thread): boolean {
  if (machine.spec.engine !== 'py') return true;
  return machine.interpretersUsed.get(thread.pid) !== machine.tick && interpreterHolder(machine, thread) === null;
}
