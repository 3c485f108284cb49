import { Control } from '../../abi/control.ts';
import { slotAt, type Memory } from '../../abi/layout.ts';
import type { HostBirth, KernelDemand } from '../../abi/remote.ts';
import { Life, Slot, Turn } from '../../abi/slot.ts';

/** How many hosts wait, parked, before anybody asked: starting a program in one takes a twentieth of a new worker. */
export const WARM_HOSTS = 8;

/**
 * So long after `terminate` a worker has certainly ended. It returns at once and no event tells; Chromium lets a script that runs go on
 * for up to two seconds before it is cut off (`WorkerThread::Terminate`), other browsers for less.
 */
const TERMINATION_MS = 3_000;

export interface HostMaker {
  readonly host: () => Worker;
  /** Its hosts know every program, not just the one that they were born for. */
  readonly knowAll?: boolean;
}

/** The workers of the slots. Writes LIFE while a worker starts, and when one has died: then nobody else would. */
export class HostWorkers {
  readonly #memory: Memory;
  readonly #maker: HostMaker;
  readonly #workers = new Map<number, Worker>();
  /** By slot: how many workers it has had before. */
  readonly #numbers = new Map<number, number>();
  readonly #obituaries = new Set<ReturnType<typeof setTimeout>>();
  /** What hosts are born for; null = it is not known yet. */
  #program: string | null = null;

  constructor(memory: Memory, maker: HostMaker) {
    this.#memory = memory;
    this.#maker = maker;
    // They load the part of the engine that every program needs, while nobody knows yet what will run.
    for (let slot = 0; slot < WARM_HOSTS; slot += 1) this.#workers.set(slot, this.#make(slot));
  }

  get count(): number {
    return this.#workers.size;
  }

  /**
   * Sees to it that the hosts know this program. `sendHome` has the kernel let them go.
   * Precondition: the kernel is idle, and will load before it runs.
   */
  async know(program: string, sendHome: () => Promise<void>): Promise<void> {
    const before = this.#program;
    if (program === before || (before !== null && this.#maker.knowAll === true)) return;
    if (before !== null) await sendHome();
    this.#program = program;
    for (const slot of this.#workers.keys()) if (slot >= WARM_HOSTS) this.#stop(slot);
    for (let slot = 0; slot < WARM_HOSTS; slot += 1) this.#bear(slot);
  }

  meet(demand: KernelDemand): void {
    this.#stop(demand.slot);
    if (demand.kind === 'host-wanted') this.#bear(demand.slot);
  }

  /** Precondition: the slot's worker, if it has one, is in its event loop or on its way there. */
  #bear(slot: number): void {
    const worker = this.#workers.get(slot) ?? this.#make(slot);
    this.#workers.set(slot, worker);
    // The turn is the new host's until it has parked: a host that says PARKED while the turn was never its own would give
    // back a turn that the kernel may have granted meanwhile.
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.TURN, Turn.HOST);
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.LIFE, Life.STARTING);
    const number = this.#numbers.get(slot) ?? 0;
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.WORKER, number);
    const { buffer } = this.#memory;
    const birth: HostBirth = { kind: 'birth', program: this.#program ?? '', memory: buffer, slot, worker: number };
    worker.postMessage(birth);
  }

  #make(slot: number): Worker {
    const worker = this.#maker.host();
    worker.addEventListener('error', (event) => {
      // Its death is told to the user as the end of the process it carried.
      event.preventDefault();
      if (this.#workers.get(slot) === worker) this.#bury(slot);
    });
    return worker;
  }

  stopAll(): void {
    for (const worker of this.#workers.values()) worker.terminate();
    this.#workers.clear();
    for (const timer of this.#obituaries) clearTimeout(timer);
  }

  #stop(slot: number): void {
    const worker = this.#workers.get(slot);
    if (worker === undefined) return;
    worker.terminate();
    this.#workers.delete(slot);
    const number = this.#numbers.get(slot) ?? 0;
    this.#numbers.set(slot, number + 1);
    const timer = setTimeout(() => {
      this.#obituaries.delete(timer);
      this.#announceEnd(slot, number);
    }, TERMINATION_MS);
    this.#obituaries.add(timer);
  }

  /** Who waits for a guard that the worker held takes it over, and the kernel sees to whoever waited for the worker. */
  #announceEnd(slot: number, number: number): void {
    const { words } = this.#memory;
    Atomics.store(words, slotAt(slot) + Slot.WORKERS_ENDED, number + 1);
    Atomics.add(words, Control.ENDED_WORKERS, 1);
    Atomics.add(words, Control.DOORBELL, 1);
    Atomics.notify(words, Control.DOORBELL);
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
