import { asObjectId, NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { Control } from '../../../abi/control.ts';
import { objectAt } from '../../../abi/layout.ts';
import { MAX_OBJECTS } from '../../../abi/limits.ts';
import { allocateObject, objectNameIn, stateWordOf } from '../../../abi/object-table.ts';
import { ObjectKind, ObjectWord, ThreadWord } from '../../../abi/objects.ts';
import { Kind, ValueForm } from '../../../abi/record.ts';
import { markShown, shownAs } from '../../../abi/shown-row.ts';
import { appendText, textIn } from '../../../abi/text.ts';
import { highHalf, lowHalf, peek, poke } from '../../../abi/words.ts';
import type { Machinery } from '../machinery.ts';

/**
 * Rows of objects that several processes use. Those of the kernel (semaphores, pipes) are shown when the program makes them: abi/shown-row.ts.
 * All others, like a condition, are made of such and of shared memory: their rows are only for the log, and two words, KEY, say by what
 * other processes recognise them.
 */
const KEY = 10;
/** Words of such a row, downwards from this one, for whoever has found it. */
const NOTE = 9;

/** The kernel calls of those who see what processes have in common: `library/observed_multiprocessing.py`. None of them waits. */
export function sharedObjectCalls({ port }: Machinery) {
  const { memory } = port;
  const { words } = memory;

  return {
    /** The program has made what a row of the kernel stands for. */
    show_object(row: number, kind: number, name: string, first: number, second: number): void {
      const object = asObjectId(row);
      const ref = appendText(memory, name);
      poke(words, objectAt(object) + ObjectWord.NAME, ref);
      markShown(memory, object, kind as ObjectKind);
      port.log(Kind.OBJECT, kind, object, ref, first, second);
    },
    /** 0: it is not shown. */
    shown_as: (row: number): number => shownAs(memory, asObjectId(row)),

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

    set_note: (row: number, which: number, note: number): void =>
      poke(words, stateWordOf(asObjectId(row), NOTE - which), note),
    note_of: (row: number, which: number): number => peek(words, stateWordOf(asObjectId(row), NOTE - which)),
    set_key(row: number, key: number, place: number): void {
      poke(words, stateWordOf(asObjectId(row), KEY), key);
      poke(words, stateWordOf(asObjectId(row), KEY + 1), place);
    },
    text_at: (ref: number): string => textIn(memory, ref),

    name_of: (row: number): string => objectNameIn(memory, asObjectId(row)),

    /** The row of a process; 0: there is none. */
    process_row: (pid: number): number =>
      find(
        (object) => kindOf(object) === ObjectKind.PROCESS && peek(words, stateWordOf(object, ThreadWord.PID)) === pid,
      ),

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
