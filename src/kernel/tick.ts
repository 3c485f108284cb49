import type { Ticks } from '../base/units.ts';
import { Control } from '../abi/control.ts';
import { ExitCode } from '../abi/exit-code.ts';
import { EndCause, InputKind } from '../abi/record.ts';
import type { Input } from '../abi/config.ts';
import { unreachable } from '../base/invariant.ts';
import { runPrologue } from './advance.ts';
import { typeLine } from './console.ts';
import { killProcess } from './ending.ts';
import type { Machine } from './machine.ts';
import { resizePool } from './pool-size.ts';
import { ThreadState, type Thread } from './thread.ts';
import { makeReady, startQuantum, timerExpired } from './transitions.ts';

export function setTick(machine: Machine, tick: Ticks): void {
  machine.tick = tick;
  machine.log.time = tick;
  Atomics.store(machine.words, Control.TICK, tick);
}

/** The start of a tick, up to its dispatch phase: inputs, (mlfq: boost,) timers and I/O, then who was woken or created. */
export function openTick(machine: Machine, tick: Ticks): void {
  setTick(machine, tick);
  applyInputs(machine);
  if (machine.nextBoost >= 0 && tick >= machine.nextBoost) boost(machine);
  for (let thread = machine.timers.takeDue(tick); thread !== null; thread = machine.timers.takeDue(tick)) {
    if (thread.state === ThreadState.NEW) machine.rising.push(thread);
    else timerExpired(machine, thread);
  }
  if (machine.rising.length > 0) raise(machine);
}

function applyInputs(machine: Machine): void {
  const { book, tick } = machine;
  for (let input = book.takeInput(tick); input !== null; input = book.takeInput(tick)) applyInput(machine, input);
}

/** An input about something that does not exist (any more) is recorded all the same: it was made. */
function applyInput(machine: Machine, input: Input): void {
  switch (input.kind) {
    case 'kill':
      machine.log.input(InputKind.KILL, input.pid, ExitCode.SIGTERM);
      killProcess(machine, input.pid, ExitCode.SIGTERM, EndCause.KILLED);
      return;
    case 'pool':
      resizePool(machine, input.size);
      return;
    case 'line':
      typeLine(machine, input.text);
      return;
    default:
      unreachable(input, 'input');
  }
}

/**
 * Rule 5 of mlfq. When the clock has jumped over several boosts, one is enough. Who runs begins the quantum of the top
 * level: else what it has used at a lower one, or its way down in the last tick, would take its CPU at once.
 */
function boost(machine: Machine): void {
  const period = machine.spec.machine.boost;
  machine.nextBoost = (Math.floor(machine.tick / period) + 1) * period;
  for (const thread of machine.table.all()) {
    thread.level = 0;
    thread.levelUsed = 0;
    startQuantum(thread);
  }
  machine.log.boost();
}

/** The woken and created become Ready, by tid. What their prologues wake or create rises at the next tick. */
function raise(machine: Machine): void {
  const rising = machine.rising;
  machine.rising = [];
  if (rising.length > 1) rising.sort((a, b) => a.tid - b.tid);
  for (const thread of rising) rise(machine, thread);
}

function rise(machine: Machine, thread: Thread): void {
  if (thread.state === ThreadState.TERMINATED) return;
  if (thread.state === ThreadState.NEW && !runPrologue(machine, thread)) return;
  makeReady(machine, thread);
}

/**
 * The next tick after `machine.tick` in which something can happen, while nobody is Ready or Running; -1: none. Inputs
 * count, since a kill can end a deadlock.
 */
export function nextEventAt(machine: Machine): Ticks {
  const soonest = machine.tick + 1;
  if (machine.rising.length > 0) return soonest;
  const { nextDue } = machine.timers;
  const { nextInputAt } = machine.book;
  if (nextDue < 0 && nextInputAt < 0) return -1;
  if (nextDue < 0 || (nextInputAt >= 0 && nextInputAt < nextDue)) return Math.max(soonest, nextInputAt);
  return Math.max(soonest, nextDue);
}
