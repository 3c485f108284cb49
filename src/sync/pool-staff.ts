import { asObjectId, NO_OBJECT, type ObjectId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import { guarded } from '../abi/guard.ts';
import { allocate, heapWordAt } from '../abi/heap.ts';
import { MAX_SLOTS } from '../abi/limits.ts';
import { peek, poke } from '../abi/words.ts';
import { exitCode } from './exit-word.ts';
import { guardWord, staffWord, surplusWord } from './pool.ts';
import type { Port } from './port.ts';

/**
 * The workers of a pool: a table in the heap, with a place for each that can exist at once.
 *
 *   word WORKER   row of the worker, 0 = the place is free; whoever hires: the pool's creator, then its handler
 *   word DOES     row of the result whose task it does, 0 = none, LEAVING = it will take no more; the worker alone
 *   word NUMBER   number of that task; the worker alone
 *
 * The table is the pool's until the run ends. Of a worker that has ended, its place still says what it was at.
 */
const WORKER = 0;
const DOES = 1;
const NUMBER = 2;
const PLACE_WORDS = 4;
const PLACES = MAX_SLOTS;

const LEAVING = -1;

/** A worker's place in the table. */
export type Place = number;

/** Precondition: the pool is new. False = the heap has no room. */
export function createStaff(port: Port, pool: ObjectId): boolean {
  const { words } = port.memory;
  const block = allocate(port.memory, PLACES * PLACE_WORDS * 4);
  if (block === 0) return false;
  words.fill(0, heapWordAt(block), heapWordAt(block) + PLACES * PLACE_WORDS);
  poke(words, staffWord(pool), block);
  return true;
}

function placeAt(port: Port, pool: ObjectId, place: Place): number {
  return heapWordAt(peek(port.memory.words, staffWord(pool))) + place * PLACE_WORDS;
}

function workerAt(port: Port, pool: ObjectId, place: Place): ObjectId {
  return asObjectId(Atomics.load(port.memory.words, placeAt(port, pool, place) + WORKER));
}

/** Places that are taken, in order. */
function takenPlaces(port: Port, pool: ObjectId): readonly Place[] {
  const taken: Place[] = [];
  for (let place = 0; place < PLACES; place += 1) {
    if (workerAt(port, pool, place) !== NO_OBJECT) taken.push(place);
  }
  return taken;
}

/** A place for a worker that is to be hired. There is one: no machine has hosts for more workers than there are places. */
export function freePlace(port: Port, pool: ObjectId): Place {
  let place = 0;
  while (place < PLACES && workerAt(port, pool, place) !== NO_OBJECT) place += 1;
  invariant(place < PLACES, 'a pool has a place for each worker', `pool ${pool}`);
  const { words } = port.memory;
  const at = placeAt(port, pool, place);
  Atomics.store(words, at + DOES, NO_OBJECT);
  Atomics.store(words, at + NUMBER, 0);
  return place;
}

/** The worker that was started with this place. */
export function hire(port: Port, pool: ObjectId, place: Place, worker: ObjectId): void {
  Atomics.store(port.memory.words, placeAt(port, pool, place) + WORKER, worker);
}

/** All that were hired and not dismissed. */
export function staffOf(port: Port, pool: ObjectId): readonly ObjectId[] {
  return takenPlaces(port, pool).map((place) => workerAt(port, pool, place));
}

/** The calling worker begins a task. */
export function beginTask(port: Port, pool: ObjectId, place: Place, result: ObjectId, number: number): void {
  const { words } = port.memory;
  const at = placeAt(port, pool, place);
  Atomics.store(words, at + NUMBER, number);
  Atomics.store(words, at + DOES, result);
}

/** What came of it is on its way. */
export function endTask(port: Port, pool: ObjectId, place: Place): void {
  Atomics.store(port.memory.words, placeAt(port, pool, place) + DOES, NO_OBJECT);
}

/** The calling worker begins to leave, if one has to; false = it does not. */
export function takeLeave(port: Port, pool: ObjectId, place: Place): boolean {
  const { words } = port.memory;
  const surplus = surplusWord(pool);
  if (Atomics.load(words, surplus) === 0) return false;
  return guarded(words, guardWord(pool), () => {
    if (peek(words, surplus) === 0) return false;
    Atomics.sub(words, surplus, 1);
    Atomics.store(words, placeAt(port, pool, place) + DOES, LEAVING);
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
    const leaving = (place: Place): boolean => Atomics.load(words, placeAt(port, pool, place) + DOES) === LEAVING;
    const staying = takenPlaces(port, pool).filter((place) => !leaving(place)).length;
    const before = peek(words, surplusWord(pool));
    const surplus = Math.max(0, staying - wanted);
    Atomics.store(words, surplusWord(pool), surplus);
    return staying < wanted ? staying - wanted : Math.max(0, surplus - before);
  });
}

/** A worker that has ended, and what it was at; `result` is NO_OBJECT: nothing. */
export interface Dismissed {
  readonly worker: ObjectId;
  readonly result: ObjectId;
  readonly number: number;
}

/** Takes those that have ended off the staff. */
export function dismissEnded(port: Port, pool: ObjectId): readonly Dismissed[] {
  const { words } = port.memory;
  const dismissed: Dismissed[] = [];
  for (const place of takenPlaces(port, pool)) {
    const worker = workerAt(port, pool, place);
    if (exitCode(port, worker) === null) continue;
    const at = placeAt(port, pool, place);
    const result = asObjectId(Math.max(NO_OBJECT, Atomics.load(words, at + DOES)));
    dismissed.push({ worker, result, number: Atomics.load(words, at + NUMBER) });
    Atomics.store(words, at + WORKER, NO_OBJECT);
  }
  return dismissed;
}
