import { type Closing, duplicate, hangUp, letGo, NOT_OPEN, TABLE_FULL, unpack } from '../../../abi/descriptor-table.ts';
import type { End } from '../../../abi/pipe-row.ts';
import type { ObjectId } from '../../../base/ids.ts';
import type { Port } from '../../../sync/port.ts';
import { HostReset } from '../../host-reset.ts';
import { current } from '../current.ts';
import { OSError } from '../errors.ts';

/**
 * What is packed for others may name ends of pipes. They are counted as open from the moment at which they are packed, so that
 * nobody reads end of file while they are on their way; if the parcel is not sent after all, they are closed again.
 */

/** How a parcel travels: with a new process, to a new thread of the same process, or through a pipe. */
export type Carrier = 'process' | 'thread' | 'pipe';

export interface Parcel<T = Uint8Array> {
  readonly packed: T;
  /** The ends in it, packed. */
  readonly descriptors: readonly number[];
}

interface Packing {
  readonly carrier: Carrier;
  /** Of most messages there are none. */
  descriptors: number[] | null;
}

const NONE: readonly number[] = [];

let packing: Packing | null = null;

/** How what is being packed will travel; null = nobody has said. */
export function carrierOf(): Carrier | null {
  return packing?.carrier ?? null;
}

/** @throws TypeError when what is being packed may leave the process, where it would mean nothing. `what`: CPython's name of it. */
export function refuseOutside(what: string): void {
  if (packing?.carrier !== 'thread') throw new TypeError(`cannot pickle '${what}' object`);
}

/** Packs something. When `pack` throws, nothing is left packed. */
export function wrap<T>(carrier: Carrier, pack: () => T): Parcel<T> {
  const outer = packing;
  const inner: Packing = { carrier, descriptors: null };
  packing = inner;
  try {
    return { packed: pack(), descriptors: inner.descriptors ?? NONE };
  } catch (error) {
    takeBack(current().port, inner.descriptors ?? NONE);
    throw error;
  } finally {
    packing = outer;
  }
}

/** The ends in what is being packed, so far. */
export function enclosed(): readonly number[] {
  return packing?.descriptors ?? NONE;
}

/**
 * Sends a parcel, as `write` does it: then the ends in it are on their way. When it fails they are closed; of a process that is
 * ended meanwhile they are closed with all that it has open.
 */
export function dispatch(port: Port, parcel: Parcel<unknown>, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof HostReset)) takeBack(port, parcel.descriptors);
    throw error;
  }
  markSent(port, parcel);
}

/** The ends in it are on their way. */
export function markSent(port: Port, { descriptors }: Parcel<unknown>): void {
  for (const descriptor of descriptors) letGo(port.memory, descriptor, port.pid);
}

/** The parcel was not sent. */
export function takeBack(port: Port, descriptors: readonly number[]): void {
  for (const descriptor of descriptors) {
    const closing = unpack(port.memory, descriptor, port.pid);
    if (closing !== null) tellClosed(port, closing);
  }
}

/**
 * The descriptor under which the receiver will find an end that this process has open: another one, packed; threads of a
 * process share theirs. @throws OSError when it is closed, or there is no room for another
 */
export function enclose(port: Port, descriptor: number, pipe: ObjectId, end: End): number {
  if (packing?.carrier === 'thread') return descriptor;
  const packed = duplicate(port.memory, descriptor, port.pid, pipe, end);
  if (packed === TABLE_FULL) throw tooManyOpen();
  if (packed === NOT_OPEN) throw closedHandle();
  // Nobody will say when it is sent.
  if (packing === null) letGo(port.memory, packed, port.pid);
  else (packing.descriptors ??= []).push(packed);
  return packed;
}

export function tooManyOpen(): OSError {
  return new OSError('Too many open files', 24);
}

export function closedHandle(): OSError {
  return new OSError('handle is closed');
}

/** Whoever waits at the other end learns that it was the last one, if it was. */
export function tellClosed(port: Port, closing: Closing): void {
  hangUp(port.memory, closing, (word) => port.wake(word, -1, closing.pipe));
}
