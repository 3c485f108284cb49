import { AttributeError } from '../errors.ts';
import { current } from '../current.ts';
import { SEND, type Sendable } from '../handle.ts';
import { refuseOutside } from '../codec/parcel.ts';
import { receives } from '../codec/receivers.ts';

const NUMBER: unique symbol = Symbol('number');
/** So many locals a thread can make before their numbers meet those of another. */
const MOST = 2 ** 20;

const ATTRIBUTES: ProxyHandler<local> = {
  get(target, key) {
    if (typeof key === 'string' && !(key in target)) {
      throw new AttributeError(`'_thread._local' object has no attribute '${key}'`);
    }
    return Reflect.get(target, key);
  },
};

/**
 * `threading.local`: an object whose attributes are the calling thread's own. All it has in common with what other threads
 * know under the same name is a number: every thread has memory of its own, so the attributes need not be kept apart.
 */
export class local implements Sendable {
  readonly [NUMBER]: number;
  [attribute: string]: unknown;

  constructor() {
    const { locals, port } = current();
    this[NUMBER] = port.self * MOST + locals.size;
    const attributes = new Proxy<local>(this, ATTRIBUTES);
    locals.set(this[NUMBER], attributes);
    return attributes;
  }

  /** For the codec: the calling thread's. */
  static of(number: number): local {
    const known = current().locals.get(number);
    if (known !== undefined) return known as local;
    const fresh = Object.create(local.prototype, { [NUMBER]: { value: number } }) as local;
    const attributes = new Proxy(fresh, ATTRIBUTES);
    current().locals.set(number, attributes);
    return attributes;
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    refuseOutside('_thread._local');
    return ['threading.local', this[NUMBER]];
  }
}

receives('threading.local', (number) => local.of(number));
