import { ManagedKind } from '../../../abi/objects.ts';
import { AttributeError } from '../errors.ts';
import { Kept, type Methods } from './served.ts';

/** `manager.Value()`: any value, whatever its type code. */
export class ServedValue extends Kept {
  readonly kind = ManagedKind.VALUE;
  #value: unknown;

  constructor(value: unknown) {
    super();
    this.#value = value;
  }

  get content(): unknown {
    return this.#value;
  }

  protected readonly methods: Methods = {
    get: () => this.#value,
    set: (value: unknown) => {
      this.#value = value;
    },
  };
}

/** `manager.Namespace()`. */
export class ServedNamespace extends Kept {
  readonly kind = ManagedKind.NAMESPACE;
  readonly #names = new Map<string, unknown>();

  constructor(content: Readonly<Record<string, unknown>> = {}) {
    super();
    for (const [name, value] of Object.entries(content)) this.#names.set(name, value);
  }

  get content(): unknown {
    return Object.fromEntries(this.#names);
  }

  protected readonly methods: Methods = {
    read: (name: string) => {
      this.#check(name);
      return this.#names.get(name);
    },
    write: (name: string, value: unknown) => void this.#names.set(name, value),
    delete: (name: string) => {
      this.#check(name);
      this.#names.delete(name);
    },
    copy: () => this.content,
  };

  #check(name: string): void {
    if (!this.#names.has(name)) throw new AttributeError(`'Namespace' object has no attribute '${name}'`);
  }
}
