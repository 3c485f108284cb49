import type { Frames } from './execution.ts';

/** A picture that comes late (a hidden tab, a slow machine) makes up for this much, no more. */
const MOST_ELAPSED_MS = 100;

/**
 * Turns time into steps: `advance(steps)` is asked for as many whole steps as are due, Infinity at speed 0. It is asked again
 * only when the last answer has come, so a slow machine falls behind instead of piling up work.
 */
export class Playback {
  readonly #frames: Frames;
  readonly #advance: (steps: number) => Promise<void>;
  readonly #speed: () => number;
  #request: number | null = null;
  #last: number | null = null;
  #due = 0;
  #busy = false;

  constructor(frames: Frames, speed: () => number, advance: (steps: number) => Promise<void>) {
    this.#frames = frames;
    this.#speed = speed;
    this.#advance = advance;
  }

  /** The first step comes with the first picture: whoever presses Play sees at once that something happens. */
  start(): void {
    if (this.#request !== null) return;
    this.#last = null;
    this.#due = 1;
    this.#request = this.#frames.request((ms) => this.#frame(ms));
  }

  get isActive(): boolean {
    return this.#request !== null;
  }

  stop(): void {
    if (this.#request !== null) this.#frames.cancel(this.#request);
    this.#request = null;
  }

  #frame(ms: number): void {
    const elapsed = Math.min(ms - (this.#last ?? ms), MOST_ELAPSED_MS);
    this.#last = ms;
    this.#request = this.#frames.request((next) => this.#frame(next));
    if (this.#busy) return;
    const speed = this.#speed();
    this.#due = speed === 0 ? Infinity : (Number.isFinite(this.#due) ? this.#due : 0) + (elapsed * speed) / 1000;
    const steps = Math.floor(this.#due);
    if (steps < 1) return;
    this.#due = speed === 0 ? 0 : this.#due - steps;
    this.#busy = true;
    void this.#advance(steps).finally(() => {
      this.#busy = false;
    });
  }
}
