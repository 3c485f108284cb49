import { invariant } from '../base/invariant.ts';
import type { ObjectId, Tid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { slotAt } from '../abi/layout.ts';
import { LAST_TICK } from '../abi/limits.ts';
import { nudgeWaiters } from '../abi/parking.ts';
import { BlockReason, ReadyCause, type PreemptCause } from '../abi/record.ts';
import { Slot, WaitResult } from '../abi/slot.ts';
import { peek, poke } from '../abi/words.ts';
import { endBurst } from './burst.ts';
import type { Machine } from './machine.ts';
import { ThreadState, type Thread } from './thread.ts';

/** Every change of a thread's state but its creation (`spawn.ts`) and its end (`ending.ts`), each with its record. */

/** New or Blocked → Ready. Precondition: `readyCause`, `readyObject`, `readyBy` are set, and no timer or wait is left. */
export function makeReady(machine: Machine, thread: Thread): void {
  thread.moveTo(ThreadState.READY);
  machine.ready.append(thread);
  machine.log.ready(thread, machine.policy.rank(thread));
}

/** Ready → Running. Precondition: the CPU is idle. */
export function dispatch(machine: Machine, thread: Thread, cpu: number): void {
  invariant(machine.cpus[cpu] === null, 'a CPU carries one thread', `cpu ${cpu}`);
  machine.ready.remove(thread);
  thread.moveTo(ThreadState.RUNNING);
  machine.cpus[cpu] = thread;
  machine.stints += 1;
  thread.cpu = cpu;
  thread.stint = machine.stints;
  startQuantum(thread);
  machine.log.dispatched(thread, machine.policy.quantum(thread), machine.policy.rank(thread));
}

export function startQuantum(thread: Thread): void {
  thread.used = 0;
  thread.demoted = false;
}

/** Running → Ready. `by` takes its place. */
export function preempt(machine: Machine, thread: Thread, cause: PreemptCause, by: Tid): void {
  const cpu = leaveCpu(machine, thread);
  thread.moveTo(ThreadState.READY);
  machine.ready.append(thread);
  machine.log.preempted(thread, cpu, cause, by, machine.policy.rank(thread));
}

/** Running → Blocked; `ticks` until a timer ends it, -1: none. Queueing on a word, if any, is the caller's. */
export function block(machine: Machine, thread: Thread, reason: BlockReason, object: ObjectId, ticks: Ticks): void {
  const at = slotAt(thread.slot);
  const cpu = leaveCpu(machine, thread);
  thread.moveTo(ThreadState.BLOCKED);
  thread.atCheckpoint = false;
  thread.blockReason = reason;
  thread.blockObject = object;
  endBurst(thread, peek(machine.words, at + Slot.BURST));
  if (ticks >= 0) machine.timers.set(thread, dueTick(machine, ticks));
  const line = peek(machine.words, at + Slot.LINE);
  machine.log.blocked(thread, cpu, reason, thread.due, line > 0 ? line : thread.line);
}

/**
 * A step fills its tick, so what it waits for counts from the next; a free way takes no time. Nothing is due after the
 * last tick, which the clock never reaches (`stepped-run.ts`).
 */
function dueTick(machine: Machine, ticks: Ticks): Ticks {
  return Math.min(machine.inStep ? machine.tick + ticks + 1 : machine.tick + Math.max(1, ticks), LAST_TICK);
}

/** A waiter is chosen. It stays Blocked, with no word and no timer any more, until the next tick begins. */
export function wake(machine: Machine, thread: Thread, by: Tid): void {
  machine.waits.remove(thread);
  machine.timers.cancel(thread);
  poke(machine.words, slotAt(thread.slot) + Slot.RESULT, WaitResult.WOKEN);
  machine.log.woken(thread, by);
  thread.readyCause = ReadyCause.WOKEN;
  thread.readyObject = thread.blockObject;
  thread.readyBy = by;
  machine.rising.push(thread);
}

/** A signal ends the wait of a Blocked thread, whatever it waits for. Nothing happens to one that was woken before. */
export function interrupt(machine: Machine, thread: Thread, by: Tid): void {
  if (thread.waitWord < 0 && thread.due < 0) return;
  wake(machine, thread, by);
  poke(machine.words, slotAt(thread.slot) + Slot.RESULT, WaitResult.INTERRUPTED);
}

/**
 * Wakes the longest waiters of a word, `most` of them at most (-1: all). Returns how many. If not all are woken, each of
 * them has been chosen in place of another: until it has run, its end hands the wake-up on (`ending.ts`).
 */
export function wakeWaiters(machine: Machine, word: number, most: number, by: Tid): number {
  let woken = 0;
  while (woken !== most) {
    const waiter = machine.waits.longestWaiter(word);
    if (waiter === null) break;
    wake(machine, waiter, by);
    if (most >= 0) waiter.wokenFrom = word;
    woken += 1;
  }
  return woken;
}

/** Wakes all who wait on a word, in either mode. Precondition: what they shall see is stored. */
export function wakeAll(machine: Machine, word: number, by: Tid): void {
  wakeWaiters(machine, word, -1, by);
  if (machine.spec.mode === 'live') nudgeWaiters(machine.memory, word);
}

/** A Blocked thread's timer has gone off: it slept long enough, its I/O is done, or its wait has timed out. */
export function timerExpired(machine: Machine, thread: Thread): void {
  const timedOut = thread.waitWord >= 0;
  const result = timedOut ? WaitResult.TIMED_OUT : WaitResult.WOKEN;
  machine.waits.remove(thread);
  poke(machine.words, slotAt(thread.slot) + Slot.RESULT, result);
  if (timedOut) thread.readyCause = ReadyCause.TIMED_OUT;
  else thread.readyCause = thread.blockReason === BlockReason.IO ? ReadyCause.IO : ReadyCause.TIMER;
  thread.readyObject = thread.blockObject;
  thread.readyBy = 0;
  makeReady(machine, thread);
}

/** Takes the thread off its CPU and returns which it was. Precondition: it is Running. */
export function leaveCpu(machine: Machine, thread: Thread): number {
  const cpu = thread.cpu;
  invariant(machine.cpus[cpu] === thread, 'a Running thread holds its CPU', `tid ${thread.tid}, cpu ${cpu}`);
  machine.cpus[cpu] = null;
  thread.cpu = -1;
  return cpu;
}
