import type { Tid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import type { Input, Pick, Schedule } from '../abi/config.ts';

const byTick = (a: { readonly tick: Ticks }, b: { readonly tick: Ticks }): number => a.tick - b.tick;

/** Adds behind all entries of the same tick or an earlier one, but not before `from`: those have been taken. */
function insert<T extends { readonly tick: Ticks }>(list: T[], from: number, entry: T): void {
  let at = list.length;
  while (at > from && (list[at - 1] as T).tick > entry.tick) at -= 1;
  list.splice(at, 0, entry);
}

/** The picks and inputs of a run: those it was loaded with, and those made since. Each is taken once, at its tick. */
export class ScheduleBook {
  readonly #picks: Pick[];
  readonly #inputs: Input[];
  #nextPick = 0;
  #nextInput = 0;

  constructor(schedule: Schedule) {
    this.#picks = schedule.picks.toSorted(byTick);
    this.#inputs = schedule.inputs.toSorted(byTick);
  }

  addPick(pick: Pick): void {
    insert(this.#picks, this.#nextPick, pick);
  }

  addInput(input: Input): void {
    insert(this.#inputs, this.#nextInput, input);
  }

  /** The tid of the next pick of this tick; -1: no more. Picks of ticks that were jumped over are dropped. */
  takePick(tick: Ticks): Tid | -1 {
    while ((this.#picks[this.#nextPick]?.tick ?? tick) < tick) this.#dropPick(this.#nextPick);
    const pick = this.#picks[this.#nextPick];
    if (pick === undefined || pick.tick !== tick) return -1;
    this.#nextPick += 1;
    return pick.tid;
  }

  /** The pick just taken could not be followed: it does not belong to the schedule. */
  refuseLastPick(): void {
    this.#nextPick -= 1;
    this.#dropPick(this.#nextPick);
  }

  /** The next input that is due at `tick`; null: no more. */
  takeInput(tick: Ticks): Input | null {
    const input = this.#inputs[this.#nextInput];
    if (input === undefined || input.tick > tick) return null;
    this.#nextInput += 1;
    return input;
  }

  /** Tick of the next input; -1: none. */
  get nextInputAt(): Ticks {
    return this.#inputs[this.#nextInput]?.tick ?? -1;
  }

  schedule(): Schedule {
    return { picks: [...this.#picks], inputs: [...this.#inputs] };
  }

  #dropPick(at: number): void {
    this.#picks.splice(at, 1);
  }
}
