import { asObjectId, asPid } from '../../base/ids.ts';
import type { TypeCode } from '../../abi/objects.ts';
import { decodeText } from '../../abi/text.ts';
import { Barrier } from './barrier.ts';
import { Condition } from './condition.ts';
import { ERROR_CLASSES } from './errors.ts';
import { Event } from './event.ts';
import { Handle } from './handle.ts';
import { packer, type Letter, type Node } from './letter-writer.ts';
import { Lock } from './lock.ts';
import { Process } from './process.ts';
import type { Instance } from './program.ts';
import { RLock } from './rlock.ts';
import { BoundedSemaphore, Semaphore } from './semaphore.ts';
import { Value } from './value.ts';

/** Makes a handle from what its class gave to `SEND`. */
function handleOf([kind, first, ...rest]: readonly unknown[]): unknown {
  const object = asObjectId(first as number);
  switch (kind) {
    case 'Lock':
      return Handle.receive(object, () => new Lock());
    case 'Event':
      return Handle.receive(object, () => new Event());
    case 'Barrier': {
      const [parties, action, timeout] = rest as [number, string | null, number | null];
      return Handle.receive(object, () => Barrier.ofNamed(parties, action, timeout));
    }
    case 'Condition': {
      const lock = handleOf(rest) as Lock | RLock;
      return Handle.receive(object, () => new Condition(lock));
    }
    case 'RLock':
      return Handle.receive(object, () => new RLock());
    case 'Semaphore':
      return Handle.receive(object, () => new Semaphore());
    case 'BoundedSemaphore':
      return Handle.receive(object, () => new BoundedSemaphore());
    case 'Value':
      return Handle.receive(object, () => new Value(rest[0] as TypeCode));
    case 'Process': {
      const [pid, parentPid, name, daemon] = rest as [number, number, string, boolean];
      return Process.ofStarted({ object, pid: asPid(pid), parentPid: asPid(parentPid) }, name, daemon);
    }
    default:
      throw new TypeError(`cannot unpickle '${String(kind)}' object`);
  }
}

class Reader {
  readonly #nodes: readonly Node[];
  readonly #values = new Map<number, unknown>();
  readonly #program: Instance;

  constructor(nodes: readonly Node[], program: Instance) {
    this.#nodes = nodes;
    this.#program = program;
  }

  value(number: unknown): unknown {
    const known = this.#values.get(number as number);
    if (known !== undefined) return known;
    const [tag, ...parts] = this.#nodes[number as number] as Node;
    switch (tag) {
      case 'A':
        return this.#fill(number, [] as unknown[], (array) => {
          for (const item of parts) array.push(this.value(item));
        });
      case 'S':
        return this.#fill(number, new Set<unknown>(), (set) => {
          for (const item of parts) set.add(this.value(item));
        });
      case 'M':
        return this.#fill(number, new Map<unknown, unknown>(), (map) => {
          for (let i = 0; i < parts.length; i += 2) map.set(this.value(parts[i]), this.value(parts[i + 1]));
        });
      case 'O':
        return this.#fill(number, {} as Record<string, unknown>, (object) => {
          const [keys, ...items] = parts as [string[], ...unknown[]];
          keys.forEach((key, i) => {
            const value = this.value(items[i]);
            Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
          });
        });
      default:
        return this.#fill(number, this.#leaf(tag, parts), () => undefined);
    }
  }

  /** Makes the container known before its parts are read: they may name it. */
  #fill<T>(number: unknown, container: T, fill: (container: T) => void): T {
    this.#values.set(number as number, container);
    fill(container);
    return container;
  }

  #leaf(tag: string, parts: readonly unknown[]): unknown {
    switch (tag) {
      case 'n':
        return Number(parts[0]);
      case 'B':
        return new Uint8Array(parts[0] as Uint8Array);
      case 'E': {
        const [name, message] = parts as [string, string];
        const error = new (ERROR_CLASSES.get(name) ?? Error)(message);
        return error.name === name ? error : Object.assign(error, { name });
      }
      case 'H':
        return handleOf(parts);
      case 'F':
        return this.#program.functions[parts[0] as string];
      default:
        return parts[0];
    }
  }
}

/** A letter whose arguments are still packed: to read them, the process must be there. */
export interface SealedLetter extends Omit<Letter, 'args'> {
  readonly nodes: readonly Node[];
}

/** The run's first process gets its program's parameters as plain JSON from the kernel, which knows no codec. */
export function openParameters(bytes: Uint8Array): SealedLetter {
  const parameters: unknown = JSON.parse(decodeText(bytes));
  return {
    identity: [],
    daemon: false,
    nodes: [
      ['A', 1],
      ['v', parameters],
    ],
  };
}

export function openLetter(bytes: Uint8Array): SealedLetter {
  const [identity, daemon, nodes] = packer.unpack(bytes) as [number[], boolean, Node[]];
  return { identity, daemon, nodes };
}

/** Precondition: `current()` is the process that receives them, and `program` its own instance. */
export function readArguments(letter: SealedLetter, program: Instance): readonly unknown[] {
  return new Reader(letter.nodes, program).value(0) as readonly unknown[];
}
