import type { LogIndex } from '../../replay/log-index.ts';
import type { LogStore } from '../../replay/log-store.ts';
import { Marks } from '../../replay/marks.ts';
import { Output } from '../../replay/output.ts';
import { Replay } from '../../replay/replay.ts';
import { Spans } from '../../replay/spans.ts';
import { StepIndex } from '../../replay/steps.ts';
import { Transitions } from '../../replay/transitions.ts';

/**
 * What is derived from a log, each made when first asked for and brought up to date whenever it is asked for again. It
 * is kept beside the store and not in it: it grows in place, and no view may compare it.
 */
export class Derived {
  readonly log: LogStore;
  readonly #made = new Map<unknown, LogIndex>();

  constructor(log: LogStore) {
    this.log = log;
  }

  /** For names, sentences and measures. Not the one that makes the store's `machine`, which keeps its place that way. */
  get replay(): Replay {
    return this.of(Replay);
  }

  get steps(): StepIndex {
    return this.of(StepIndex);
  }

  get spans(): Spans {
    return this.of(Spans);
  }

  get marks(): Marks {
    return this.of(Marks);
  }

  get output(): Output {
    return this.of(Output);
  }

  get transitions(): Transitions {
    return this.of(Transitions);
  }

  /** The index of this class, for those that only one view needs. */
  of<Index extends LogIndex>(kind: new (log: LogStore) => Index): Index {
    let index = this.#made.get(kind);
    if (index === undefined) {
      index = new kind(this.log);
      this.#made.set(kind, index);
    }
    index.extend();
    return index as Index;
  }
}

const known = new WeakMap<LogStore, Derived>();

/** The same for the same log, for every view. */
export function derivedOf(log: LogStore): Derived {
  let derived = known.get(log);
  if (derived === undefined) {
    derived = new Derived(log);
    known.set(log, derived);
  }
  return derived;
}
