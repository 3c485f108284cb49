import { Control } from '../../abi/control.ts';
import { slotAt, type Memory } from '../../abi/layout.ts';
import { DISK_BYTES, MAX_SLOTS } from '../../abi/limits.ts';
import type { HostBirth, InterpreterSource, KernelDemand } from '../../abi/remote.ts';
import { Life, Slot, Turn } from '../../abi/slot.ts';
import type { Interpreters, Progress } from './interpreters.ts';

type Files = Readonly<Record<string, string>>;

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
  /** A worker of the Python engine, and where its files are. `spares`: how many are awake before anybody needs them. */
  readonly python?: { readonly worker: () => Worker; readonly source: InterpreterSource; readonly spares?: number };
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
  /** Not null while hosts are interpreters. */
  #files: Files | null = null;
  #interpreters: Interpreters | null = null;
  #isDisposed = false;
  /** Of the interpreters; made when the first is wanted. */
  #disk: SharedArrayBuffer | null = null;

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
    if (this.#files !== null) await this.#leavePython(sendHome);
    else if (program === before || (before !== null && this.#maker.knowAll === true)) return;
    else if (before !== null) await sendHome();
    this.#program = program;
    for (const slot of this.#workers.keys()) if (slot >= WARM_HOSTS) this.#stop(slot);
    for (let slot = 0; slot < WARM_HOSTS; slot += 1) this.#bear(slot);
  }

  /** Loads all that interpreters need, and wakes the first. @throws Error when they cannot be had, or nobody waits any more */
  async preparePython(progress?: (state: Progress) => void, signal?: AbortSignal): Promise<void> {
    const { python } = this.#maker;
    if (python === undefined) throw new Error('this machine has no interpreter');
    // Whoever never chooses Python never loads it.
    const { Interpreters } = await import('./interpreters.ts');
    if (this.#isDisposed) throw new Error('nobody waits for this machine any more');
    this.#interpreters ??= new Interpreters(python.worker, python.source, python.spares);
    await this.#interpreters.prepare(progress, signal);
  }

  /**
   * From now on hosts are interpreters, with these files of the program. Precondition as of `know`.
   * @throws Error when there is no interpreter
   */
  async knowPython(files: Files, sendHome: () => Promise<void>): Promise<void> {
    await this.preparePython();
    if (this.#files === null) {
      if (this.#program !== null) await sendHome();
      for (const slot of this.#workers.keys()) this.#stop(slot);
    }
    this.#files = files;
  }

  async #leavePython(sendHome: () => Promise<void>): Promise<void> {
    this.#files = null;
    await sendHome();
    for (const slot of this.#workers.keys()) this.#stop(slot);
  }

  meet(demand: KernelDemand): void {
    this.#stop(demand.slot);
    if (demand.kind === 'host-wanted') this.#bear(demand.slot);
    // It was given up before it was even asked for: nobody starts there.
    else Atomics.compareExchange(this.#memory.words, slotAt(demand.slot) + Slot.LIFE, Life.STARTING, Life.DEAD);
  }

  /** Precondition: the slot's worker, if it has one, is in its event loop or on its way there. */
  #bear(slot: number): void {
    const number = this.#numbers.get(slot) ?? 0;
    // First of all, so that a worker which was told to stop, and lives on, takes nothing of what follows for its own.
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.WORKER, number);
    // The turn is the new host's until it has parked: a host that says PARKED while the turn was never its own would give
    // back a turn that the kernel may have granted meanwhile.
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.TURN, Turn.HOST);
    Atomics.store(this.#memory.words, slotAt(slot) + Slot.LIFE, Life.STARTING);
    const { buffer } = this.#memory;
    const birth: HostBirth = { kind: 'birth', program: this.#program ?? '', memory: buffer, slot, worker: number };
    if (this.#files !== null && this.#interpreters !== null) {
      this.#disk ??= new SharedArrayBuffer(DISK_BYTES);
      const withFiles = { ...birth, files: this.#files, disk: this.#disk };
      this.#workers.set(slot, this.#watched(slot, this.#interpreters.take(withFiles)));
      return;
    }
    const worker = this.#workers.get(slot) ?? this.#make(slot);
    this.#workers.set(slot, worker);
    worker.postMessage(birth);
  }

  #make(slot: number): Worker {
    return this.#watched(slot, this.#maker.host());
  }

  #watched(slot: number, worker: Worker): Worker {
    worker.addEventListener('error', (event) => {
      // Its death is told to the user as the end of the process it carried.
      event.preventDefault();
      if (this.#workers.get(slot) === worker) this.#bury(slot);
    });
    return worker;
  }

  /** For good, interpreters that nobody has needed too. */
  dispose(): void {
    this.#isDisposed = true;
    this.stopAll();
    this.#interpreters?.dispose();
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
    const life = slotAt(slot) + Slot.LIFE;
    Atomics.store(words, life, Life.DEAD);
    Atomics.notify(words, life);
    for (let other = 0; other < MAX_SLOTS; other += 1) {
      const at = slotAt(other);
      if (other !== slot && Atomics.load(words, at + Slot.CARRIER) !== slot + 1) continue;
      Atomics.store(words, at + Slot.TURN, Turn.KERNEL);
      Atomics.notify(words, at + Slot.TURN);
    }
    Atomics.add(words, Control.DOORBELL, 1);
    Atomics.notify(words, Control.DOORBELL);
  }
}
