import { asObjectId, NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { Control } from '../../../abi/control.ts';
import { objectAt } from '../../../abi/layout.ts';
import { MAX_OBJECTS } from '../../../abi/limits.ts';
import { allocateObject, objectNameIn, stateWordOf } from '../../../abi/object-table.ts';
import { ObjectKind, ObjectWord, ThreadWord } from '../../../abi/objects.ts';
import { Kind, ValueForm } from '../../../abi/record.ts';
import { appendText } from '../../../abi/text.ts';
import { highHalf, lowHalf, peek, poke } from '../../../abi/words.ts';
import type { Machinery } from '../machinery.ts';

/**
 * Rows of objects that several processes use. Those of the kernel (semaphores, pipes) exist whether or not the program has made them;
 * word SHOWN says whether the log knows them. All others, like a condition, are made of such and of shared memory: their rows are
 * only for the log, and two words, KEY, say by what other processes recognise them.
 */
export const SHOWN = 9;
const KEY = 10;

/** The kernel calls of those who see what processes have in common: `library/observed_multiprocessing.py`. None of them waits. */
export function sharedObjectCalls({ port, files }: Machinery) {
  const { memory } = port;
  const { words } = memory;

  return {
    /** The program has made what a row of the kernel stands for. */
    show_object(row: number, kind: number, name: string, first: number, second: number): void {
      const object = asObjectId(row);
      const ref = appendText(memory, name);
      poke(words, objectAt(object) + ObjectWord.NAME, ref);
      poke(words, stateWordOf(object, SHOWN), 1);
      port.log(Kind.OBJECT, kind, object, ref, first, second);
    },
    is_shown: (row: number): boolean => peek(words, stateWordOf(asObjectId(row), SHOWN)) === 1,

    /** A row for the log alone. 0: the table is full. */
    make_shared(kind: number, name: string, first: number, second: number, key: number, place: number): number {
      const [row, ref] = allocate(kind, name, key, place);
      if (row !== NO_OBJECT) port.log(Kind.OBJECT, kind, row, ref, first, second);
      return row;
    },
    /** The same of a shared variable. */
    make_value(name: string, value: number, key: number, place: number): number {
      const [row, ref] = allocate(ObjectKind.VALUE, name, key, place);
      if (row !== NO_OBJECT) port.log(Kind.OBJECT, ObjectKind.VALUE, row, ref, lowHalf(value), highHalf(value));
      return row;
    },
    /** The row that somebody has made with this key; 0: nobody has. */
    find_shared(kind: number, key: number, place: number): number {
      return find((object) => {
        const at = stateWordOf(object, KEY);
        return kindOf(object) === kind && peek(words, at) === key && peek(words, at + 1) === place;
      });
    },

    name_of: (row: number): string => objectNameIn(memory, asObjectId(row)),

    /** The row of a process; 0: there is none. */
    process_row: (pid: number): number =>
      find(
        (object) => kindOf(object) === ObjectKind.PROCESS && peek(words, stateWordOf(object, ThreadWord.PID)) === pid,
      ),

    /** The pipe whose end has this number; 0: there is none. */
    pipe_of(number: number, isWriter: boolean): number {
      const descriptor = files.get(number);
      return (isWriter ? descriptor?.writer?.pipe : descriptor?.reader?.pipe) ?? NO_OBJECT;
    },

    /** `kind`: LOAD or STORE. */
    log_number(kind: number, row: number, value: number, index: number): void {
      const form = Number.isInteger(value) && !Object.is(value, -0) ? ValueForm.INTEGER : ValueForm.DOUBLE;
      port.log(kind, form, asObjectId(row), lowHalf(value), highHalf(value), index);
    },
    log_text(kind: number, row: number, value: string, index: number): void {
      if (port.logged) port.log(kind, ValueForm.TEXT, asObjectId(row), appendText(memory, value), 0, index);
    },
  };

  function allocate(kind: number, name: string, key: number, place: number): readonly [ObjectId, number] {
    const ref = appendText(memory, name);
    const row = allocateObject(memory, kind, ref, port.pid);
    if (row !== NO_OBJECT) {
      poke(words, stateWordOf(row, KEY), key);
      poke(words, stateWordOf(row, KEY + 1), place);
    }
    return [row, ref];
  }

  function kindOf(object: ObjectId): number {
    return peek(words, objectAt(object) + ObjectWord.KIND);
  }

  function find(isIt: (object: ObjectId) => boolean): ObjectId {
    const last = Math.min(Atomics.load(words, Control.OBJECT_HEAD), MAX_OBJECTS - 1);
    // Of two the later: memory is used again.
    for (let row = last; row >= 1; row -= 1) if (isIt(asObjectId(row))) return asObjectId(row);
    return NO_OBJECT;
  }
}
