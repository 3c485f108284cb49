import { asObjectId, asPid, type ObjectId, type Pid } from '../../../base/ids.ts';
import { stateWordOf } from '../../../abi/object-table.ts';
import { peek, poke } from '../../../abi/words.ts';
import type { Port } from '../../../sync/port.ts';

/**
 * Where a manager's server can be found. Words of the manager's row; the first three are written by
 * its creator before anybody else knows it:
 *
 *   word DOOR     the pipe at which whoever wants a connection knocks
 *   word PID      the server's, 0 = it is not started yet
 *   word SERVER   the server's row
 *   word OVER     0 → 1 by the first who shuts it down
 */
const DOOR = 0;
const PID = 1;
const SERVER = 2;
const OVER = 3;

export function doorOf({ memory }: Port, manager: ObjectId): ObjectId {
  return asObjectId(peek(memory.words, stateWordOf(manager, DOOR)));
}

export function pidOf({ memory }: Port, manager: ObjectId): Pid {
  return asPid(peek(memory.words, stateWordOf(manager, PID)));
}

export function serverOf({ memory }: Port, manager: ObjectId): ObjectId {
  return asObjectId(peek(memory.words, stateWordOf(manager, SERVER)));
}

export function setDoor({ memory }: Port, manager: ObjectId, door: ObjectId): void {
  poke(memory.words, stateWordOf(manager, DOOR), door);
}

export function setServer({ memory }: Port, manager: ObjectId, pid: Pid, server: ObjectId): void {
  poke(memory.words, stateWordOf(manager, PID), pid);
  poke(memory.words, stateWordOf(manager, SERVER), server);
}

export function isOver({ memory }: Port, manager: ObjectId): boolean {
  return Atomics.load(memory.words, stateWordOf(manager, OVER)) !== 0;
}

/** False: somebody else was first. */
export function setOver({ memory }: Port, manager: ObjectId): boolean {
  return Atomics.exchange(memory.words, stateWordOf(manager, OVER), 1) === 0;
}
