import { ManagedKind } from '../../../abi/objects.ts';
import { Empty, Full } from '../errors.ts';
import { LATER, type Call, type Served } from './served.ts';

/** `manager.Queue()`: a `queue.Queue` of the server. */
export class ServedQueue implements Served {
  readonly kind = ManagedKind.QUEUE;
  readonly #capacity: number;
  readonly #items: unknown[] = [];

  /** @param maxsize 0 or less: as many as come */
  constructor(maxsize = 0) {
    this.#capacity = maxsize > 0 ? maxsize : Infinity;
  }

  get content(): unknown {
    return this.#items;
  }

  answer({ method, args }: Call): unknown {
    switch (method) {
      case 'put':
        if (this.#items.length >= this.#capacity) return LATER;
        this.#items.push(args[0]);
        return null;
      case 'get':
        return this.#items.length === 0 ? LATER : this.#items.shift();
      case 'qsize':
        return this.#items.length;
      case 'empty':
        return this.#items.length === 0;
      case 'full':
        return this.#items.length >= this.#capacity;
      default:
        throw new TypeError(`there is no method '${method}'`);
    }
  }

  expired({ method }: Call): never {
    throw method === 'put' ? new Full() : new Empty();
  }
}
