import { ObjectKind } from '../../../abi/objects.ts';
import type { Pid } from '../../../base/ids.ts';
import type { MachineState, ObjectView, ThreadView } from '../../../replay/model.ts';

/** A global variable: of a TypeScript program an object of the log, of a Python program its value alone. */
export type Global = Pick<ObjectView, 'name' | 'text' | 'write'> & Partial<Pick<ObjectView, 'value'>>;

/** What one process has for itself. */
export interface ProcessMemory {
  readonly pid: Pid;
  /** Its main thread first. Those that have ended share nothing any more, unless the whole process has ended. */
  readonly threads: readonly ThreadView[];
  readonly globals: readonly Global[];
  readonly isOver: boolean;
}

export interface MemoryView {
  readonly processes: readonly ProcessMemory[];
  /** Seen by all of them alike. */
  readonly shared: readonly ObjectView[];
}

/**
 * Nothing to show as long as no process has a global and none is shared; a process that has ended stays for its globals. `valuesOf`:
 * those of a process that are no objects.
 */
export function memoryOf(machine: MachineState, valuesOf: (pid: Pid) => readonly Global[] = () => []): MemoryView {
  const globals = machine.objects.filter(({ kind }) => kind === ObjectKind.GLOBAL);
  const shared = machine.objects.filter(({ kind }) => kind === ObjectKind.VALUE || kind === ObjectKind.ARRAY);
  const pids = [...new Set(machine.threads.map(({ pid }) => pid))];
  const processes = pids.map((pid): ProcessMemory => {
    const all = machine.threads.filter((thread) => thread.pid === pid);
    const living = all.filter(({ state }) => state !== 'Terminated');
    return {
      pid,
      threads: living.length === 0 ? all.slice(0, 1) : living,
      globals: [...globals.filter(({ process }) => process === pid), ...valuesOf(pid)],
      isOver: living.length === 0,
    };
  });
  if (shared.length === 0 && processes.every(({ globals: own }) => own.length === 0)) return { processes: [], shared };
  return { processes: processes.filter(({ isOver, globals: own }) => !isOver || own.length > 0), shared };
}
