import type { ObjectId } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import { guarded } from '../abi/guard.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { BlockReason } from '../abi/record.ts';
import { peek, poke } from '../abi/words.ts';
import { FOREVER, type Port } from './port.ts';
import { answerOf, callFirst, enter, waitForCall, type Line } from './waiting-line.ts';

/**
 * A barrier, as the state machine of CPython's `threading.Barrier`; but each waiter is told on a word of its own how its
 * generation ended, so the next one can fill at once and need not wait until the last one has drained.
 *
 *   word PHASE         from → to                     by
 *                      FILLING → OPENING             the last to arrive, which then may have an action to do
 *                      OPENING → FILLING             open: the generation has passed
 *                      any     → BROKEN              abort, or a wait whose time is up
 *                      any     → FILLING             reset
 *   word COUNT         how many have arrived in this generation
 *   word PARTIES       how many it takes; written once, by the creator
 *   word GENERATION    + 1                           whenever a generation ends: it has passed, broken or was reset
 *   word GUARD         held for every change of the words here (abi/guard.ts). If somebody dies meanwhile the barrier is broken, as by
 *                      one who does not come
 *   words HEAD, TAIL   the line of those who wait (waiting-line.ts)
 *
 * Zeroed by the object table when the row is taken, then `initialise` by the creator. Nothing must be held by callers.
 *
 * No wake-up is lost: a waiter stands in line before it lets go of GUARD, and whoever ends the generation holds GUARD and calls
 * all who stand there. Who comes while OPENING waits for the GENERATION it has read under GUARD to change, and it changes
 * before those are woken. A killed waiter has arrived all the same, and counts until its generation ends.
 */
const COUNT = 0;
const PARTIES = 1;
const PHASE = 2;
const GENERATION = 3;
const GUARD = 4;
const HEAD = 5;

const Phase = { FILLING: 0, OPENING: 1, BROKEN: 2 } as const;

/** How a wait ended. LATE: its time was up, and it has broken the barrier. */
export const Passage = { PASSED: 1, BROKEN: 2, LATE: 3 } as const;
export type Passage = (typeof Passage)[keyof typeof Passage];

export interface Arrival {
  /** From 0, in the order in which they arrived. */
  readonly index: number;
  /** The caller must `open` the barrier, or `abort` it. */
  readonly isLast: boolean;
  readonly generation: number;
}

const lineOf = (barrier: ObjectId): Line => stateWordOf(barrier, HEAD);

function read(port: Port, barrier: ObjectId, word: number): number {
  return Atomics.load(port.memory.words, stateWordOf(barrier, word));
}

function write(port: Port, barrier: ObjectId, word: number, value: number): void {
  Atomics.store(port.memory.words, stateWordOf(barrier, word), value);
}

function underGuard<T>(port: Port, barrier: ObjectId, action: () => T): T {
  const breakIt = (): void => endGeneration(port, barrier, Phase.BROKEN, Passage.BROKEN);
  return guarded(port.memory.words, stateWordOf(barrier, GUARD), action, breakIt);
}

/** Precondition: the row is new, parties ≥ 1. */
export function initialise(port: Port, barrier: ObjectId, parties: number): void {
  poke(port.memory.words, stateWordOf(barrier, PARTIES), parties);
}

function partiesOf(port: Port, barrier: ObjectId): number {
  return peek(port.memory.words, stateWordOf(barrier, PARTIES));
}

/** How many have arrived and wait. */
export function countOf(port: Port, barrier: ObjectId): number {
  return read(port, barrier, COUNT);
}

export function isBroken(port: Port, barrier: ObjectId): boolean {
  return read(port, barrier, PHASE) === Phase.BROKEN;
}

/**
 * Arrives, as soon as the barrier fills again; null = it is broken. While the last one of a generation is at its action nobody
 * gives up: as in CPython, where the action is done under the barrier's own lock, a wait's time begins when it has arrived.
 */
export function arrive(port: Port, barrier: ObjectId): Arrival | null {
  for (;;) {
    const arrival = underGuard(port, barrier, () => tryToArrive(port, barrier));
    if (typeof arrival !== 'number') return arrival;
    port.wait(stateWordOf(barrier, GENERATION), arrival, FOREVER, barrier, BlockReason.BARRIER);
  }
}

/** Null = it is broken; a number = it is opening, and of this generation. Precondition: GUARD is held. */
function tryToArrive(port: Port, barrier: ObjectId): Arrival | number | null {
  const phase = read(port, barrier, PHASE);
  const generation = read(port, barrier, GENERATION);
  if (phase === Phase.BROKEN) return null;
  if (phase === Phase.OPENING) return generation;
  const index = read(port, barrier, COUNT);
  const isLast = index + 1 === partiesOf(port, barrier);
  write(port, barrier, COUNT, index + 1);
  if (isLast) write(port, barrier, PHASE, Phase.OPENING);
  else enter(port, lineOf(barrier));
  return { index, isLast, generation };
}

/** Waits for the others, for at most `ticks`. Precondition: the caller has arrived, and not as the last. */
export function waitForOthers(port: Port, barrier: ObjectId, ticks: Ticks): Passage {
  waitForCall(port, ticks, barrier, BlockReason.BARRIER);
  return underGuard(port, barrier, () => {
    const answer = answerOf(port);
    if (answer !== 0) return answer as Passage;
    // Its own call is among those that this makes.
    endGeneration(port, barrier, Phase.BROKEN, Passage.BROKEN);
    return Passage.LATE;
  });
}

/** Lets all pass; false = it was broken or reset since the caller arrived as the last. */
export function open(port: Port, barrier: ObjectId, { generation }: Arrival): boolean {
  return underGuard(port, barrier, () => {
    if (read(port, barrier, GENERATION) !== generation) return false;
    endGeneration(port, barrier, Phase.FILLING, Passage.PASSED);
    return true;
  });
}

/** Breaks the barrier: nobody passes until it is reset. */
export function abort(port: Port, barrier: ObjectId): void {
  underGuard(port, barrier, () => endGeneration(port, barrier, Phase.BROKEN, Passage.BROKEN));
}

/** Makes it as new; who waits does not pass. */
export function reset(port: Port, barrier: ObjectId): void {
  underGuard(port, barrier, () => endGeneration(port, barrier, Phase.FILLING, Passage.BROKEN));
}

/** Precondition: GUARD is held. */
function endGeneration(port: Port, barrier: ObjectId, phase: number, answer: Passage): void {
  write(port, barrier, COUNT, 0);
  write(port, barrier, PHASE, phase);
  write(port, barrier, GENERATION, (read(port, barrier, GENERATION) + 1) | 0);
  const line = lineOf(barrier);
  for (let more = true; more;) more = callFirst(port, line, answer, barrier);
  port.wake(stateWordOf(barrier, GENERATION), -1, barrier);
}
