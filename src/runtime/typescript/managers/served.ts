import type { ManagedKind } from '../../../abi/objects.ts';

/** An answer that must wait: the request is tried again whenever somebody else has asked something of the same object. */
export const LATER: unique symbol = Symbol('later');

/** What a client asks of something that the server keeps. */
export interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Which connection it came by: who holds a recursive lock. */
  readonly caller: number;
}

/** Something that a manager's server keeps. Its errors travel to whoever asked. */
export interface Served {
  readonly kind: ManagedKind;
  /** The answer, or LATER. */
  answer(call: Call): unknown;
  /** The answer when the time is up that the caller would wait. */
  expired(call: Call): unknown;
  /** For records: what it holds now. */
  readonly content: unknown;
}

/** The methods that clients may call, by name. */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>;

/** For what never has to wait. */
export abstract class Kept implements Served {
  abstract readonly kind: ManagedKind;
  abstract readonly content: unknown;
  protected abstract readonly methods: Methods;

  answer({ method, args }: Call): unknown {
    const call = Object.hasOwn(this.methods, method) ? this.methods[method] : undefined;
    if (call === undefined) throw new TypeError(`there is no method '${method}'`);
    return call(...(args as never[]));
  }

  expired(call: Call): unknown {
    return this.answer(call);
  }
}
