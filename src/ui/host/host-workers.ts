import { Control } from '../../abi/control.ts';
import { slotAt, type Memory } from '../../abi/layout.ts';
import type { HostBirth, KernelDemand } from '../../abi/remote.ts';
import { Life, Slot, Turn } from '../../abi/slot.ts';

/** How many hosts wait, parked, before anybody asked: starting a program in one takes a twentieth of a new worker. */
export const WARM_HOSTS = 8;

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
  /** They have no slot and no program yet, only the part of the engine that every program needs. */
  readonly #unborn = new Set<Worker>();
  /** What hosts are born for. */
  #program = '';

  constructor(memory: Memory, maker: HostMaker) {
    this.#memory = memory;
    this.#maker = maker;
  }

  get count(): number {
    return this.#workers.size;
  }

  /** Before it is known what will run. */
  warmUp(): void {
    for (let slot = 0; slot < WARM_HOSTS; slot += 1) {
      if (this.#maker.knowAll === true) this.start(slot);
      else this.#unborn.add(this.#make());
    }
  }

  /**
   * Replaces all hosts when they were born for another program. Precondition: the kernel is idle, and will load before it runs: what
   * the old hosts carried is gone.
   */
  know(program: string): void {
    if (this.#maker.knowAll === true || program === this.#program) return;
    this.#program = program;
    for (const slot of this.#workers.keys()) {
      this.#stop(slot);
      Atomics.store(this.#memory.words, slotAt(slot) + Slot.LIFE, Life.EMPTY);
    }
    for (let slot = 0; slot < WARM_HOSTS; slot += 1) this.start(slot);
  }

  meet(demand: KernelDemand): void {
    if (demand.kind === 'host-wanted') this.start(demand.slot);
    else this.#stop(demand.slot);
  }

  start(slot: number): void {
    this.#stop(slot);
    const [unborn] = this.#unborn;
    const worker = unborn ?? this.#make();
    this.#unborn.delete(worker);
    this.#workers.set(slot, worker);
    // The turn is the new host's until it has parked: a host that says PARKED while the turn was never its own would give
    // back a turn that the kernel may have granted meanwhile.
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.TURN, Turn.HOST);
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.LIFE, Life.STARTING);
    const birth: HostBirth = { kind: 'birth', program: this.#program, memory: this.#memory.buffer, slot };
    worker.postMessage(birth);
  }

  stopAll(): void {
    for (const slot of this.#workers.keys()) this.#stop(slot);
    for (const worker of this.#unborn) worker.terminate();
    this.#unborn.clear();
  }

  #make(): Worker {
    const worker = this.#maker.host();
    worker.addEventListener('error', (event) => {
      // Its death is told to the user as the end of the process it carried.
      event.preventDefault();
      this.#unborn.delete(worker);
      for (const [slot, carrier] of this.#workers) if (carrier === worker) this.#bury(slot);
    });
    return worker;
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
