import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { BlockReason } from '../abi/record.ts';
import { WaitResult } from '../abi/slot.ts';
import { poke } from '../abi/words.ts';
import { LockState, lockWord } from './lock-word.ts';
import type { Port } from './port.ts';

/**
 * The lock of lock.ts, handed over: a release gives it to the thread that has waited longest, before anybody who comes by can
 * take it. So nobody is overtaken, and every hand-over costs the time until the next one runs.
 *
 *   word STATE       from → to                       by
 *   FREE             → HELD                          who finds it free
 *   HELD             → CONTENDED                     a thread that is about to wait
 *   HELD             → FREE                          release, when nobody waits
 *   CONTENDED        stays                           release, which has woken a waiter: to be woken is to have the lock
 *   CONTENDED        → HELD                          release, which has found nobody: those who waited have given up
 *
 * No wake-up is lost: whoever waits has seen or made CONTENDED, and waits only while it is. A release frees the lock only from
 * HELD. If it has made that HELD itself, it looks for waiters once more: who waited for CONTENDED came before, and is found
 * now; who comes later must make it CONTENDED again, and then the lock is not freed.
 *
 * A waiter that is killed after it was woken hands the lock to the next one in line (port.ts, `wait`); if there is none, it
 * keeps it, as any holder that is killed.
 */

/** Takes its turn, waiting for at most `ticks`; false = time is up. */
export function acquireInTurn(port: Port, lock: ObjectId, ticks: Ticks): boolean {
  const { words } = port.memory;
  const state = lockWord(lock);
  const deadline = port.now() + ticks;
  for (;;) {
    const found = Atomics.compareExchange(words, state, LockState.FREE, LockState.HELD);
    if (found === LockState.FREE) break;
    if (found === LockState.HELD) Atomics.compareExchange(words, state, LockState.HELD, LockState.CONTENDED);
    const left = deadline - port.now();
    if (left <= 0) return false;
    const result = port.wait(state, LockState.CONTENDED, left, lock, BlockReason.LOCK);
    if (result === WaitResult.TIMED_OUT) return false;
    if (result !== WaitResult.WOKEN) continue;
    // Others may wait too.
    Atomics.store(words, state, LockState.CONTENDED);
    break;
  }
  poke(words, state + 1, port.tid);
  return true;
}

/** Gives the lock to the next in line, or frees it; false = nobody held it. Precondition: HOLDER is zero again. */
export function handOver(port: Port, lock: ObjectId): boolean {
  const { words } = port.memory;
  const state = lockWord(lock);
  for (;;) {
    const found = Atomics.compareExchange(words, state, LockState.HELD, LockState.FREE);
    if (found !== LockState.CONTENDED) return found === LockState.HELD;
    if (port.wake(state, 1, lock) === 1) return true;
    Atomics.compareExchange(words, state, LockState.CONTENDED, LockState.HELD);
    if (port.wake(state, 1, lock) === 1) return true;
  }
}
