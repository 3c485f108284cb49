import { ObjectKind, type TypeCode } from '../../abi/objects.ts';
import { Kind } from '../../abi/record.ts';
import { highHalf, lowHalf } from '../../abi/words.ts';
import type { Port } from '../../sync/port.ts';
import { load, store } from '../../sync/value.ts';
import { current } from './current.ts';
import { Handle, SEND } from './handle.ts';
import { createObject } from './operation.ts';

/** @throws TypeError when a variable of this code cannot hold it. */
function checkedValue(code: TypeCode, value: unknown): number {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number') throw new TypeError(`a number is required, not ${typeof value}`);
  if (code === 'i' && !Number.isInteger(value)) throw new TypeError(`int expected instead of ${value}`);
  return value;
}

/** What a variable of this code holds when this was stored in it. */
function kept(code: TypeCode, value: number): number {
  return code === 'i' ? value | 0 : value;
}

function halvesOf(value: number): readonly [low: number, high: number] {
  return [lowHalf(value), highHalf(value)];
}

/**
 * `multiprocessing.Value` without its lock: a variable in shared memory, 'i' a whole number of 32 bits, 'd' a double.
 * Each reading and each writing of `value` is a visible operation, so `x.value += 1` is two.
 */
export class Value extends Handle {
  readonly #code: TypeCode;

  constructor(code: TypeCode, initial: number | boolean = 0) {
    if (code !== 'i' && code !== 'd')
      throw new TypeError(`Value knows the type codes 'i' and 'd', not '${String(code)}'`);
    const first = checkedValue(code, initial);
    super(() =>
      createObject(ObjectKind.VALUE, (port, object) => {
        store(port, object, code, first);
        return halvesOf(kept(code, first));
      }),
    );
    this.#code = code;
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Value', this.object, this.#code];
  }

  get value(): number {
    const { port } = current();
    port.step();
    const value = load(port, this.object, this.#code);
    this.#log(port, Kind.LOAD, value);
    return value;
  }

  set value(value: number | boolean) {
    const { port } = current();
    const checked = checkedValue(this.#code, value);
    port.step();
    store(port, this.object, this.#code, checked);
    this.#log(port, Kind.STORE, kept(this.#code, checked));
  }

  #log(port: Port, kind: number, value: number): void {
    if (port.logged) port.log(kind, this.#code === 'd' ? 1 : 0, this.object, ...halvesOf(value), 0);
  }
}
