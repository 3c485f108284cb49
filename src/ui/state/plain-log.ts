import {
  BlockReason,
  EndCause,
  InputKind,
  Operation,
  Outcome,
  PreemptCause,
  ReadyCause,
  RunEnd,
} from '../../abi/record.ts';
import { ObjectKind, PartRole } from '../../abi/objects.ts';
import { ThreadKind } from '../../abi/slot.ts';
import { decode } from '../../replay/decode.ts';
import type { LogEvent } from '../../replay/model.ts';
import { MS_PER_TICK } from '../../base/units.ts';
import type { RunLog } from './run-log.ts';

const US_PER_MS = 1000;
const NO_CPU = -1;

/**
 * When, in ticks; in live mode, where a record says microseconds, also in milliseconds. A tick is then a hundredth of a second,
 * as it is for programs.
 */
export function instantOf(live: boolean, at: number): { readonly tick: number; readonly time?: number } {
  if (!live) return { tick: at };
  const time = at / US_PER_MS;
  return { tick: Math.floor(time / MS_PER_TICK), time };
}

/** A record as a plain object: numbers that stand for words are words, ids stay numbers, what is not there is left out. */
export type PlainEvent = { readonly n: number; readonly tick: number; readonly kind: string } & Readonly<
  Record<string, string | number | boolean>
>;

/** `TIMED_OUT` → `timed-out`. */
const wordsOf = (numbers: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(numbers).map(([name, number]) => [number, name.toLowerCase().replaceAll('_', '-')]));

const READY_CAUSES = wordsOf(ReadyCause);
const PREEMPT_CAUSES = wordsOf(PreemptCause);
const END_CAUSES = wordsOf(EndCause);

/** Which words a field has; `cause` depends on the kind of the record. */
const WORDS: Readonly<Record<string, ReadonlyMap<number, string>>> = {
  thread: wordsOf(ThreadKind),
  reason: wordsOf(BlockReason),
  operation: wordsOf(Operation),
  outcome: wordsOf(Outcome),
  objectKind: wordsOf(ObjectKind),
  role: wordsOf(PartRole),
  input: wordsOf(InputKind),
  end: wordsOf(RunEnd),
};

const CAUSES: Readonly<Partial<Record<LogEvent['kind'], ReadonlyMap<number, string>>>> = {
  ready: READY_CAUSES,
  preempted: PREEMPT_CAUSES,
  terminated: END_CAUSES,
};

export function plainLog(log: RunLog): PlainEvent[] {
  return Array.from({ length: log.records }, (_, n) => plain(log, n));
}

function plain(log: RunLog, n: number): PlainEvent {
  const event = decode(log.store, log.replay, n);
  const { tick, kind } = event;
  const said: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value === null || value === undefined || (name === 'cpu' && value === NO_CPU)) continue;
    const words = name === 'cause' ? CAUSES[kind] : WORDS[name];
    said[name] = typeof value === 'number' ? (words?.get(value) ?? value) : value;
  }
  const object =
    event.kind === 'object' ? event.name : 'object' in event && event.object !== null ? event.object : null;
  if (typeof object === 'number') said['objectName'] = log.replay.objectNameOf(object);
  return { ...said, n, ...instantOf(log.store.live, tick), kind };
}
