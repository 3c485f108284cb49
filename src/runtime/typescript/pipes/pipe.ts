import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { Control, Mode } from '../../../abi/control.ts';
import { neverUsed } from '../../../abi/heap.ts';
import { HEAP_BYTES, LIVE_QUEUE_CAPACITY, PIPE_CAPACITY } from '../../../abi/limits.ts';
import { peek } from '../../../abi/words.ts';
import { End } from '../../../abi/pipe-row.ts';
import type { ObjectId } from '../../../base/ids.ts';
import { create } from '../../../sync/pipe.ts';
import type { Port } from '../../../sync/port.ts';
import { Connection } from './connection.ts';
import { current } from '../current.ts';
import { OSError } from '../errors.ts';
import { createObject, createPart } from '../operation.ts';
import { PipeEnd } from './pipe-end.ts';

/** `[a, b]`: what the transform says of ends that are stored in two variables. */
const TWO_ENDS = /^\[(.*), (.*)\]$/;

/** Names of the two directions: from the second end to the first, and back. */
function directionsOf(hint: string): readonly [there: string, back: string] {
  const [, first = '', second = ''] = TWO_ENDS.exec(hint) ?? [];
  if (first !== '' && second !== '') return [`${second}→${first}`, `${first}→${second}`];
  return hint === '' ? ['', ''] : [hint, `${hint}.reverse`];
}

/** @throws OSError when there is no room for its bytes */
export function initialisePipe(port: Port, pipe: ObjectId): readonly [bytes: number, capacity: number] {
  return initialise(port, pipe, PIPE_CAPACITY);
}

/**
 * For a queue: in live mode a larger one, as long as there is much room, so that who puts and who gets need not wait for each
 * other at each long message. @throws OSError
 */
export function initialiseQueuePipe(port: Port, pipe: ObjectId): readonly [bytes: number, capacity: number] {
  const { memory } = port;
  const isRoomy = peek(memory.words, Control.MODE) === Mode.LIVE && neverUsed(memory) > HEAP_BYTES / 2;
  return initialise(port, pipe, isRoomy ? LIVE_QUEUE_CAPACITY : PIPE_CAPACITY);
}

function initialise(port: Port, pipe: ObjectId, capacity: number): readonly [bytes: number, capacity: number] {
  if (!create(port, pipe, capacity)) throw new OSError('Too many open files in system', 23);
  return [0, capacity];
}

/**
 * `multiprocessing.Pipe`: two ends of a pipe. What is sent at one is received at the other; if it is not `duplex`, only the
 * first receives and only the second sends.
 * @throws OSError when too many are open
 */
export function Pipe(duplex = true): [Connection, Connection] {
  const thread = current();
  const { port } = thread;
  const [there, back] = directionsOf(thread.nameHint);
  thread.nameHint = there;
  const pipe = createObject(ObjectKind.PIPE, initialisePipe);
  const reader = PipeEnd.open(port, pipe, End.READ);
  if (!duplex) return [new Connection(reader, null), new Connection(null, PipeEnd.open(port, pipe, End.WRITE))];
  const reverse = createPart(pipe, PartRole.REVERSE, back, ObjectKind.PIPE, initialisePipe);
  const second = PipeEnd.open(port, reverse, End.READ);
  return [
    new Connection(reader, PipeEnd.open(port, reverse, End.WRITE)),
    new Connection(second, PipeEnd.open(port, pipe, End.WRITE)),
  ];
}
