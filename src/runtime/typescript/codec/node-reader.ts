import { ERROR_CLASSES, UnpicklingError } from '../errors.ts';
import type { Node } from './node-writer.ts';
import type { Instance } from '../program.ts';

/** Makes a handle from what its class gave to `SEND`. */
export type ReceiveHandle = (parts: readonly unknown[]) => unknown;

type View = new (buffer: ArrayBuffer) => ArrayBufferView;

const VIEWS: ReadonlyMap<string, View> = new Map<string, View>([
  ['Int8Array', Int8Array],
  ['Uint8Array', Uint8Array],
  ['Uint8ClampedArray', Uint8ClampedArray],
  ['Int16Array', Int16Array],
  ['Uint16Array', Uint16Array],
  ['Int32Array', Int32Array],
  ['Uint32Array', Uint32Array],
  ['Float32Array', Float32Array],
  ['Float64Array', Float64Array],
  ['BigInt64Array', BigInt64Array],
  ['BigUint64Array', BigUint64Array],
  ['DataView', DataView],
]);

/** Bytes have a buffer of their own. */
function bufferOf(bytes: unknown): ArrayBuffer {
  return (bytes as Uint8Array<ArrayBuffer>).buffer;
}

function put(target: object, key: string, value: unknown, enumerable = true): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
}

function textOf(units: unknown): string {
  let text = '';
  for (const unit of new Uint16Array(bufferOf(units))) text += String.fromCharCode(unit);
  return text;
}

function bigintOf(hexadecimal: string): bigint {
  return hexadecimal.startsWith('-') ? -BigInt(`0x${hexadecimal.slice(1)}`) : BigInt(`0x${hexadecimal}`);
}

/** Of the nearest of these classes that we know, and with nothing in it yet. */
function newError(classes: readonly string[]): Error {
  for (const name of classes) {
    if (name === 'AggregateError') return new AggregateError([]);
    const known = ERROR_CLASSES.get(name);
    if (known !== undefined) return new known();
  }
  return new Error();
}

/** Reads a table that a `NodeWriter` wrote. */
export class NodeReader {
  readonly #nodes: readonly Node[];
  readonly #values = new Map<number, unknown>();
  readonly #program: Instance;
  readonly #receive: ReceiveHandle;

  /** @param program the receiver's own, whose functions those arrive as that were sent */
  constructor(nodes: readonly Node[], program: Instance, receive: ReceiveHandle) {
    this.#nodes = nodes;
    this.#program = program;
    this.#receive = receive;
  }

  /** The value that stands in a node as `part`. */
  value(part: unknown): unknown {
    if (typeof part !== 'number') return part;
    if (this.#values.has(part)) return this.#values.get(part);
    const node = this.#nodes[part];
    if (!Array.isArray(node)) throw new UnpicklingError('pickle data was truncated');
    const [tag, ...parts] = node as unknown as Node;
    const container = this.#container(part, tag, parts);
    if (container !== null) return container;
    const value = this.#leaf(tag, parts);
    this.#values.set(part, value);
    return value;
  }

  /** Those whose parts may name them: they are known before these are read. Null: not one of them. */
  #container(number: number, tag: string, parts: readonly unknown[]): unknown {
    switch (tag) {
      case 'A':
        return this.#fill(number, [] as unknown[], (array) => {
          for (const item of parts) array.push(this.value(item));
        });
      case 'a':
        return this.#fill(number, Array.from({ length: 0 }), (array) => {
          array.length = parts[0] as number;
          for (let i = 1; i < parts.length; i += 2) put(array, parts[i] as string, this.value(parts[i + 1]));
        });
      case 'O':
        return this.#fill(number, {}, (object) => {
          for (let i = 0; i < parts.length; i += 2) {
            put(object, this.value(parts[i]) as string, this.value(parts[i + 1]));
          }
        });
      case 'M':
        return this.#fill(number, new Map<unknown, unknown>(), (map) => {
          for (let i = 0; i < parts.length; i += 2) map.set(this.value(parts[i]), this.value(parts[i + 1]));
        });
      case 'S':
        return this.#fill(number, new Set<unknown>(), (set) => {
          for (const item of parts) set.add(this.value(item));
        });
      case 'E':
        return this.#error(number, parts);
      default:
        return null;
    }
  }

  #fill<T>(number: number, container: T, fill: (container: T) => void): T {
    this.#values.set(number, container);
    fill(container);
    return container;
  }

  #error(number: number, [classes, namePart, ...parts]: readonly unknown[]): Error {
    return this.#fill(number, newError(classes as readonly string[]), (error) => {
      for (let i = 0; i < parts.length; i += 3) {
        put(error, this.value(parts[i]) as string, this.value(parts[i + 1]), parts[i + 2] as boolean);
      }
      const name = this.value(namePart);
      if (error.name !== name) put(error, 'name', name);
    });
  }

  #leaf(tag: string, parts: readonly unknown[]): unknown {
    const [first, second] = parts;
    switch (tag) {
      case 'v':
        return first;
      case 'n':
        return Number(first);
      case 'I':
        return bigintOf(first as string);
      case 'U':
        return textOf(first);
      case 'D':
        return new Date(first as number);
      case 'R':
        return new RegExp(this.value(first) as string, second as string);
      case 'W':
        return Object(this.value(first)) as unknown;
      case 'B':
        return bufferOf(first);
      case 'V': {
        const buffer = typeof second === 'number' ? (this.value(second) as ArrayBuffer) : bufferOf(second);
        return new (VIEWS.get(first as string) as View)(buffer);
      }
      case 'H':
        return this.#receive(parts);
      case 'F':
        return this.#program.functions[first as string];
      default:
        throw new UnpicklingError(`invalid load key, '${String(tag)}'.`);
    }
  }
}
