import type { ObjectId } from '../../../base/ids.ts';
import type { ManagedKind } from '../../../abi/objects.ts';
import type { Ticks } from '../../../base/units.ts';
import { str } from '../format.ts';
import { Handle, INHERITED_ONLY, SEND } from '../handle.ts';
import { PRINTED, type Printed } from '../output.ts';
import { ask } from './client.ts';

/** `multiprocessing.managers.BaseProxy`: stands for something that a manager's server keeps. Sent, it stands for the same. */
export abstract class Managed extends Handle implements Printed {
  readonly #manager: ObjectId;
  readonly #kind: ManagedKind;
  readonly #className: string;

  /** @param className CPython's name of the class */
  constructor(object: ObjectId, manager: ObjectId, kind: ManagedKind, className: string) {
    super(() => object);
    this.#manager = manager;
    this.#kind = kind;
    this.#className = className;
  }

  /** It is only an address: whoever reads it can ask. */
  override get [INHERITED_ONLY](): boolean {
    return false;
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Managed', this.object, this.#manager, this.#kind];
  }

  /** What `print` shows: what is kept, as it is now. A request. */
  [PRINTED](): string {
    return str(this.held());
  }

  /** No request, so that whoever logs it disturbs nobody. */
  override toString(): string {
    return `<${this.#className} object>`;
  }

  /** A copy of what is kept, for `print`. */
  protected held(): unknown {
    return this.toString();
  }

  /** Asks the server; waits for the answer. */
  protected request(method: string, args: readonly unknown[] = [], ticks?: Ticks): unknown {
    return ask(this.#manager, this.object, method, args, ticks);
  }
}

/**
 * Which members of a proxy whose members are items are no items all the same: its class's public methods, and what every
 * object has.
 */
export function isMethod(prototype: object, key: string): boolean {
  return key !== 'held' && (Object.hasOwn(prototype, key) || key in Object.prototype);
}
