/** Words of the raw programs: one slot of 128 bytes a worker, as in the product's own memory. */
export const SLOT_WORDS = 32;
export const Turn = { REST: 0, MINE: 1, STOP: 2 } as const;

/** Behind the slots: how many workers stand in their loop. */
export const arrivalsWord = (workers: number): number => workers * SLOT_WORDS;

export interface BatonRemote {
  attach(memory: SharedArrayBuffer, workers: number, index: number): void;
  /** Gives every worker's turn out, one after another, and waits for each; returns when `grants` have come back. */
  command(grants: number): void;
  /** Gives back every turn it gets, until told to stop. */
  obey(): void;
  /** Hands the baton to the next worker whenever it gets it; worker 0 stops the ring after `laps`. */
  pass(laps: number): void;
}
