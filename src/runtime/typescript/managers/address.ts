import { asObjectId, asPid, type ObjectId, type Pid } from '../../../base/ids.ts';
import { stateWordOf } from '../../../abi/object-table.ts';
import { peek, poke } from '../../../abi/words.ts';
import type { Port } from '../../../sync/port.ts';

/**
 * Where a manager's server can be found. Three words of the manager's row, written by its creator before anybody else knows it:
 *
 *   word DOOR     the pipe at which whoever wants a connection knocks
 *   word PID      the server's, 0 = it is not started yet
 *   word SERVER   the server's row
 */
const DOOR = 0;
const PID = 1;
const SERVER = 2;

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
