import { HAVE_GC, OB_TYPE, TP_DEALLOC, TP_FLAGS } from './pyodide-internals.ts';
import {
  body,
  I32,
  importsOf,
  joined,
  moduleOf,
  section,
  Section,
  signed,
  text,
  unsigned,
  vector,
  type Bytes,
} from './wasm-bytes.ts';

/** A C function that frees an object. */
export type Dealloc = (object: number) => void;

/** What C has for the gates. */
export interface DeallocParts {
  readonly memory: WebAssembly.Memory;
  readonly pointer: WebAssembly.Global;
  /** All of C's functions that are called by number. */
  readonly table: WebAssembly.Table;
  readonly isTracked: (object: number) => number;
  readonly untrack: Dealloc;
  readonly track: Dealloc;
  /** Of stacks; a power of two. */
  readonly partBytes: number;
  /** Of the rows of three words in memory (see `ROW`), for the stack that is no part. */
  readonly fallback: number;
}

/**
 * What the gates keep at the lower end of each part of the stack, in words from its first: the mark that says that there is something, how
 * many frees have begun and not ended on this stack, and the last object that waits to be freed, which knows the one before.
 */
export const ROW = { MARK: 1, DEPTH: 2, WAITING: 3 } as const;

/** So many objects may be freed each in the midst of the one before. CPython's own gate once let 50 through. */
const DEEPEST = 50;

/** Nothing else in memory is its own address but for these bits. */
const MARK = 0x50_72_6f_63;
export const markOf = (part: number): number => (part ^ MARK) >>> 0;

/** In bytes: the collector's two words before an object. */
const GC_HEAD = 8;

const get = (variable: number): number[] => [0x20, variable];
const set = (variable: number): number[] => [0x21, variable];
const tee = (variable: number): number[] => [0x22, variable];
const constant = (value: number): number[] => [0x41, ...signed(value)];
const load = (offset: number): number[] => [0x28, 2, ...unsigned(offset)];
const store = (offset: number): number[] => [0x36, 2, ...unsigned(offset)];
/** Calls the function with the number that was pushed last. */
const callByNumber = [0x11, 0, 0];
/** The collector's words of an object. */
const head = (op: number): number[] => [...get(op), ...constant(GC_HEAD), 0x6b];

/**
 * Gates in place of the functions with these numbers in C's table. In the collector's first word of an object that waits stand the address
 * of the one before, and 1 when it is to be tracked again, as CPython has it.
 *
 *   (func (param $op i32)                                        ;; one for each function
 *     ($row = $pointer & -partBytes; if it has no mark, fallback)
 *     (if (ge ($depth = (depth $row)) DEEPEST) (then (if (call $late $op $row $number) (then (return)))))
 *     (depth $row) = $depth + 1
 *     (call $own $op)
 *     (if (waiting $row) (if (eqz $depth) (then (call $rest $row))))
 *     (depth $row) = $depth)
 *
 *   (func $late (param $op i32) (param $row i32) (param $number i32) (result i32) ;; 1: the object waits
 *     ;; not the collector's, or half freed: a class derived from a type calls the type's function
 *     (if (or (eqz (and (flags of its type) HAVE_GC)) (ne (tp_dealloc of its type) $number)) (then (return 0)))
 *     ($word = (waiting $row) | ($isTracked $op)) ($untrack $op) (gc_next $op) = $word, (waiting $row) = $op (return 1))
 *
 *   (func $rest (param $row i32)
 *     (while ($op = (waiting $row)) (take it out, track it again, call its type's function)))
 */
function moduleBytes(numbers: readonly number[], partBytes: number, fallback: number): Uint8Array<ArrayBuffer> {
  const [untrack, track, isTracked] = [0, 1, 2];
  const originals = 3;
  const first = originals + numbers.length + 2;
  const types = vector([
    [0x60, 1, I32, 0],
    [0x60, 1, I32, 1, I32],
    [0x60, 3, I32, I32, I32, 1, I32],
  ]);
  const imports = importsOf({
    untrack: [0, 0],
    track: [0, 0],
    isTracked: [0, 1],
    ...Object.fromEntries(numbers.map((number) => [`f${number}`, [0, 0]])),
    pointer: [3, I32, 1],
    memory: [2, 0, 1],
    table: [1, 0x70, 0, 0],
  });
  const exports = vector(numbers.map((number, at) => [...text(`${number}`), 0, ...unsigned(first + at)]));
  const gates = gateBodies(numbers, originals, partBytes, fallback);
  return moduleOf([
    section(Section.TYPES, types),
    section(Section.IMPORTS, imports),
    section(Section.FUNCTIONS, vector([[2], [0], ...numbers.map(() => [0])])),
    section(Section.EXPORTS, exports),
    section(Section.CODE, vector([lateBody(untrack, isTracked), restBody(track), ...gates])),
  ]);
}

