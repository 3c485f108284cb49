/** What is given up touches nothing any more, until its worker is stopped. */
export function sleepForEver(): never {
  const word = new Int32Array(new SharedArrayBuffer(4));
  for (;;) Atomics.wait(word, 0, 0);
}
