import type { ObjectId } from '../../base/ids.ts';

/** What of a handle travels to another process: a word for its class, and what the class needs to make another. */
export const SEND: unique symbol = Symbol('send');

/** By symbol, because a manager's dict has items where others have members. */
export const INHERITED_ONLY: unique symbol = Symbol('inherited only');

export interface Sendable {
  [SEND](): readonly [kind: string, ...details: unknown[]];
  /** Only a new process or thread can get it, not who reads it from a pipe. */
  readonly [INHERITED_ONLY]?: boolean;
}

let received: ObjectId | null = null;

/** What a program holds of an object in shared memory. Sent to another process it arrives as a handle of the same object. */
export abstract class Handle implements Sendable {
  readonly #object: ObjectId;

  /** @param create makes the object, unless this handle is one that was received. */
  constructor(create: () => ObjectId) {
    this.#object = received ?? create();
    received = null;
  }

  /** As in CPython, whose semaphores a process must know when it begins. */
  get [INHERITED_ONLY](): boolean {
    return true;
  }

  abstract [SEND](): readonly [kind: string, ...details: unknown[]];

  /** For the runtime and its tests: row of the object table. */
  static objectOf(handle: Handle): ObjectId {
    return handle.#object;
  }

  /** For the codec: a handle of an object that exists already. `construct` calls `new` once, at once. */
  static receive<T extends Handle>(object: ObjectId, construct: () => T): T {
    received = object;
    return construct();
  }

  protected get object(): ObjectId {
    return this.#object;
  }
}
