import { Random } from '../../base/random.ts';

/** Odd, so that no two pairs of a small seed and a small pid meet. */
const SPREAD = 0x9e37_79b1;

/**
 * From now on what the interpreter of this worker takes for chance follows from the run's seed and the process: `os.urandom`, and with it
 * `random`, `secrets`, `uuid4` and the names of temporary files. Emscripten asks `crypto` for it.
 */
export function setChance(seed: number, pid: number): void {
  const random = new Random(Math.imul(seed, SPREAD) + pid);
  const fill = (view: Uint8Array): Uint8Array => {
    for (let index = 0; index < view.length; index += 1) view[index] = random.below(256);
    return view;
  };
  Object.defineProperty(crypto, 'getRandomValues', { value: fill });
  Math.random = () => random.uint32() / 2 ** 32;
}
