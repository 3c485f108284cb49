import { slotAt } from '../abi/layout.ts';
import { Request, Slot } from '../abi/slot.ts';
import { peek } from '../abi/words.ts';
import { endLost, endThread } from './ending.ts';
import { useInterpreter } from './interpreter.ts';
import type { Machine } from './machine.ts';
import { serve, Served, takeExit } from './requests.ts';
import { ThreadState, type Thread } from './thread.ts';

/** The three ways a thread's host gets the turn. */

/** One step of a Running thread that stands at a checkpoint. It is charged for it whatever becomes of it. */
export function executeStep(machine: Machine, thread: Thread): void {
  machine.steps += 1;
  machine.log.line(thread, machine.steps);
  useInterpreter(machine, thread);
  charge(machine, thread);
  machine.inStep = true;
  drive(machine, thread);
  machine.inStep = false;
}

function charge(machine: Machine, thread: Thread): void {
  thread.used += 1;
  thread.burstUsed += 1;
  thread.levelUsed += 1;
  const level = machine.policy.levelAfterStep(thread);
  if (level === thread.level) return;
  thread.level = level;
  thread.levelUsed = 0;
  thread.demoted = true;
}

/** A Running thread's way to its next checkpoint, from its start or from the return of a blocked call. Costs no tick. */
export function goFreeWay(machine: Machine, thread: Thread): void {
  if (thread.pendingEnd !== null) {
    endThread(machine, thread, thread.pendingEnd);
    return;
  }
  if (thread.pending) {
    thread.pending = false;
    if (serve(machine, thread) !== Served.GOES_ON) return;
  }
  drive(machine, thread);
}

/** Grants the host the turn until its thread stands at a checkpoint or has left its CPU. */
function drive(machine: Machine, thread: Thread): void {
  for (;;) {
    const handover = machine.relay.handOver(thread.slot, machine.patienceMs);
    if (handover !== 'request') {
      endLost(machine, thread, handover);
      return;
    }
    // It has run, and so looked at the word that it was woken for.
    thread.wokenFrom = -1;
    if (serve(machine, thread) !== Served.GOES_ON) return;
  }
}

/**
 * The free way of a New thread, before it is Ready for the first time: policies that choose by the next burst must know
 * it. If the thread wants to block or end on this way, that is put off until it is dispatched, since a thread that
 * never ran can do neither. False: its host is lost, and the thread Terminated.
 */
export function runPrologue(machine: Machine, thread: Thread): boolean {
  for (;;) {
    const handover = machine.relay.handOver(thread.slot, machine.patienceMs);
    if (handover !== 'request') {
      endLost(machine, thread, handover);
      return false;
    }
    const request = peek(machine.words, slotAt(thread.slot) + Slot.REQUEST);
    if (request === Request.EXIT) {
      thread.pendingEnd = takeExit(machine, thread);
      return true;
    }
    if (request === Request.WAIT || request === Request.SLEEP) {
      thread.pending = true;
      return true;
    }
    if (serve(machine, thread) !== Served.GOES_ON) return thread.state !== ThreadState.TERMINATED;
  }
}
