import { HOST_HANG_MS } from '../abi/limits.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { EndCause } from '../abi/record.ts';
import { ThreadKind } from '../abi/slot.ts';
import { appendText } from '../abi/text.ts';
import { announceEnd, closeDescriptors } from './belongings.ts';
import type { Machine } from './machine.ts';
import type { Process } from './thread-table.ts';
import { ThreadState, type End, type Thread } from './thread.ts';
import { leaveCpu, wakeAll, wakeWaiters } from './transitions.ts';

/**
 * How threads end. A process ends with its main thread, and takes its other threads with it, but no other process: at its
 * normal end its runtime has ended its daemons before, and who is killed leaves orphans, as in CPython.
 */

const CUT_OFF: End = { cause: EndCause.DAEMON, code: 0, text: 0 };

/** → Terminated. Its host is parked before, or discarded. Nothing happens to a thread that has ended already. */
export function endThread(machine: Machine, thread: Thread, end: End): void {
  if (thread.state === ThreadState.TERMINATED) return;
  giveHostBack(machine, thread);
  if (thread.kind === ThreadKind.PROCESS) stopCompany(machine, thread);
  vacate(machine, thread, end);
  if (thread.kind === ThreadKind.PROCESS) endCompany(machine, thread);
}

/** Before others hear that the process has ended, nothing of it runs and nothing is open: who joins it may rely on that. */
function stopCompany(machine: Machine, main: Thread): void {
  for (const thread of machine.table.process(main.pid)?.threads ?? []) giveHostBack(machine, thread);
  closeDescriptors(machine, main);
}

function giveHostBack(machine: Machine, thread: Thread): void {
  const { slot } = thread;
  thread.slot = -1;
  if (slot >= 0) machine.pool.unwind(slot, HOST_HANG_MS);
}

/** The thread's places in the machine, its record, those who join it, and a wake-up that it has not used. */
function vacate(machine: Machine, thread: Thread, end: End): void {
  const { state } = thread;
  const cpu = state === ThreadState.RUNNING ? leaveCpu(machine, thread) : -1;
  if (state === ThreadState.READY) machine.ready.remove(thread);
  machine.waits.remove(thread);
  machine.timers.cancel(thread);
  thread.moveTo(ThreadState.TERMINATED);
  machine.table.countEnded(thread);
  machine.log.terminated(thread, cpu, end.cause, end.code, end.text);
  const exitWord = stateWordOf(thread.object);
  Atomics.store(machine.words, exitWord + 1, end.code);
  Atomics.store(machine.words, exitWord, 1);
  // A carrier of several threads (live mode) waits there itself.
  Atomics.notify(machine.words, exitWord);
  wakeAll(machine, exitWord, thread.tid);
  if (thread.wokenFrom >= 0) wakeWaiters(machine, thread.wokenFrom, 1, thread.tid);
  announceEnd(machine, thread);
}

/** What a process takes with it. */
function endCompany(machine: Machine, main: Thread): void {
  const process = machine.table.process(main.pid);
  for (const thread of process?.threads ?? []) endThread(machine, thread, CUT_OFF);
}

function endMain(machine: Machine, process: Process, end: End): void {
  const main = process.threads[0];
  if (main !== undefined) endThread(machine, main, end);
}

/** Ends a process by signal. False: there is no such process, or it has ended. */
export function killProcess(machine: Machine, pid: number, code: number, cause: EndCause): boolean {
  const process = pid > 0 ? machine.table.livingProcess(pid) : undefined;
  if (process === undefined) return false;
  endMain(machine, process, { cause, code, text: 0 });
  return true;
}

/** The thread's host did not come back: its process ends, since what the host held of it is lost. */
export function endLost(machine: Machine, thread: Thread, how: 'hung' | 'died'): void {
  // Another thread of its process was lost before it, and has taken it along.
  if (thread.state === ThreadState.TERMINATED) return;
  if (how === 'hung') machine.pool.discard(thread.slot);
  const message = how === 'hung' ? `no checkpoint for ${machine.patienceMs / 1000} s` : 'its worker died';
  const cause = how === 'hung' ? EndCause.HUNG : EndCause.HOST_DIED;
  const end: End = { cause, code: 1, text: appendText(machine.memory, message) };
  const process = machine.table.process(thread.pid);
  endThread(machine, thread, end);
  if (process !== undefined) endMain(machine, process, end);
}
