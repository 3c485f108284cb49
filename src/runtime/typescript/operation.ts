import { NO_OBJECT, type ObjectId, type TextRef } from '../../base/ids.ts';
import { TICKS_PER_SECOND, type Ticks } from '../../base/units.ts';
import { allocateObject } from '../../abi/object-table.ts';
import type { ObjectKind, PartRole } from '../../abi/objects.ts';
import { Kind, Outcome, type Operation } from '../../abi/record.ts';
import { appendText } from '../../abi/text.ts';
import { FOREVER, type Port } from '../../sync/port.ts';
import { HostReset } from '../host-reset.ts';
import { current } from './current.ts';
import { RuntimeError } from './errors.ts';

const MAX_INT = 0x7fff_ffff;

/** The record that a primitive was called. Precondition: its step has begun. */
export function logCall(port: Port, operation: Operation, object: ObjectId, argument = 0): void {
  port.log(Kind.CALL, operation, object, argument, port.line, 0);
}

/** The record that it came back. */
export function logDone(port: Port, operation: Operation, object: ObjectId, outcome: Outcome, result = 0): void {
  port.log(Kind.DONE, operation, object, outcome, result, 0);
}

/** Does something, and logs that it is done or has failed; nothing when the process is told to stop. */
export function attempt<T>(port: Port, operation: Operation, object: ObjectId, action: () => T): T {
  try {
    const result = action();
    logDone(port, operation, object, Outcome.OK);
    return result;
  } catch (error) {
    if (!(error instanceof HostReset)) logDone(port, operation, object, Outcome.ERROR);
    throw error;
  }
}

/** `Outcome` of a call that says whether it got what it wanted. */
export function outcomeOf(success: boolean, waited: boolean): Outcome {
  if (success) return Outcome.OK;
  return waited ? Outcome.TIMED_OUT : Outcome.FALSE;
}

/** A time-out as programs give it, in seconds; null or nothing = for ever, negative = not at all. */
export function timeoutTicks(seconds: number | null | undefined): Ticks {
  if (seconds === null || seconds === undefined) return FOREVER;
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) throw new TypeError('timeout must be a number of seconds');
  return Math.max(0, seconds * TICKS_PER_SECOND);
}

/** Ticks as the argument of a record; -1 = for ever. */
export function loggedTicks(ticks: Ticks): number {
  return Number.isFinite(ticks) ? Math.min(Math.ceil(ticks), MAX_INT) : -1;
}

/** Stores an object's first state; returns what its record says of it. */
export type Initialise = (port: Port, object: ObjectId) => readonly [first: number, second: number];

/** A row of the object table for the calling process, all its words 0. @throws RuntimeError when the table is full */
export function newRow({ memory, pid }: Port, kind: ObjectKind, name: TextRef): ObjectId {
  const row = allocateObject(memory, kind, name, pid);
  if (row === NO_OBJECT) throw new RuntimeError('no room for another object: this run has made all it may have');
  return row;
}

/**
 * Makes an object of this process, named as the program names it. `initialise` stores its first state, before anybody else
 * can know it, and returns what its record says of it. @throws RuntimeError when the table is full.
 */
export function createObject(kind: ObjectKind, initialise?: Initialise): ObjectId {
  const thread = current();
  const { port } = thread;
  const { memory } = port;
  const name = appendText(memory, thread.nameHint);
  thread.nameHint = '';
  const object = newRow(port, kind, name);
  const [first, second] = initialise?.(port, object) ?? [0, 0];
  port.log(Kind.OBJECT, kind, object, name, first, second);
  return object;
}

/** Makes an object that another one is made of, called `name`. */
export function createPart(
  whole: ObjectId,
  role: PartRole,
  name: string,
  kind: ObjectKind,
  initialise?: Initialise,
): ObjectId {
  const thread = current();
  thread.nameHint = name;
  const part = createObject(kind, initialise);
  thread.port.log(Kind.PART, role, part, whole, 0, 0);
  return part;
}
