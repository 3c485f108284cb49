import { wrap, type Remote } from 'comlink';
import { createMemory, slotAt, type Memory } from '../../abi/layout.ts';
import { Control } from '../../abi/control.ts';
import type { HostBirth, KernelDemand, KernelRemote } from '../../abi/remote.ts';
import { Life, Slot, Turn } from '../../abi/slot.ts';

/** How many hosts wait, parked, before anybody asked: starting a program in one takes a twentieth of a new worker. */
export const WARM_HOSTS = 8;

/** Makes the workers; tests have hosts with programs of their own. */
export interface WorkerMakers {
  readonly kernel: () => Worker;
  readonly host: () => Worker;
}

/** The kernel, its memory and its hosts, as the main thread knows them. */
export interface Machine {
  readonly memory: Memory;
  readonly kernel: Remote<KernelRemote>;
  /** Workers there are now, the kernel's not counted. */
  readonly hosts: number;
  /** Kept when the kernel's worker has stopped by an error; calls that are under way then never come back. */
  readonly failure: Promise<Error>;
  /** Stops all workers for good. */
  dispose(): void;
}

const WORKERS: WorkerMakers = {
  kernel: () =>
    new Worker(new URL('../../workers/kernel.worker.ts', import.meta.url), { type: 'module', name: 'kernel' }),
  host: () => new Worker(new URL('../../workers/host.worker.ts', import.meta.url), { type: 'module', name: 'host' }),
};

/** Comlink's own messages carry an id; the kernel's demands carry a kind. */
function isDemand(data: unknown): data is KernelDemand {
  return typeof data === 'object' && data !== null && 'kind' in data && 'slot' in data;
}

/**
 * Spawns the kernel's worker and the first hosts. Precondition: the page is cross-origin isolated. Nothing here blocks:
 * the kernel asks for hosts by messages, which arrive while it waits.
 * @throws Error when the kernel's worker cannot be started
 */
export async function createMachine(workers: WorkerMakers = WORKERS): Promise<Machine> {
  const memory = createMemory();
  const hosts = new HostWorkers(memory, workers.host);
  const kernelWorker = workers.kernel();
  kernelWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isDemand(data)) hosts.meet(data);
  });
  const failure = new Promise<Error>((resolve) => {
    kernelWorker.addEventListener('error', (event) => {
      event.preventDefault();
      resolve(new Error(`the kernel's worker has stopped: ${event.message || 'its script could not be loaded'}`));
    });
  });
  for (let slot = 0; slot < WARM_HOSTS; slot += 1) hosts.start(slot);
  const kernel = wrap<KernelRemote>(kernelWorker);
  const error = await Promise.race([kernel.attach(memory.buffer), failure]);
  if (error instanceof Error) {
    hosts.stopAll();
    throw error;
  }
  return {
    memory,
    kernel,
    failure,
    get hosts() {
      return hosts.count;
    },
    dispose() {
      hosts.stopAll();
      kernelWorker.terminate();
    },
  };
}

/** The workers of the slots. Writes LIFE while a worker starts, and when one has died: then nobody else would. */
class HostWorkers {
  readonly #memory: Memory;
  readonly #make: () => Worker;
  readonly #workers = new Map<number, Worker>();

  constructor(memory: Memory, make: () => Worker) {
    this.#memory = memory;
    this.#make = make;
  }

  get count(): number {
    return this.#workers.size;
  }

  meet(demand: KernelDemand): void {
    if (demand.kind === 'host-wanted') this.start(demand.slot);
    else this.#stop(demand.slot);
  }

  start(slot: number): void {
    this.#stop(slot);
    const worker = this.#make();
    this.#workers.set(slot, worker);
    // The turn is the new host's until it has parked: a host that says PARKED while the turn was never its own would give
    // back a turn that the kernel may have granted meanwhile.
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.TURN, Turn.HOST);
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.LIFE, Life.STARTING);
    worker.addEventListener('error', (event) => {
      // Its death is told to the user as the end of the process it carried.
      event.preventDefault();
      if (this.#workers.get(slot) === worker) this.#bury(slot);
    });
    const birth: HostBirth = { kind: 'birth', memory: this.#memory.buffer, slot };
    worker.postMessage(birth);
  }

  stopAll(): void {
    for (const slot of this.#workers.keys()) this.#stop(slot);
  }

  #stop(slot: number): void {
    this.#workers.get(slot)?.terminate();
    this.#workers.delete(slot);
  }

  /** Tells the kernel, whichever way it waits: for the turn, for a host that starts, or for the doorbell. */
  #bury(slot: number): void {
    this.#stop(slot);
    const { words } = this.#memory;
    const at = slotAt(slot);
    Atomics.store(words, at + Slot.LIFE, Life.DEAD);
    Atomics.notify(words, at + Slot.LIFE);
    Atomics.store(words, at + Slot.TURN, Turn.KERNEL);
    Atomics.notify(words, at + Slot.TURN);
    Atomics.add(words, Control.DOORBELL, 1);
    Atomics.notify(words, Control.DOORBELL);
  }
}
