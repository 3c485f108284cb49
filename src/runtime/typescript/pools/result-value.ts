import type { ObjectId } from '../../../base/ids.ts';
import type { Port } from '../../../sync/port.ts';
import { failureOf, hasFailure, hasLists, partOf, totalOf, type Part } from '../../../sync/result.ts';
import { MemoryError } from '../errors.ts';
import { unpackShared } from '../codec/message.ts';

/** @throws MemoryError when shared memory had no room for it. */
export function readPart({ bytes }: Part): unknown {
  if (bytes === null) throw new MemoryError('the results of this run have filled the memory that its processes share');
  return unpackShared(bytes);
}

function readValue(port: Port, result: ObjectId): unknown {
  if (!hasLists(port, result)) return readPart(partOf(port, result, 0));
  const values: unknown[] = [];
  const total = totalOf(port, result);
  for (let place = 0; place < total; place += 1) {
    for (const value of readPart(partOf(port, result, place)) as readonly unknown[]) values.push(value);
  }
  return values;
}

/** What came of the tasks: the value, or the error that came first. Precondition: all parts are there. */
export type Fate = { readonly value: unknown } | { readonly error: unknown };

export function readFate(port: Port, result: ObjectId): Fate {
  return hasFailure(port, result) ? { error: readPart(failureOf(port, result)) } : { value: readValue(port, result) };
}
