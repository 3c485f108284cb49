import { ManagedKind } from '../../../abi/objects.ts';
import { RuntimeError, ValueError } from '../errors.ts';
import { LATER, type Call, type Served } from './served.ts';

function unknown(method: string): TypeError {
  return new TypeError(`there is no method '${method}'`);
}

/** `manager.Lock()`: a `threading.Lock` of the server. Anybody may release it; who dies with it keeps it. */
export class ServedLock implements Served {
  readonly kind = ManagedKind.LOCK;
  #held = false;

  get content(): unknown {
    return this.#held ? 'locked' : 'unlocked';
  }

  answer({ method }: Call): unknown {
    switch (method) {
      case 'acquire':
        if (this.#held) return LATER;
        return (this.#held = true);
      case 'release':
        if (!this.#held) throw new RuntimeError('release unlocked lock');
        this.#held = false;
        return null;
      default:
        throw unknown(method);
    }
  }

  expired(): boolean {
    return false;
  }
}

/** `manager.RLock()`: its holder is a connection, which is a thread's own. */
export class ServedRLock implements Served {
  readonly kind = ManagedKind.RLOCK;
  #holder: number | null = null;
  #depth = 0;

  get content(): unknown {
    return this.#depth === 0 ? 'unlocked' : `locked ${this.#depth}`;
  }

  answer({ method, caller }: Call): unknown {
    switch (method) {
      case 'acquire':
        if (this.#holder !== null && this.#holder !== caller) return LATER;
        this.#holder = caller;
        this.#depth += 1;
        return true;
      case 'release':
        if (this.#holder !== caller) throw new RuntimeError('cannot release un-acquired lock');
        this.#depth -= 1;
        if (this.#depth === 0) this.#holder = null;
        return null;
      default:
        throw unknown(method);
    }
  }

  expired(): boolean {
    return false;
  }
}

/** `manager.Semaphore()`, and `manager.BoundedSemaphore()` with a bound. */
export class ServedSemaphore implements Served {
  readonly kind = ManagedKind.SEMAPHORE;
  readonly #bound: number;
  #count: number;

  constructor(count = 1, bounded = false) {
    if (!Number.isInteger(count)) throw new TypeError("'float' object cannot be interpreted as an integer");
    if (count < 0) throw new ValueError('semaphore initial value must be >= 0');
    this.#count = count;
    this.#bound = bounded ? count : Infinity;
  }

  get content(): unknown {
    return this.#count;
  }

  answer({ method }: Call): unknown {
    switch (method) {
      case 'acquire':
        if (this.#count === 0) return LATER;
        this.#count -= 1;
        return true;
      case 'release':
        if (this.#count >= this.#bound) throw new ValueError('Semaphore released too many times');
        this.#count += 1;
        return null;
      default:
        throw unknown(method);
    }
  }

  expired(): boolean {
    return false;
  }
}

/** `manager.Event()`. */
export class ServedEvent implements Served {
  readonly kind = ManagedKind.EVENT;
  #isSet = false;

  get content(): unknown {
    return this.#isSet;
  }

  answer({ method }: Call): unknown {
    switch (method) {
      case 'isSet':
        return this.#isSet;
      case 'set':
        this.#isSet = true;
        return null;
      case 'clear':
        this.#isSet = false;
        return null;
      case 'wait':
        return this.#isSet || LATER;
      default:
        throw unknown(method);
    }
  }

  expired(): boolean {
    return this.#isSet;
  }
}
