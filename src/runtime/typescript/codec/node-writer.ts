import { RecursionError, RuntimeError } from '../errors.ts';
import { INHERITED_ONLY, SEND, type Sendable } from '../handle.ts';
import { carrierOf } from './parcel.ts';
import { isPlainAtom, MAX_NESTING } from './plain.ts';
import type { Instance } from '../program.ts';

/**
 * A value as a table of nodes, so that shared and cyclic parts arrive as they were sent. A part of a node is a text, a
 * boolean or null as itself, and all else by the number of its node.
 *
 *   v number, undefined, small bigint   n text of a number   I hexadecimal text of a bigint   U code units of a text
 *   A array: items   a array with holes: length, then key and item in turns   O object: key and item in turns
 *   M map: key and value in turns   S set: items   D date: milliseconds   R regular expression: source, flags
 *   W boxed primitive   B array buffer: bytes   V view: class, then its buffer, or bytes that are only its part of one
 *   E error: class, name, then key, item and whether it is enumerable in turns   H handle   F top-level function
 */
export type Node = readonly [tag: string, ...parts: unknown[]];

type Encode = (writer: NodeWriter, value: never) => Node;

const VIEWS: readonly { readonly prototype: object }[] = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
];

const view: Encode = (writer, value: ArrayBufferView) => {
  const { buffer, byteOffset, byteLength } = value;
  if (!(buffer instanceof ArrayBuffer)) throw new TypeError(`cannot pickle '${className(buffer)}' object`);
  const whole = byteLength === buffer.byteLength;
  return ['V', className(value), whole ? writer.add(buffer) : new Uint8Array(buffer, byteOffset, byteLength)];
};

const boxed: Encode = (writer, value: object) => ['W', writer.add(value.valueOf())];

const object: Encode = (writer, value: Record<string, unknown>) => {
  const parts = Object.keys(value).flatMap((key) => [writer.add(key), writer.add(value[key])]);
  return ['O', ...parts];
};

/** By prototype: what is sent as what it is. Instances of the program's own classes are not. */
const KINDS: ReadonlyMap<unknown, Encode> = new Map<unknown, Encode>([
  [null, object],
  [Object.prototype, object],
  [Array.prototype, (writer, value: unknown[]) => array(writer, value)],
  [Map.prototype, (writer, value: Map<unknown, unknown>) => ['M', ...addAll(writer, [...value].flat())]],
  [Set.prototype, (writer, value: Set<unknown>) => ['S', ...addAll(writer, [...value])]],
  [Date.prototype, (_, value: Date) => ['D', value.getTime()]],
  [RegExp.prototype, (writer, value: RegExp) => ['R', writer.add(value.source), value.flags]],
  [ArrayBuffer.prototype, (_, value: ArrayBuffer) => ['B', new Uint8Array(value)]],
  ...[Number, String, Boolean, BigInt].map(({ prototype }): [unknown, Encode] => [prototype, boxed]),
  ...VIEWS.map(({ prototype }): [unknown, Encode] => [prototype, view]),
]);

/** Its class's name, as messages have it. */
function className(value: object): string {
  const { constructor, [Symbol.toStringTag]: tag } = value as { constructor?: unknown; [Symbol.toStringTag]?: unknown };
  if (typeof constructor === 'function' && constructor.name !== '') return constructor.name;
  return typeof tag === 'string' ? tag : 'object';
}

function isSendable(value: object): value is Sendable {
  return SEND in value;
}

function addAll(writer: NodeWriter, values: readonly unknown[]): unknown[] {
  return values.map((value) => writer.add(value));
}

/** Its items, and nothing else that hangs on it: an array is a list. */
function array(writer: NodeWriter, value: readonly unknown[]): Node {
  const keys = Object.keys(value).filter((key) => String(Number(key) >>> 0) === key);
  if (keys.length === value.length) return ['A', ...addAll(writer, value)];
  return ['a', value.length, ...keys.flatMap((key) => [key, writer.add(value[Number(key)])])];
}

/** With all it carries but its stack: as in CPython, tracebacks do not travel. */
function error(writer: NodeWriter, value: Error): Node {
  const keys = Object.getOwnPropertyNames(value).filter((key) => key !== 'stack' && key !== 'name');
  const classes: string[] = [];
  for (let at: unknown = Object.getPrototypeOf(value); at instanceof Error; at = Object.getPrototypeOf(at)) {
    classes.push(className(at));
  }
  const parts = keys.flatMap((key) => [
    writer.add(key),
    writer.add((value as unknown as Record<string, unknown>)[key]),
    Object.prototype.propertyIsEnumerable.call(value, key),
  ]);
  return ['E', [...classes, 'Error'], writer.add(String(value.name)), ...parts];
}

function codeUnits(text: string): Uint8Array {
  const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return new Uint8Array(units.buffer);
}

/** Writes one value into a table; node 0 is the value itself. */
export class NodeWriter {
  readonly nodes: Node[] = [];
  readonly #numbers = new Map<unknown, number>();
  readonly #program: Instance;
  #depth = 0;

  /** @param program the sender's, whose functions may be sent */
  constructor(program: Instance) {
    this.#program = program;
  }

  /** What stands for the value in another node. @throws TypeError `cannot pickle …`; RecursionError */
  add(value: unknown): unknown {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string' && value.isWellFormed()) return value;
    return this.addNode(value);
  }

  /** The number of the value's node. */
  addNode(value: unknown): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.nodes.length;
    this.nodes.push(['v']);
    if (typeof value !== 'object' || value === null) {
      this.nodes[number] = this.#atom(value);
      return number;
    }
    // Numbered before its parts are written: they may name it.
    this.#numbers.set(value, number);
    if (this.#depth >= MAX_NESTING) {
      throw new RecursionError('maximum recursion depth exceeded while pickling an object');
    }
    this.#depth += 1;
    this.nodes[number] = this.#object(value);
    this.#depth -= 1;
    return number;
  }

  #atom(value: unknown): Node {
    if (typeof value === 'function') return this.#function(value);
    if (typeof value === 'symbol') throw new TypeError("cannot pickle 'symbol' object");
    if (isPlainAtom(value)) return ['v', value];
    if (typeof value === 'string') return ['U', codeUnits(value)];
    if (typeof value === 'bigint') return ['I', value.toString(16)];
    return ['n', '-0'];
  }

  #function(value: unknown): Node {
    const { functions } = this.#program;
    const name = Object.keys(functions).find((key) => functions[key] === value);
    if (name === undefined)
      throw new TypeError("cannot pickle 'function' object: only top-level functions can be sent");
    return ['F', name];
  }

  #handle(value: Sendable): Node {
    if (INHERITED_ONLY in value && value[INHERITED_ONLY] === true && carrierOf() === 'pipe') {
      const name = className(value);
      throw new RuntimeError(`${name} objects should only be shared between processes through inheritance`);
    }
    return ['H', ...value[SEND]()];
  }

  #object(value: object): Node {
    if (isSendable(value)) return this.#handle(value);
    const encode = KINDS.get(Object.getPrototypeOf(value));
    if (encode !== undefined) return encode(this, value as never);
    if (value instanceof Error) return error(this, value);
    throw new TypeError(`cannot pickle '${className(value)}' object`);
  }
}
