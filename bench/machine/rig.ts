import { DEFAULT_MACHINE, NO_SCHEDULE, type MachineConfig } from '../../src/abi/config.ts';
import type { RunSpec } from '../../src/abi/remote.ts';
import { createMachine, type Machine } from '../../src/ui/host/machine.ts';

/** A launcher that starts so many processes; each statement is a step. */
export function specOf(program: string, processes: number, machine: Partial<MachineConfig>): RunSpec {
  return {
    program,
    parameters: { processes },
    machine: { ...DEFAULT_MACHINE, ...machine },
    schedule: NO_SCHEDULE,
    mode: 'stepped',
    stepBy: 'line',
    launcher: true,
    muted: false,
    // The launcher has one too.
    hosts: processes + 1,
  };
}

/** The product's own machine; only its hosts know the programs of the benches. Loads nothing yet. */
export function createBenchMachine(): Promise<Machine> {
  return createMachine({
    kernel: () => new Worker(new URL('../../src/workers/kernel.worker.ts', import.meta.url), { type: 'module' }),
    host: () => new Worker(new URL('./host.worker.ts', import.meta.url), { type: 'module' }),
    knowAll: true,
  });
}

/** Loads a program, which also makes the kernel ask for whatever hosts are missing. @throws Error when it cannot. */
export async function load({ kernel }: Machine, spec: RunSpec): Promise<void> {
  const { state, message } = await kernel.load(spec);
  if (state !== 'ready') throw new Error(`${spec.program} is not ready but ${state}: ${message ?? ''}`);
}
