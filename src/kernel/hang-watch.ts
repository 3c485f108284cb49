import { Control } from '../abi/control.ts';
import { slotAt } from '../abi/layout.ts';
import { HOST_HANG_MS } from '../abi/limits.ts';
import { Park, Signal, Slot, Turn } from '../abi/slot.ts';
import { peek, type Words } from '../abi/words.ts';
import type { Thread } from './thread.ts';

/** How often hosts are asked for a sign of life. */
const PROBE_MS = 250;

/** The slot's thread sleeps, on a word or for a time. Precondition: live mode, and the slot carries a thread. */
export function isParked(words: Words, slot: number): boolean {
  return Atomics.load(words, slotAt(slot) + Slot.PARK) === Park.PARKED;
}

/**
 * Live mode: which hosts do not come to a checkpoint any more. Checkpoints write nothing; so the kernel sets PROBE in the
 * word at which they look anyway, and the next look takes it back. Who sleeps, waits for the kernel, for a guard, or for
 * room in the log, does not hang. A worker that carries several threads answers for all of them, also while they all sleep.
 *
 * Time counts only while the kernel looks: where it was suspended itself (a machine asleep, a frozen tab, its own wait for
 * a new worker), the hosts may have been, too.
 */
export class HangWatch {
  readonly #words: Words;
  #lastMs = -1;
  /** By thread: for how long it has owed an answer. */
  readonly #silentMs = new Map<Thread, number>();

  constructor(words: Words) {
    this.#words = words;
  }

  /** Those that have hung for too long. Call it often. */
  look(threads: readonly Thread[], nowMs: number): readonly Thread[] {
    if (this.#lastMs < 0) this.#lastMs = nowMs;
    const passedMs = nowMs - this.#lastMs;
    if (passedMs < PROBE_MS) return [];
    this.#lastMs = nowMs;
    if (Atomics.load(this.#words, Control.LOG_WAITERS) !== 0) return [];
    return threads.filter((thread) => thread.slot >= 0 && this.#isHung(thread, Math.min(passedMs, 2 * PROBE_MS)));
  }

  #isHung(thread: Thread, passedMs: number): boolean {
    const words = this.#words;
    const at = slotAt(thread.slot);
    const carrier = peek(words, at + Slot.CARRIER) - 1;
    if (carrier >= 0 && carrier !== thread.slot) return false;
    const isExcused =
      (carrier < 0 && isParked(words, thread.slot)) ||
      Atomics.load(words, at + Slot.TURN) === Turn.KERNEL ||
      Atomics.load(words, at + Slot.GUARD_WAITED) !== 0;
    const owes = (Atomics.or(words, at + Slot.KILL, Signal.PROBE) & Signal.PROBE) !== 0;
    const silentMs = owes && !isExcused ? (this.#silentMs.get(thread) ?? 0) + passedMs : 0;
    this.#silentMs.set(thread, silentMs);
    return silentMs >= HOST_HANG_MS;
  }
}
