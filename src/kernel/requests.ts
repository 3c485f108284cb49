import { asObjectId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import { slotAt } from '../abi/layout.ts';
import { type BlockReason, EndCause } from '../abi/record.ts';
import { Request, Slot, WaitResult } from '../abi/slot.ts';
import { peek, poke, type Words } from '../abi/words.ts';
import { noteBurst } from './burst.ts';
import { endLost, endThread, killProcess } from './ending.ts';
import type { Machine } from './machine.ts';
import { scheduleArrival, spawnChild } from './spawn.ts';
import { sendSignal } from './signals.ts';
import { ThreadState, type End, type Thread } from './thread.ts';
import { block, wakeWaiters } from './transitions.ts';

/** What serving a request leads to. */
export const Served = {
  /** RESULT holds the answer; the host wants the turn again at once. */
  GOES_ON: 0,
  /** The host stands at a checkpoint: the step, or the free way, is over. */
  AT_CHECKPOINT: 1,
  /** The thread has left its CPU: Blocked or Terminated. */
  LEFT: 2,
} as const;
export type Served = (typeof Served)[keyof typeof Served];

/** Serves the request in the thread's slot, one handler a kind. Precondition: the kernel has the turn. */
export function serve(machine: Machine, thread: Thread): Served {
  const at = slotAt(thread.slot);
  switch (peek(machine.words, at + Slot.REQUEST)) {
    case Request.YIELD:
      return serveYield(machine, thread, at);
    case Request.WAIT:
      return serveWait(machine, thread, at);
    case Request.WAKE:
      return serveWake(machine, thread, at);
    case Request.SLEEP:
      return serveSleep(machine, thread, at);
    case Request.SPAWN:
      return serveSpawn(machine, thread, at);
    case Request.EXIT:
      return serveExit(machine, thread);
    case Request.KILL:
      return serveKill(machine, thread, at);
    case Request.SIGNAL:
      return serveSignal(machine, thread, at);
    case Request.NONE:
      return serveNothing(machine, thread);
    default:
      invariant(false, 'a host asks for something the kernel knows', `tid ${thread.tid}`);
  }
}

/**
 * A host that has parked without asking for the end has lost its thread. A new worker cannot undo a grant so: the turn
 * is its own from before it starts (`ui/host/machine.ts`), and it is granted one only after it has given that back.
 */
function serveNothing(machine: Machine, thread: Thread): Served {
  endLost(machine, thread, 'died');
  return Served.LEFT;
}

function serveYield(machine: Machine, thread: Thread, at: number): Served {
  thread.line = peek(machine.words, at + Slot.LINE);
  thread.detail = peek(machine.words, at + Slot.DETAIL);
  thread.atCheckpoint = true;
  noteBurst(thread, peek(machine.words, at + Slot.BURST));
  return Served.AT_CHECKPOINT;
}

/** Looks at the word again. No wake-up is lost: nobody runs now, and all wakes come through here. */
function serveWait(machine: Machine, thread: Thread, at: number): Served {
  const { words } = machine;
  const word = peek(words, at + Slot.ARG0);
  if (Atomics.load(words, word) !== peek(words, at + Slot.ARG1)) {
    poke(words, at + Slot.RESULT, WaitResult.CHANGED);
    return Served.GOES_ON;
  }
  if (hasSignals(words, at)) return interrupted(words, at);
  const reason = peek(words, at + Slot.ARG4) as BlockReason;
  // Since the step began, a call may have returned.
  thread.line = peek(words, at + Slot.LINE);
  block(machine, thread, reason, asObjectId(peek(words, at + Slot.ARG3)), peek(words, at + Slot.ARG2));
  machine.waits.append(word, thread);
  return Served.LEFT;
}

function serveWake(machine: Machine, thread: Thread, at: number): Served {
  const { words } = machine;
  const woken = wakeWaiters(machine, peek(words, at + Slot.ARG0), peek(words, at + Slot.ARG1), thread.tid);
  poke(words, at + Slot.RESULT, woken);
  return Served.GOES_ON;
}

/** A main thread does not begin to wait before it has taken the signals that have come for its process. */
function hasSignals(words: Words, at: number): boolean {
  return Atomics.load(words, at + Slot.SIGNALS_PENDING) !== 0;
}

function interrupted(words: Words, at: number): Served {
  poke(words, at + Slot.RESULT, WaitResult.INTERRUPTED);
  return Served.GOES_ON;
}

function serveSleep(machine: Machine, thread: Thread, at: number): Served {
  const { words } = machine;
  if (hasSignals(words, at)) return interrupted(words, at);
  const ticks = Math.max(0, peek(words, at + Slot.ARG0));
  const reason = peek(words, at + Slot.ARG2) as BlockReason;
  block(machine, thread, reason, asObjectId(peek(words, at + Slot.ARG1)), ticks);
  return Served.LEFT;
}

function serveSpawn(machine: Machine, thread: Thread, at: number): Served {
  const { words } = machine;
  const delay = peek(words, at + Slot.ARG1);
  const child = spawnChild(machine, thread);
  if (typeof child === 'number') {
    poke(words, at + Slot.RESULT, child);
    return Served.GOES_ON;
  }
  poke(words, at + Slot.RESULT, child.tid);
  poke(words, at + Slot.ARG0, child.pid);
  poke(words, at + Slot.ARG1, child.object);
  scheduleArrival(machine, child, delay, thread.tid === 0);
  return Served.GOES_ON;
}

function serveExit(machine: Machine, thread: Thread): Served {
  const end = takeExit(machine, thread);
  endThread(machine, thread, end);
  return Served.LEFT;
}

/** Reads an EXIT request. The host has parked itself: from now on the slot may carry another thread. */
export function takeExit(machine: Machine, thread: Thread): End {
  const { words } = machine;
  const at = slotAt(thread.slot);
  machine.pool.release(thread.slot);
  thread.slot = -1;
  return {
    code: peek(words, at + Slot.ARG0),
    text: peek(words, at + Slot.ARG1),
    cause: (peek(words, at + Slot.ARG2) || EndCause.RETURNED) as EndCause,
  };
}

function serveKill(machine: Machine, thread: Thread, at: number): Served {
  const { words } = machine;
  const cause = (peek(words, at + Slot.ARG2) || EndCause.KILLED) as EndCause;
  const killed = killProcess(machine, peek(words, at + Slot.ARG0), peek(words, at + Slot.ARG1), cause);
  if (thread.state === ThreadState.TERMINATED) return Served.LEFT;
  poke(words, at + Slot.RESULT, killed ? 1 : 0);
  return Served.GOES_ON;
}

function serveSignal(machine: Machine, thread: Thread, at: number): Served {
  const { words } = machine;
  const found = sendSignal(machine, peek(words, at + Slot.ARG0), peek(words, at + Slot.ARG1), thread.tid);
  if (thread.state === ThreadState.TERMINATED) return Served.LEFT;
  poke(words, at + Slot.RESULT, found ? 1 : 0);
  return Served.GOES_ON;
}
