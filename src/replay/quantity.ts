import type { Measured, Quantity } from '../abi/quantities.ts';
import { Kind, ReadyCause } from '../abi/record.ts';
import { ThreadKind } from '../abi/slot.ts';
import { summaryOf } from './latencies.ts';
import { measuresAt } from './measures.ts';
import type { ProcessMeasures } from './model.ts';
import { Output } from './output.ts';
import type { Replay } from './replay.ts';

const US_PER_MS = 1000;

/** The number that a whole run is summed up by; null: there is nothing to measure (nobody was started, nobody was woken). */
export function quantityOf(replay: Replay, quantity: Quantity, of: Measured = 'all'): number | null {
  const value = measured(replay, quantity, of);
  const isTime = quantity !== 'utilisation' && quantity !== 'switches' && quantity !== 'printed';
  return value !== null && isTime && replay.log.live ? value / US_PER_MS : value;
}

function measured(replay: Replay, quantity: Quantity, of: Measured): number | null {
  const { processes, run } = measuresAt(replay, replay.records);
  switch (quantity) {
    case 'duration':
      return run.ticks;
    case 'utilisation':
      return 100 * run.utilisation;
    case 'switches':
      return run.switches;
    case 'waiting':
    case 'turnaround':
    case 'response':
      return mean(processes.flatMap((process: ProcessMeasures) => process[quantity] ?? []));
    case 'start':
      return mean(lives(replay, of).flatMap(({ created, began }) => (began === null ? [] : began - created)));
    case 'finish':
      return finishOf(lives(replay, of));
    case 'wake':
      return summaryOf(wakeUps(replay, of))?.median ?? null;
    case 'printed':
      return lastNumberIn(textOf(replay));
  }
}

function textOf({ log, records }: Replay): string {
  const output = new Output(log);
  output.extend();
  return output.textUntil(records);
}

function lastNumberIn(text: string): number | null {
  const number = text.match(/-?\d+(?:\.\d+)?/g)?.at(-1);
  return number === undefined ? null : Number(number);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Life {
  readonly created: number;
  began: number | null;
  ended: number | null;
}

function isOf(kind: number, of: Measured): boolean {
  return of === 'all' || (of === 'threads') === (kind !== ThreadKind.PROCESS);
}

/** Of those that another thread has created. */
function lives({ log, records }: Replay, of: Measured): readonly Life[] {
  const byTid = new Map<number, Life>();
  for (let n = 0; n < records; n += 1) {
    const kind = log.kind(n);
    const time = log.tick(n);
    if (kind === Kind.CREATED && log.c(n) > 0 && isOf(log.aux(n), of)) {
      byTid.set(log.tid(n), { created: time, began: null, ended: null });
    }
    const life = byTid.get(log.tid(n));
    if (life === undefined) continue;
    if (kind === Kind.DISPATCHED) life.began ??= time;
    if (kind === Kind.TERMINATED) life.ended ??= time;
  }
  return [...byTid.values()];
}

function finishOf(all: readonly Life[]): number | null {
  const ends = all.flatMap(({ ended }) => ended ?? []);
  if (ends.length === 0) return null;
  return ends.reduce((last, end) => Math.max(last, end), 0) - Math.min(...all.map(({ created }) => created));
}

function wakeUps({ log, records }: Replay, of: Measured): readonly number[] {
  const counted = new Set<number>();
  const since = new Map<number, number>();
  const widths: number[] = [];
  for (let n = 0; n < records; n += 1) {
    const kind = log.kind(n);
    const tid = log.tid(n);
    if (kind === Kind.CREATED && isOf(log.aux(n), of)) counted.add(tid);
    if (kind === Kind.READY && log.aux(n) === ReadyCause.WOKEN && counted.has(tid)) since.set(tid, log.tick(n));
    if (kind !== Kind.DISPATCHED) continue;
    const ready = since.get(tid);
    if (ready !== undefined) widths.push(Math.max(0, log.tick(n) - ready));
    since.delete(tid);
  }
  return widths;
}
