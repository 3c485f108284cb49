/**
 * The seeded generator: the only randomness that may reach a stepped run.
 *
 * sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, seeded through splitmix32 so that neighbouring seeds
 * give unrelated sequences. Integer arithmetic only, hence the same sequence on every machine and browser.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param seed any integer; only its low 32 bits count. */
  constructor(seed: number) {
    let state = seed | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = state ^ (state >>> 16);
      z = Math.imul(z, 0x21f0aaad);
      z ^= z >>> 15;
      z = Math.imul(z, 0x735a2d97);
      return z ^ (z >>> 15);
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    for (let i = 0; i < 12; i += 1) this.uint32();
  }

  /** A whole number in [0, 2^32). */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number in [0, bound), without bias. `bound` is a whole number in [1, 2^32]. */
  below(bound: number): number {
    const rest = 0x1_0000_0000 % bound;
    let draw = this.uint32();
    while (draw >= 0x1_0000_0000 - rest) draw = this.uint32();
    return draw % bound;
  }
}
