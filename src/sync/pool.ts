import { asObjectId, type ObjectId } from '../base/ids.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { PoolPhase, PoolWord } from '../abi/pool-row.ts';
import { poke } from '../abi/words.ts';
import type { Port } from './port.ts';

/**
 * A pool of processes, as those see it that share its memory: who hands tasks in, its handler, its workers.
 *
 *   word SIZE          how many workers it should have: the creator, then the kernel (an input from outside)
 *   word BELL          + 1           whoever has something for the handler to see; who waits on it: the handler alone
 *   word PHASE         RUN → CLOSED → TERMINATED, RUN → TERMINATED       close, terminate
 *   word OUTSTANDING   + n           who hands n tasks in, before the first can be done
 *                      − 1           the handler, for each that came back
 *   word SURPLUS       workers that are to leave after their task and have not begun to (pool-staff.ts)
 *   words FIRST, LAST  backlog (task-backlog.ts)
 *   word GUARD         guards SURPLUS, the backlog, and the write end of the pipe of tasks
 *   word TASKS         + n           number of the task handed in last
 *   word HANDLER       row of the handler's thread; written once, by the creator
 *   word STAFF         heap block of the table of workers (pool-staff.ts); written once, by the creator
 *   word LOST          row of a worker that died while it did a task, 0 = none: OUTSTANDING will never be 0 again
 *
 * Zeroed by the object table when the row is taken, then `initialise`; nothing but GUARD must be held. No task comes too late: who
 * hands one in counts it first and reads PHASE again after that, and the handler of a closed pool ends when OUTSTANDING is 0. So
 * the handler sees the task, or the other sees that the pool is closed, and takes it back. No news is lost: the handler reads BELL before it looks at anything, and waits for the value it read; everybody else changes what the handler
 * shall see before he rings.
 */
export const Phase = PoolPhase;
export type Phase = PoolPhase;

function load(port: Port, pool: ObjectId, word: number): number {
  return Atomics.load(port.memory.words, stateWordOf(pool, word));
}

function add(port: Port, pool: ObjectId, word: number, difference: number): number {
  return Atomics.add(port.memory.words, stateWordOf(pool, word), difference);
}

/** Precondition: the row is new. */
export function initialise(port: Port, pool: ObjectId, size: number): void {
  poke(port.memory.words, stateWordOf(pool, PoolWord.SIZE), size);
}

export const sizeOf = (port: Port, pool: ObjectId): number => load(port, pool, PoolWord.SIZE);
export const phaseOf = (port: Port, pool: ObjectId): Phase => load(port, pool, PoolWord.PHASE) as Phase;
export const outstandingOf = (port: Port, pool: ObjectId): number => load(port, pool, PoolWord.OUTSTANDING);
/** NO_OBJECT before it is there. */
export const handlerOf = (port: Port, pool: ObjectId): ObjectId => asObjectId(load(port, pool, PoolWord.HANDLER));

// Words that other files of this folder keep, or that the handler waits on.
export const bellWord = (pool: ObjectId): number => stateWordOf(pool, PoolWord.BELL);
export const surplusWord = (pool: ObjectId): number => stateWordOf(pool, PoolWord.SURPLUS);
export const backlogWord = (pool: ObjectId): number => stateWordOf(pool, PoolWord.FIRST);
export const guardWord = (pool: ObjectId): number => stateWordOf(pool, PoolWord.GUARD);
export const staffWord = (pool: ObjectId): number => stateWordOf(pool, PoolWord.STAFF);

/** The handler looks again. Precondition: what it shall see is stored. */
export function ring(port: Port, pool: ObjectId): void {
  add(port, pool, PoolWord.BELL, 1);
  port.wake(bellWord(pool), -1, pool);
}

export function setHandler(port: Port, pool: ObjectId, handler: ObjectId): void {
  Atomics.store(port.memory.words, stateWordOf(pool, PoolWord.HANDLER), handler);
}

/** No more than this many workers can be had. Nothing happens when another number was asked for meanwhile. */
export function resign(port: Port, pool: ObjectId, wanted: number, possible: number): void {
  Atomics.compareExchange(port.memory.words, stateWordOf(pool, PoolWord.SIZE), wanted, possible);
}

/** Moves on to a later phase; false = it was there already. */
export function moveTo(port: Port, pool: ObjectId, phase: Phase): boolean {
  const { words } = port.memory;
  const word = stateWordOf(pool, PoolWord.PHASE);
  for (let now = Atomics.load(words, word); now < phase; now = Atomics.load(words, word)) {
    if (Atomics.compareExchange(words, word, now, phase) === now) return true;
  }
  return false;
}

/** Counts tasks in; returns the number of the first of them. */
export function countIn(port: Port, pool: ObjectId, tasks: number): number {
  add(port, pool, PoolWord.OUTSTANDING, tasks);
  return add(port, pool, PoolWord.TASKS, tasks) + 1;
}

/** Counts out a task that came back. */
export function countOut(port: Port, pool: ObjectId): void {
  add(port, pool, PoolWord.OUTSTANDING, -1);
}

/** Counts out tasks that were not handed in after all: the pool may have been closed meanwhile, and have nothing else to do. */
export function takeBack(port: Port, pool: ObjectId, tasks: number): void {
  add(port, pool, PoolWord.OUTSTANDING, -tasks);
  ring(port, pool);
}

/** A worker died while it did a task. */
export function markLost(port: Port, pool: ObjectId, worker: ObjectId): void {
  Atomics.store(port.memory.words, stateWordOf(pool, PoolWord.LOST), worker);
}
