import { asObjectId, NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { Control, StepBy } from '../../../abi/control.ts';
import { objectAt } from '../../../abi/layout.ts';
import { allocateObject, stateWordOf } from '../../../abi/object-table.ts';
import { LOCK_HOLDER, ObjectKind, ObjectWord } from '../../../abi/objects.ts';
import { Kind, Operation, Outcome, type BlockReason } from '../../../abi/record.ts';
import { Slot } from '../../../abi/slot.ts';
import { isShown } from '../../../abi/shown-row.ts';
import { appendText } from '../../../abi/text.ts';
import { peek, poke } from '../../../abi/words.ts';
import type { Machinery } from '../machinery.ts';

/** Texts that are kept to be used again: names, instructions, short values. */
const MAX_KEPT_TEXTS = 10_000;

/** The kernel calls of those who see what a program does: `library/observe.py` and its like. None of them waits. */
export function observationCalls({ carrier, port }: Machinery) {
  const { memory } = port;
  const { words } = memory;
  const kept = new Map<string, number>();

  return {
    /** `StepBy`. In live mode there are no steps, and lines cost nothing. */
    step_by: (): number => (carrier.turns.live ? StepBy.OPERATION : peek(words, Control.STEP_BY)),

    text,

    /** A row and the record of an object. Its row, or 0 when the table is full. */
    make_object(kind: number, name: string, first: number, second: number): number {
      const ref = text(name);
      const row = allocateObject(memory, kind, ref, port.pid);
      if (row !== NO_OBJECT) port.log(Kind.OBJECT, kind, row, ref, first, second);
      return row;
    },

    part(role: number, part: number, whole: number): void {
      port.log(Kind.PART, role, asObjectId(part), whole, 0, 0);
    },

    /** The calling thread is in a call of the program's: until it is done, that says what the thread waits for; reason 0: it does not. */
    begin_call(operation: number, object: number, argument: number, line: number, reason: number): void {
      carrier.write(Slot.LINE, line);
      port.log(Kind.CALL, operation, asObjectId(object), argument, line, 0);
      port.claims.push(port.tid, { object: asObjectId(object), reason: reason as BlockReason | 0 });
    },

    /** It is done. `said`: `begin_call` was called for it. */
    end_call(operation: number, object: number, outcome: number, result: number, said: boolean): void {
      if (said) port.claims.pop(port.tid);
      log_done(operation, object, outcome, result);
    },

    /** The calling thread is ended by an exception that nobody has caught. */
    uncaught: (): void => carrier.noteUncaught(),

    log_done,
    /** A record of the calling thread's. */
    tell: (kind: number, aux: number, object: number, a: number, b: number, c: number): void =>
      port.log(kind, aux, asObjectId(object), a, b, c),

    wants_variables: (): boolean => !carrier.turns.live && port.logged && peek(words, Control.VARIABLES_MUTED) === 0,
    /** The calling thread is in a function of the program's that it was not in when its last step began; or has left some. */
    log_entered: (depth: number, name: string): void => port.log(Kind.FRAME, 1, NO_OBJECT, text(name), depth, 0),
    log_left: (depth: number): void => port.log(Kind.FRAME, 0, NO_OBJECT, 0, depth, 0),
    /** `change`: `VariableChange`. */
    log_variable: (change: number, depth: number, said: string): void =>
      port.log(Kind.VARIABLE, change, NO_OBJECT, text(said), depth, 0),

    /** From now on the thread waits for this, whatever waits; until `unclaim`. */
    claim_next(object: number, reason: number): void {
      port.claims.push(port.tid, { object: asObjectId(object), reason: reason as BlockReason | 0 });
    },
    unclaim: (): void => port.claims.pop(port.tid),
    /** What the innermost call waits for is something else than it seemed. */
    claim(object: number, reason: number): void {
      port.claims.change(port.tid, { object: asObjectId(object), reason: reason as BlockReason | 0 });
    },
  };

  function text(said: string): number {
    const known = kept.get(said);
    if (known !== undefined) return known;
    const ref = appendText(memory, said);
    if (kept.size < MAX_KEPT_TEXTS) kept.set(said, ref);
    return ref;
  }

  function log_done(operation: number, object: number, outcome: number, result: number): void {
    const row = asObjectId(object);
    if (outcome === Outcome.OK) noteHolder(operation, row, result);
    port.log(Kind.DONE, operation, row, outcome, result, 0);
  }

  /** For those who explain: `kernel/lost-lock.ts`. */
  function noteHolder(operation: number, row: ObjectId, depth: number): void {
    const kind = peek(words, objectAt(row) + ObjectWord.KIND);
    if (kind !== ObjectKind.LOCK && kind !== ObjectKind.RLOCK) return;
    // One of the kernel's knows its holder.
    if (isShown(memory, row)) return;
    const holder = stateWordOf(row, LOCK_HOLDER);
    if (operation === Operation.ACQUIRE) poke(words, holder, port.tid);
    else if (operation === Operation.RELEASE && (kind === ObjectKind.LOCK || depth === 0)) poke(words, holder, 0);
  }
}