/** Bodies of the gates, whose originals are functions from this number on. What they have in common is written once: there are 180 of them. */
function gateBodies(numbers: readonly number[], originals: number, partBytes: number, fallback: number): Bytes[] {
  const [op, row, depth] = [0, 1, 2];
  const late = unsigned(originals + numbers.length);
  const rest = unsigned(originals + numbers.length + 1);
  const before = joined([
    [0x23, 0, ...constant(-partBytes), 0x71, ...tee(row), ...load(4 * ROW.MARK)],
    [...get(row), ...constant(MARK), 0x73, 0x47],
    [0x04, 0x40, ...constant(fallback), ...set(row), 0x0b],
    [...get(row), ...load(4 * ROW.DEPTH), ...tee(depth), ...constant(DEEPEST), 0x4f],
    [0x04, 0x40, ...get(op), ...get(row)],
  ]);
  const between = joined([
    [0x10, ...late, 0x04, 0x40, 0x0f, 0x0b, 0x0b],
    [...get(row), ...get(depth), ...constant(1), 0x6a, ...store(4 * ROW.DEPTH)],
    [...get(op), 0x10],
  ]);
  const after = joined([
    [...get(row), ...load(4 * ROW.WAITING), 0x04, 0x40],
    [...get(depth), 0x45, 0x04, 0x40, ...get(row), 0x10, ...rest, 0x0b, 0x0b],
    [...get(row), ...get(depth), ...store(4 * ROW.DEPTH)],
  ]);
  return numbers.map((number, at) =>
    body([2], joined([before, constant(number), between, unsigned(originals + at), after])),
  );
}

function lateBody(untrack: number, isTracked: number): Bytes {
  const [op, row, number, word] = [0, 1, 2, 3];
  const code = joined([
    [...get(op), ...load(OB_TYPE), ...tee(word), ...load(TP_FLAGS), ...constant(HAVE_GC), 0x71, 0x45],
    [...get(word), ...load(TP_DEALLOC), ...get(number), 0x47, 0x72],
    [0x04, 0x40, ...constant(0), 0x0f, 0x0b],
    [...get(op), 0x10, isTracked, ...get(row), ...load(4 * ROW.WAITING), 0x72, ...set(word)],
    [...get(op), 0x10, untrack],
    [...head(op), ...get(word), ...store(0)],
    [...get(row), ...get(op), ...store(4 * ROW.WAITING), ...constant(1)],
  ]);
  return body([1], code);
}

function restBody(track: number): Bytes {
  const [row, op, word] = [0, 1, 2];
  const code = joined([
    [0x02, 0x40, 0x03, 0x40],
    [...get(row), ...load(4 * ROW.WAITING), ...tee(op), 0x45, 0x0d, 1],
    [...head(op), ...load(0), ...set(word)],
    [...get(row), ...get(word), ...constant(-2), 0x71, ...store(4 * ROW.WAITING)],
    [...head(op), ...constant(0), ...store(0)],
    [...get(word), ...constant(1), 0x71, 0x04, 0x40, ...get(op), 0x10, track, 0x0b],
    [...get(op), ...get(op), ...load(OB_TYPE), ...load(TP_DEALLOC), ...callByNumber],
    [0x0c, 0, 0x0b, 0x0b],
  ]);
  return body([2], code);
}

/**
 * Gates for these functions, by number: what is freed in the midst of a free, in the midst of a free and so on, waits until the outermost
 * has ended. CPython has such a gate, but it looks at the stack that C has in memory, and the browser's ends before that.
 */
export function deallocGates(numbers: readonly number[], parts: DeallocParts): ReadonlyMap<number, Dealloc> {
  const { memory, pointer, table, isTracked, untrack, track, partBytes, fallback } = parts;
  const module = new WebAssembly.Module(moduleBytes(numbers, partBytes, fallback));
  const originals = numbers.map((number) => [`f${number}`, table.get(number) as Dealloc] as const);
  const imports = { memory, pointer, table, isTracked, untrack, track, ...Object.fromEntries(originals) };
  const { exports } = new WebAssembly.Instance(module, { _: imports });
  return new Map(numbers.map((number) => [number, exports[`${number}`] as Dealloc]));
}
