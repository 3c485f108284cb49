import { asObjectId, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { guarded } from '../abi/guard.ts';
import { peek, poke } from '../abi/words.ts';
import { exitCode } from './exit-word.ts';
import type { Port } from './port.ts';

/**
 * A pool of processes, as those see it that share its memory: who hands tasks in, its handler, its workers.
 *
 *   word SIZE          how many workers it should have: the creator, then the kernel (an input from outside)
 *   word BELL          + 1           whoever has something for the handler to see; who waits on it: the handler alone
 *   word PHASE         RUN → CLOSED → TERMINATED, RUN → TERMINATED       close, terminate
 *   word OUTSTANDING   + n           who hands n tasks in, before the first can be done
 *                      − 1           the handler, for each that came back
 *   word SURPLUS       workers that are to leave after their task, and have not begun to: the handler raises it, who leaves
 *                      lowers it; guarded by GUARD
 *   words FIRST, LAST  backlog (task-backlog.ts), guarded by GUARD
 *   word GUARD
 *   word TASKS         + 1           number of the task handed in last
 *   word HANDLER       row of the handler's thread; written once, by the creator
 *   word STAFF         row of the worker hired last; the creator, then the handler
 *   word LOST          row of a worker that died while it did a task, 0 = none: OUTSTANDING will never be 0 again
 *
 * and in the row of each worker
 *   word COLLEAGUE     the worker hired before it; as STAFF
 *   word DOES          row of the result whose task it does, 0 = none, LEAVING = it will take no more; the worker alone
 *   word NUMBER        number of that task
 *
 * Zeroed by the object table when the row is taken, then `initialise`; nothing but GUARD must be held. No news is lost: the
 * handler reads BELL before it looks at anything, and waits for the value it read; everybody else changes what the handler
 * shall see before he rings.
 */
const SIZE = 0;
const BELL = 1;
const PHASE = 2;
const OUTSTANDING = 3;
const SURPLUS = 4;
const FIRST = 5;
const GUARD = 7;
const TASKS = 8;
const HANDLER = 9;
const STAFF = 10;
/** The kernel's to read, when nobody can go on. */
export const LOST = 11;

/** In a worker's row: behind what its exit and its waiting take (abi/objects.ts). */
const COLLEAGUE = 6;
const DOES = 7;
const NUMBER = 8;

const LEAVING = -1;

export const Phase = { RUN: 0, CLOSED: 1, TERMINATED: 2 } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

function load(port: Port, object: ObjectId, word: number): number {
  return Atomics.load(port.memory.words, stateWordOf(object, word));
}

function add(port: Port, object: ObjectId, word: number, difference: number): number {
  return Atomics.add(port.memory.words, stateWordOf(object, word), difference);
}

/** Precondition: the row is new. */
export function initialise(port: Port, pool: ObjectId, size: number): void {
  poke(port.memory.words, stateWordOf(pool, SIZE), size);
}

export function setHandler(port: Port, pool: ObjectId, handler: ObjectId): void {
  Atomics.store(port.memory.words, stateWordOf(pool, HANDLER), handler);
}

export const handlerOf = (port: Port, pool: ObjectId): ObjectId => asObjectId(load(port, pool, HANDLER));
export const sizeOf = (port: Port, pool: ObjectId): number => load(port, pool, SIZE);
export const phaseOf = (port: Port, pool: ObjectId): Phase => load(port, pool, PHASE) as Phase;
export const outstandingOf = (port: Port, pool: ObjectId): number => load(port, pool, OUTSTANDING);

/** Index of BELL, and of the backlog's words. */
export const bellWord = (pool: ObjectId): number => stateWordOf(pool, BELL);
export const backlogWord = (pool: ObjectId): number => stateWordOf(pool, FIRST);
export const guardWord = (pool: ObjectId): number => stateWordOf(pool, GUARD);

/** The handler looks again. Precondition: what it shall see is stored. */
export function ring(port: Port, pool: ObjectId): void {
  add(port, pool, BELL, 1);
  port.wake(bellWord(pool), -1, pool);
}

/** Moves on to a later phase; false = it was there already. */
export function moveTo(port: Port, pool: ObjectId, phase: Phase): boolean {
  const { words } = port.memory;
  const word = stateWordOf(pool, PHASE);
  for (let now = Atomics.load(words, word); now < phase; now = Atomics.load(words, word)) {
    if (Atomics.compareExchange(words, word, now, phase) === now) return true;
  }
  return false;
}

/** Counts tasks in; returns the number of the first of them. */
export function countIn(port: Port, pool: ObjectId, tasks: number): number {
  add(port, pool, OUTSTANDING, tasks);
  return add(port, pool, TASKS, tasks) + 1;
}

/** Counts out a task that came back. */
export function countOut(port: Port, pool: ObjectId): void {
  add(port, pool, OUTSTANDING, -1);
}

/** The calling worker begins to leave, if one has to; false = it does not. */
export function takeLeave(port: Port, pool: ObjectId): boolean {
  const { words } = port.memory;
  const surplus = stateWordOf(pool, SURPLUS);
  if (Atomics.load(words, surplus) === 0) return false;
  return guarded(words, guardWord(pool), () => {
    if (peek(words, surplus) === 0) return false;
    Atomics.sub(words, surplus, 1);
    Atomics.store(words, stateWordOf(port.self, DOES), LEAVING);
    return true;
  });
}

/**
 * The handler compares the staff with how many are wanted. Those that are too many are told to leave, as far as they were
 * not before; returns that number, or, below 0, how many must be hired.
 */
export function balance(port: Port, pool: ObjectId, wanted: number): number {
  const { words } = port.memory;
  return guarded(words, guardWord(pool), () => {
    const staying = staffOf(port, pool).filter((worker) => load(port, worker, DOES) !== LEAVING).length;
    const surplus = peek(words, stateWordOf(pool, SURPLUS));
    const wantedSurplus = Math.max(0, staying - wanted);
    Atomics.store(words, stateWordOf(pool, SURPLUS), wantedSurplus);
    return staying < wanted ? staying - wanted : Math.max(0, wantedSurplus - surplus);
  });
}

/** The calling worker begins a task. */
export function beginTask(port: Port, result: ObjectId, number: number): void {
  Atomics.store(port.memory.words, stateWordOf(port.self, NUMBER), number);
  Atomics.store(port.memory.words, stateWordOf(port.self, DOES), result);
}

/** What came of it is on its way. */
export function endTask(port: Port): void {
  Atomics.store(port.memory.words, stateWordOf(port.self, DOES), NO_OBJECT);
}

/** A task that will never be done. */
export interface LostTask {
  readonly result: ObjectId;
  readonly number: number;
}

/** What a worker was at when it ended; null: it had nothing to do. */
export function taskLostBy(port: Port, worker: ObjectId): LostTask | null {
  const does = load(port, worker, DOES);
  return does <= 0 ? null : { result: asObjectId(does), number: load(port, worker, NUMBER) };
}

export function markLost(port: Port, pool: ObjectId, worker: ObjectId): void {
  Atomics.store(port.memory.words, stateWordOf(pool, LOST), worker);
}

/** A new worker of the pool. */
export function hire(port: Port, pool: ObjectId, worker: ObjectId): void {
  const { words } = port.memory;
  Atomics.store(words, stateWordOf(worker, COLLEAGUE), load(port, pool, STAFF));
  Atomics.store(words, stateWordOf(pool, STAFF), worker);
}

/** All that were hired and not dismissed, the first one first. */
export function staffOf(port: Port, pool: ObjectId): readonly ObjectId[] {
  const staff: ObjectId[] = [];
  let worker = asObjectId(load(port, pool, STAFF));
  for (; worker !== NO_OBJECT; worker = asObjectId(load(port, worker, COLLEAGUE))) staff.push(worker);
  return staff.reverse();
}

/** Takes those that have ended off the staff, and returns them. */
export function dismissEnded(port: Port, pool: ObjectId): readonly ObjectId[] {
  const staff = staffOf(port, pool);
  const ended = staff.filter((worker) => exitCode(port, worker) !== null);
  if (ended.length === 0) return ended;
  Atomics.store(port.memory.words, stateWordOf(pool, STAFF), NO_OBJECT);
  for (const worker of staff) if (!ended.includes(worker)) hire(port, pool, worker);
  return ended;
}
