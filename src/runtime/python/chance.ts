import { Random } from '../../base/random.ts';

/** Odd, so that no two pairs of a small seed and a small pid meet. */
const SPREAD = 0x9e37_79b1;

/** Null: the browser's is good enough. */
let chance: Random | null = null;

/** Takes the places in which `setChance` can be heard. Emscripten asks `crypto`. */
export function installChance(): void {
  const fromBrowser = crypto.getRandomValues.bind(crypto);
  const mathRandom = Math.random;
  const fill = (view: Uint8Array<ArrayBuffer>): Uint8Array => {
    if (chance === null) return fromBrowser(view);
    for (let index = 0; index < view.length; index += 1) view[index] = chance.below(256);
    return view;
  };
  Object.defineProperty(crypto, 'getRandomValues', { value: fill });
  Math.random = () => (chance === null ? mathRandom() : chance.uint32() / 2 ** 32);
}

/**
 * From now on what the interpreter of this worker takes for chance follows from the run's seed and the process: `os.urandom`, and with it
 * `random`, `secrets`, `uuid4` and the names of temporary files.
 */
export function setChance(seed: number, pid: number): void {
  chance = new Random(Math.imul(seed, SPREAD) + pid);
}
