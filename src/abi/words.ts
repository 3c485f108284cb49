/**
 * Reads and writes of shared words. `noUncheckedIndexedAccess` makes a plain `words[i]` a `number | undefined`; these are
 * the one place where we promise that the index is ours.
 */
export type Words = Int32Array<SharedArrayBuffer>;

/** A plain read: only where the words cannot change meanwhile (the reader holds the grant, or the record is committed). */
export function peek(words: Int32Array, index: number): number {
  return words[index] as number;
}

/** A plain write, under the same condition. */
export function poke(words: Int32Array, index: number, value: number): void {
  words[index] = value;
}

const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);

/** The two words of a double, low word of this machine's order first; `joinDouble` undoes it. */
export function lowHalf(value: number): number {
  float[0] = value;
  return peek(halves, 0);
}

export function highHalf(value: number): number {
  float[0] = value;
  return peek(halves, 1);
}

export function joinDouble(low: number, high: number): number {
  halves[0] = low;
  halves[1] = high;
  return float[0] as number;
}
