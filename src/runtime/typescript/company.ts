import { asObjectId, asPid, asTid, type ObjectId, type Pid, type Tid } from '../../base/ids.ts';
import { Control } from '../../abi/control.ts';
import { objectAt, type Memory } from '../../abi/layout.ts';
import { MAX_OBJECTS } from '../../abi/limits.ts';
import { stateWordOf } from '../../abi/object-table.ts';
import { ObjectKind, ObjectWord, ThreadWord } from '../../abi/objects.ts';
import { peek } from '../../abi/words.ts';
import { exitCode } from '../../sync/exit-word.ts';
import type { Port } from '../../sync/port.ts';
import { current } from './current.ts';

/** The processes and threads of a run, as the object table has them: who is whose, whichever thread started it. */

const read = (memory: Memory, word: number): number => Atomics.load(memory.words, word);

export function pidOf(memory: Memory, row: ObjectId): Pid {
  return asPid(read(memory, stateWordOf(row, ThreadWord.PID)));
}

export function tidOf(memory: Memory, row: ObjectId): Tid {
  return asTid(read(memory, stateWordOf(row, ThreadWord.TID)));
}

export function isDaemon(memory: Memory, row: ObjectId): boolean {
  return read(memory, stateWordOf(row, ThreadWord.DAEMON)) !== 0;
}

export function kindOf(memory: Memory, row: ObjectId): number {
  return peek(memory.words, objectAt(row) + ObjectWord.KIND);
}

/** Child processes of the calling process that have not ended, in the order of their start. */
export function livingChildren(port: Port): ObjectId[] {
  return livingRows(port, ObjectKind.PROCESS);
}

/** The threads of the calling process that have not ended, the main one first, the others in the order of their start. */
export function livingThreads(port: Port): ObjectId[] {
  const { process } = current();
  const others = livingRows(port, ObjectKind.THREAD);
  return exitCode(port, process) === null ? [process, ...others] : others;
}

function livingRows(port: Port, kind: number): ObjectId[] {
  const { memory } = port;
  const rows = Math.min(read(memory, Control.OBJECT_HEAD), MAX_OBJECTS - 1);
  const living: ObjectId[] = [];
  for (let id = 1; id <= rows; id += 1) {
    const row = asObjectId(id);
    if (kindOf(memory, row) !== kind || pidOf(memory, row) === 0) continue;
    if (peek(memory.words, objectAt(row) + ObjectWord.OWNER) === port.pid && exitCode(port, row) === null)
      living.push(row);
  }
  return living;
}

/** The number of the next process that any thread of the calling process makes, from 1. */
export function nextProcess(): number {
  return count(ThreadWord.PROCESSES_MADE);
}

export function nextThread(): number {
  return count(ThreadWord.THREADS_MADE);
}

function count(word: number): number {
  const { port, process } = current();
  return Atomics.add(port.memory.words, stateWordOf(process, word), 1) + 1;
}
