import type { ObjectId } from '../../base/ids.ts';
import { ObjectKind, type TypeCode } from '../../abi/objects.ts';
import { Kind } from '../../abi/record.ts';
import { load, store } from '../../sync/value.ts';
import { current } from './current.ts';
import { Handle, SEND } from './handle.ts';
import { createObject } from './operation.ts';
import { checkedCode, checkedValue, halvesOf, kept, Synchronized, type SynchronizedOptions } from './synchronized.ts';
import { receives } from './codec/receivers.ts';

/**
 * `multiprocessing.Value`: a variable in shared memory, 'i' a whole number of 32 bits, 'd' a double. Each reading and each
 * writing of `value` is a visible operation, so `x.value += 1` is two; who holds its lock has both to itself.
 */
export class Value extends Synchronized {
  constructor(code: TypeCode, initial: number | boolean = 0, options: SynchronizedOptions = {}) {
    const known = checkedCode(code, 'Value');
    const first = checkedValue(known, initial);
    const create = (): ObjectId =>
      createObject(ObjectKind.VALUE, (port, object) => {
        store(port, object, known, first);
        return halvesOf(kept(known, first));
      });
    super(known, create, options);
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Value', this.object, this.code];
  }

  get value(): number {
    const { port } = current();
    port.step();
    return this.access(port, () => {
      const value = load(port, this.object, this.code);
      this.logAccess(port, Kind.LOAD, value);
      return value;
    });
  }

  set value(value: number | boolean) {
    const { port } = current();
    const checked = checkedValue(this.code, value);
    port.step();
    this.access(port, () => {
      store(port, this.object, this.code, checked);
      this.logAccess(port, Kind.STORE, kept(this.code, checked));
    });
  }
}

receives('Value', (object, [code]) => Handle.receive(object, () => new Value(code as TypeCode)));
