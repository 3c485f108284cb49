import { Packr } from 'msgpackr';
import { SEND, type Sendable } from './handle.ts';
import type { Instance } from './program.ts';

/** What a new process is told beside the text header of its mail. */
export interface Letter {
  readonly identity: readonly number[];
  readonly daemon: boolean;
  readonly args: readonly unknown[];
}

/** Target of a process that was made without one: it ends at once. */
export const NO_TARGET = '-';

/**
 * A value as a table of nodes that name each other by number, so that shared and cyclic parts arrive as they were sent:
 *
 *   v primitive   n text of a number msgpack cannot say   A array   O object   M map   S set
 *   B bytes   E error   H handle   F top-level function of the program
 */
export type Node = readonly [tag: string, ...parts: unknown[]];

/** Node 0 is the value itself. Without records msgpackr generates no code, so a strict content policy may forbid eval. */
export const packer = new Packr({ useRecords: false, useBigIntExtension: true });

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object';
}

function isSendable(value: object): value is Sendable {
  return SEND in value;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

class Writer {
  readonly nodes: Node[] = [];
  readonly #numbers = new Map<unknown, number>();
  readonly #program: Instance;

  constructor(program: Instance) {
    this.#program = program;
  }

  /** The number of the value's node. @throws TypeError `cannot pickle …`. */
  add(value: unknown): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.nodes.length;
    this.nodes.push(['v']);
    // Equal primitives share a node; -0 and 0 are equal for a Map, so numbers never do.
    if (typeof value !== 'number') this.#numbers.set(value, number);
    this.nodes[number] = this.#node(value);
    return number;
  }

  #node(value: unknown): Node {
    switch (typeof value) {
      case 'number':
        return Object.is(value, -0) ? ['n', '-0'] : ['v', value];
      case 'function':
        return this.#function(value);
      case 'symbol':
        throw new TypeError("cannot pickle 'symbol' object");
      case 'object':
        return value === null ? ['v', null] : this.#object(value);
      default:
        return ['v', value];
    }
  }

  #function(value: unknown): Node {
    const { functions } = this.#program;
    const name = Object.keys(functions).find((key) => functions[key] === value);
    if (name === undefined)
      throw new TypeError("cannot pickle 'function' object: only top-level functions can be sent");
    return ['F', name];
  }

  #object(value: object): Node {
    if (isSendable(value)) return ['H', ...value[SEND]()];
    if (Array.isArray(value)) return ['A', ...value.map((item: unknown) => this.add(item))];
    if (value instanceof Map) return ['M', ...[...value].flat().map((item: unknown) => this.add(item))];
    if (value instanceof Set) return ['S', ...[...value].map((item: unknown) => this.add(item))];
    if (value instanceof Uint8Array) return ['B', value];
    if (value instanceof Error) return ['E', value.name, value.message];
    if (!isPlain(value)) throw new TypeError(`cannot pickle '${className(value)}' object`);
    const entries = Object.entries(value);
    return ['O', entries.map(([key]) => key), ...entries.map(([, item]) => this.add(item))];
  }
}

/**
 * Packs what a new process is told. `program` is the sender's, whose functions may be sent.
 * @throws TypeError `cannot pickle '…' object`
 */
export function writeLetter(letter: Letter, program: Instance): Uint8Array {
  const writer = new Writer(program);
  writer.add(letter.args);
  return packer.pack([letter.identity, letter.daemon, writer.nodes]);
}
