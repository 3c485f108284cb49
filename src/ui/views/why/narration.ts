import { Kind, Stream } from '../../../abi/record.ts';
import { describe } from '../../../replay/describe.ts';
import type { LogEvent } from '../../../replay/model.ts';
import type { Replay } from '../../../replay/replay.ts';
import type { StepIndex } from '../../../replay/steps.ts';
import type { Language } from '../../state/lab.ts';
import { sayEvent } from '../../texts/event-sentences.ts';

/** More sentences than this are noise: the events tab has all of them. */
const MOST = 3;

/** What a step is told by, most telling first. A woken thread is told when it becomes Ready; how the run ended stands above. */
const TOLD: readonly LogEvent['kind'][] = [
  'blocked',
  'terminated',
  'print',
  'preempted',
  'created',
  'input',
  'store',
  'load',
  'send',
  'receive',
  'done',
  'dispatched',
  'ready',
  'line',
];

function isError({ log }: Replay, n: number): boolean {
  return log.kind(n) === Kind.PRINT && log.aux(n) === Stream.STDERR;
}

/** A record, and the sentence that it makes. */
export interface Told {
  readonly n: number;
  readonly sentence: string;
}

/**
 * The last step before the cursor in at most three sentences, in the order in which it happened. A cursor within a step was
 * set there, by an anchor or an event that was clicked: the record that it stands behind is told in any case.
 */
export function narrate(replay: Replay, steps: StepIndex, cursor: number, lang: Language): readonly Told[] {
  const from = steps.previousBoundary(cursor);
  const aim = steps.boundary(steps.stepAt(cursor)) === cursor ? -1 : cursor - 1;
  const told: (Told & { readonly weight: number })[] = [];
  const errors = new Map<number, number>();
  for (let n = from; n < cursor; n += 1) if (isError(replay, n)) errors.set(replay.log.tid(n), n);
  for (let n = from; n < cursor; n += 1) {
    const description = describe(replay, n);
    const weight = TOLD.indexOf(description.event.kind);
    if ((weight < 0 && n !== aim) || description.event.kind === 'end') continue;
    // A traceback comes line by line, and what went wrong stands in the last.
    if (n !== aim && isError(replay, n) && errors.get(replay.log.tid(n)) !== n) continue;
    told.push({ n, weight: n === aim ? -1 : weight, sentence: sayEvent(description, lang) });
  }
  return told
    .toSorted((one, other) => one.weight - other.weight || one.n - other.n)
    .slice(0, MOST)
    .toSorted((one, other) => one.n - other.n);
}
