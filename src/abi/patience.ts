/** So often an agent looks before it sleeps: about as long as falling asleep and being woken takes. */
const MOST_LOOKS = 200;
/** Reads of a word between two looks, so that the words looked at stay for a while with those who change them. */
const PAUSE = 150;
/** A word of this agent alone. */
const OWN = new Int32Array(1);
/** So often it looks for as long as ever: what was not worth while may have become so. */
const TRY_AGAIN = 64;

/**
 * How long an agent looks again and again before it sleeps. A core that has nothing to do falls asleep, and is woken in ten times
 * the time that a step takes: so whoever is answered at once should not sleep. How long it looks follows what it found before: for
 * less and less time where waits are long or the cores are taken.
 */
export class Patience {
  #looks = MOST_LOOKS;
  #failures = 0;

  /** Looks for a while. True: it is over. */
  until(isOver: () => boolean): boolean {
    for (let looks = 0; looks < this.#looks; looks += 1) {
      pause();
      if (isOver()) {
        this.#looks = Math.min(MOST_LOOKS, this.#looks * 2);
        return true;
      }
    }
    this.#failures += 1;
    this.#looks = this.#failures % TRY_AGAIN === 0 ? MOST_LOOKS : Math.max(1, this.#looks >> 1);
    return false;
  }
}

function pause(): void {
  for (let n = 0; n < PAUSE; n += 1) Atomics.load(OWN, 0);
}
