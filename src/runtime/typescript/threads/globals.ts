import { NO_TEXT, type ObjectId } from '../../../base/ids.ts';
import { objectAt } from '../../../abi/layout.ts';
import { ObjectKind, ObjectWord } from '../../../abi/objects.ts';
import { Kind, ValueForm } from '../../../abi/record.ts';
import { appendText } from '../../../abi/text.ts';
import { highHalf, lowHalf, peek } from '../../../abi/words.ts';
import { invariant } from '../../../base/invariant.ts';
import type { Port } from '../../../sync/port.ts';
import { load, store } from '../../../sync/global.ts';
import { current, type Current } from '../current.ts';
import { MemoryError } from '../errors.ts';
import { frozen } from './frozen.ts';
import { pack, unpack } from '../codec/message.ts';
import { newRow } from '../operation.ts';
import { wrap } from '../codec/parcel.ts';
import type { Instance } from '../program.ts';
import { shown } from '../shown.ts';

/** The variables of a program's top level, as its transformed text reads and writes them. */
export type Globals = Record<string, unknown>;

interface Known {
  readonly version: number;
  readonly value: unknown;
  /** As records show it. */
  readonly text: number;
}

/**
 * One of them, in one thread. Each reading and each writing is a visible operation, as with a shared `Value`. A number lies
 * in the row; any other value lies as bytes in the heap, so what a thread reads is a copy, and cannot be changed in place:
 * such a change would be lost.
 */
export class GlobalVariable {
  readonly name: string;
  readonly object: ObjectId;
  /** What was read last, so that it is the same object while nobody assigns another. */
  #known: Known | null = null;

  constructor(name: string, object: ObjectId) {
    this.name = name;
    this.object = object;
  }

  /** The row of a variable that has no value yet. @throws RuntimeError when the table is full. */
  static create(name: string): GlobalVariable {
    const { port } = current();
    return new GlobalVariable(name, newRow(port, ObjectKind.GLOBAL, appendText(port.memory, name)));
  }

  /** Its declaration was executed: no step of its own, and the first that the log says of it. */
  declare(value: unknown): void {
    const { port } = current();
    const name = peek(port.memory.words, objectAt(this.object) + ObjectWord.NAME);
    port.log(Kind.OBJECT, ObjectKind.GLOBAL, this.object, name, 0, 0);
    this.#store(port, value, packed(value));
  }

  /** @throws ReferenceError before it was declared */
  read(): unknown {
    const { port } = current();
    port.step();
    const held = load(port.memory, this.object, this.#known?.version ?? null);
    if (held !== null) {
      const { value, text, version } = held;
      if (value === null) throw new ReferenceError(`Cannot access '${this.name}' before initialization`);
      this.#known = { version, text, value: typeof value === 'number' ? value : frozen(unpack(value)) };
    }
    const { value, text } = this.#known as Known;
    this.#log(port, Kind.LOAD, value, text);
    return value;
  }

  /** @throws TypeError when it cannot be sent, MemoryError */
  write(value: unknown): void {
    const { port } = current();
    const kept = packed(value);
    port.step();
    this.#store(port, value, kept);
  }

  #store(port: Port, value: unknown, kept: number | Uint8Array): void {
    const text = typeof value === 'number' || !port.logged ? NO_TEXT : appendText(port.memory, shown(value));
    if (!store(port.memory, this.object, kept, text)) {
      throw new MemoryError(`no room for a new value of ${this.name}: the memory that processes share is full`);
    }
    this.#log(port, Kind.STORE, value, text);
  }

  #log(port: Port, kind: number, value: unknown, text: number): void {
    if (!port.logged) return;
    if (typeof value !== 'number') port.log(kind, ValueForm.TEXT, this.object, text, 0, 0);
    else port.log(kind, formOf(value), this.object, lowHalf(value), highHalf(value), 0);
  }
}

function packed(value: unknown): number | Uint8Array {
  return typeof value === 'number' ? value : wrap('thread', () => pack(value)).packed;
}

function formOf(value: number): ValueForm {
  return Number.isInteger(value) && !Object.is(value, -0) ? ValueForm.INTEGER : ValueForm.DOUBLE;
}

/** An object whose properties are the variables. */
function globalsOf(variables: readonly GlobalVariable[]): Globals {
  const globals = Object.create(null) as Globals;
  for (const variable of variables) {
    Object.defineProperty(globals, variable.name, {
      get: () => variable.read(),
      set(value: unknown) {
        variable.write(value);
      },
    });
  }
  return globals;
}

function variablesOf({ inherited }: Current, names: readonly string[]): GlobalVariable[] {
  if (inherited === null) return names.map((name) => GlobalVariable.create(name));
  return names.map((name, i) => new GlobalVariable(name, inherited.globals[i] as ObjectId));
}

/** The part of the API of transformed programs (`program-api.ts`) that is about their top level. */
export const GLOBALS_API = {
  begin: (
    functions: Instance['functions'],
    constants: Readonly<Record<string, unknown>>,
    names: readonly string[],
  ): readonly [Globals, boolean] => {
    const thread = current();
    const variables = variablesOf(thread, names);
    thread.program.functions = functions;
    thread.constants = constants;
    thread.variables = variables;
    return [globalsOf(variables), thread.inherited === null];
  },
  declare: (name: string, value: unknown): void => {
    current()
      .variables.find((variable) => variable.name === name)
      ?.declare(value);
  },
  inherit: (name: string): unknown => {
    const bytes = current().inherited?.constants.get(name);
    invariant(bytes !== undefined, 'a thread has the constants of its program', name);
    return frozen(unpack(bytes));
  },
  known: <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  },
} as const;
