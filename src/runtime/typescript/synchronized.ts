import { NO_OBJECT, type ObjectId } from '../../base/ids.ts';
import { PartRole, type TypeCode } from '../../abi/objects.ts';
import { Kind, Operation, Outcome, ValueForm } from '../../abi/record.ts';
import { highHalf, lowHalf } from '../../abi/words.ts';
import { objectNameIn } from '../../abi/object-table.ts';
import * as companion from '../../sync/companion-lock.ts';
import type { Port } from '../../sync/port.ts';
import { current } from './current.ts';
import { AttributeError } from './errors.ts';
import { Handle } from './handle.ts';
import { Lock } from './locks/lock.ts';
import { logCall, logDone } from './operation.ts';
import { RLock } from './locks/rlock.ts';

export interface SynchronizedOptions {
  /** True: it has a lock of its own, an `RLock`. A lock: that one. False: it has none. */
  readonly lock?: boolean | Lock | RLock;
}

/** @throws AttributeError, in CPython's words. */
function checkedLock(lock: unknown): boolean | Lock | RLock {
  if (typeof lock === 'boolean' || lock instanceof Lock || lock instanceof RLock) return lock;
  throw new AttributeError(`${String(lock)} has no method 'acquire'`);
}

function logPart(port: Port, lock: ObjectId, owner: ObjectId): void {
  port.log(Kind.PART, PartRole.LOCK, lock, owner, 0, 0);
}

/** @throws TypeError when the type code is none that we know. */
export function checkedCode(code: unknown, what: string): TypeCode {
  if (code === 'i' || code === 'd') return code;
  throw new TypeError(`${what} knows the type codes 'i' and 'd', not '${String(code)}'`);
}

/** @throws TypeError when a variable of this code cannot hold it. */
export function checkedValue(code: TypeCode, value: unknown): number {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number') {
    const type = value === null ? 'null' : typeof value;
    throw new TypeError(
      code === 'd' ? `must be real number, not ${type}` : `'${type}' object cannot be interpreted as an integer`,
    );
  }
  if (code === 'i' && !Number.isInteger(value)) {
    throw new TypeError("'float' object cannot be interpreted as an integer");
  }
  return value;
}

/** What a variable of this code holds when this was stored in it. */
export function kept(code: TypeCode, value: number): number {
  return code === 'i' ? value | 0 : value;
}

export function halvesOf(value: number): readonly [low: number, high: number] {
  return [lowHalf(value), highHalf(value)];
}

/** `multiprocessing.sharedctypes.SynchronizedBase`: a variable in shared memory, and the lock that every access takes. */
export abstract class Synchronized extends Handle {
  readonly #code: TypeCode;
  #lock: Lock | RLock | null = null;

  /** @param create makes the object, unless this handle is one that was received. */
  constructor(code: TypeCode, create: () => ObjectId, { lock = true }: SynchronizedOptions) {
    const chosen = checkedLock(lock);
    super(() => {
      const { port } = current();
      const object = create();
      if (chosen === false) companion.initialise(port.memory, object, null);
      if (typeof chosen === 'object') {
        companion.initialise(port.memory, object, Handle.objectOf(chosen));
        logPart(port, Handle.objectOf(chosen), object);
      }
      return object;
    });
    this.#code = code;
  }

  /**
   * The lock that every access takes for a moment. Held by the caller, it makes several accesses one: nobody else reads or
   * writes meanwhile. @throws AttributeError when it was made without one
   */
  getLock(): Lock | RLock {
    const { port } = current();
    const { memory } = port;
    if (companion.lockOf(memory, this.object) === null) {
      throw new AttributeError(`'${this.#code === 'd' ? 'c_double' : 'c_int'}' object has no attribute 'getLock'`);
    }
    const lock = companion.demandLock(memory, this.object, () => this.#createLock());
    this.#lock ??= companion.isRecursive(memory, lock)
      ? Handle.receive(lock, () => new RLock())
      : Handle.receive(lock, () => new Lock());
    return this.#lock;
  }

  protected get code(): TypeCode {
    return this.#code;
  }

  /** One access: alone, if there is a lock, which is seen only by whoever has to wait for it. */
  protected access<T>(port: Port, action: () => T): T {
    const lock = companion.lockOf(port.memory, this.object);
    if (lock === null || lock === NO_OBJECT) return action();
    const waits = !companion.tryAcquire(port, lock);
    if (waits) {
      logCall(port, Operation.ACQUIRE, lock, -1);
      companion.acquire(port, lock);
      logDone(port, Operation.ACQUIRE, lock, Outcome.OK, 1);
    }
    const result = action();
    const depth = companion.release(port, lock);
    if (waits) logDone(port, Operation.RELEASE, lock, Outcome.OK, depth);
    return result;
  }

  /** The record of a LOAD or STORE. */
  protected logAccess(port: Port, kind: number, value: number, index = 0): void {
    const form = this.#code === 'd' ? ValueForm.DOUBLE : ValueForm.INTEGER;
    if (port.logged) port.log(kind, form, this.object, ...halvesOf(value), index);
  }

  /** Named after its owner: `counter.lock`. */
  #createLock(): ObjectId {
    const thread = current();
    const { nameHint, port } = thread;
    const name = objectNameIn(port.memory, this.object);
    thread.nameHint = name === '' ? '' : `${name}.lock`;
    const lock = Handle.objectOf(new RLock());
    thread.nameHint = nameHint;
    logPart(port, lock, this.object);
    return lock;
  }
}
