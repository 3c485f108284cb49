import type { Input, Pick, Schedule } from '../../abi/config.ts';
import { MAX_LINE_BYTES, MAX_THREADS, MAX_TICKS } from '../../abi/limits.ts';
import { asTid } from '../../base/ids.ts';
import { fromBase64Url, toBase64Url } from './code.ts';

/** The most picks, and the most inputs, that a link may carry. */
export const MAX_CHOICES = 10_000;

/** What of a list could be read: the entries in order of their ticks, and the first that made no sense. */
export interface ReadList<Entry> {
  readonly entries: readonly Entry[];
  readonly given: number;
  readonly wrong: string | null;
}

const natural = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;

function readList<Entry extends { readonly tick: number }>(
  text: string,
  read: (parts: string[]) => Entry | null,
): ReadList<Entry> {
  const items = text.split(',').filter((item) => item !== '');
  const entries: Entry[] = [];
  let wrong: string | null = null;
  for (const item of items.slice(0, MAX_CHOICES)) {
    const entry = read(item.split(':'));
    if (entry === null) wrong ??= item;
    else entries.push(entry);
  }
  // Stable: several picks of one tick are used in the order given.
  return { entries: entries.toSorted((a, b) => a.tick - b.tick), given: items.length, wrong };
}

/** `12:3,17:2`: in tick 12 thread 3, in tick 17 thread 2. */
export function readPicks(text: string): ReadList<Pick> {
  return readList(text, (parts) => {
    const [tick, tid] = [natural(parts[0]), natural(parts[1])];
    if (parts.length !== 2 || tick === null || tid === null) return null;
    return tick > MAX_TICKS || tid < 1 || tid > MAX_THREADS ? null : { tick, tid: asTid(tid) };
  });
}

/**
 * `42:kill:3`: at the start of tick 42 process 3 is terminated; `42:pool:5`: from tick 42 on the pool should have 5 workers,
 * within `sizes` (null: the lesson has no pool); `42:line:QWRh`: before tick 42 a line was typed, UTF-8 in base64url; `42:eof`: the
 * end of the input.
 */
export function readInputs(text: string, sizes: Range | null): ReadList<Input> {
  return readList(text, (parts) => {
    const [tick, value] = [natural(parts[0]), natural(parts[2])];
    const typed = tick === null || tick > MAX_TICKS ? null : readTyped(tick, parts);
    if (typed !== null) return typed;
    if (parts.length !== 3 || tick === null || value === null || tick > MAX_TICKS) return null;
    if (parts[1] === 'pool') return isWithin(sizes, value) ? { kind: 'pool', tick, size: value } : null;
    if (parts[1] !== 'kill' || !isWithin({ min: 1, max: MAX_THREADS }, value)) return null;
    return { kind: 'kill', tick, pid: value };
  });
}

function readTyped(tick: number, [, kind, packed, ...rest]: readonly string[]): Input | null {
  if (kind === 'eof') return packed === undefined ? { kind: 'line', tick, text: null } : null;
  if (kind !== 'line' || packed === undefined || rest.length > 0) return null;
  const bytes = fromBase64Url(packed);
  const text = bytes === null || bytes.length > MAX_LINE_BYTES ? null : textOf(bytes);
  return text === null || /[\r\n]/.test(text) ? null : { kind: 'line', tick, text };
}

/** Null: the bytes are no UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function isWithin(range: Range | null, value: number): boolean {
  return range !== null && value >= range.min && value <= range.max;
}

export function writePicks({ picks }: Schedule): string {
  return picks.map(({ tick, tid }) => `${tick}:${tid}`).join(',');
}

export function writeInputs({ inputs }: Schedule): string {
  return inputs.map((input) => `${input.tick}:${writeInput(input)}`).join(',');
}

function writeInput(input: Input): string {
  switch (input.kind) {
    case 'kill':
      return `kill:${input.pid}`;
    case 'pool':
      return `pool:${input.size}`;
    case 'line':
      return input.text === null ? 'eof' : `line:${toBase64Url(new TextEncoder().encode(input.text))}`;
  }
}

/** The part of a schedule that was used up to and including this tick. */
export function cutSchedule(schedule: Schedule, tick: number): Schedule {
  return {
    picks: schedule.picks.filter((pick) => pick.tick <= tick),
    inputs: schedule.inputs.filter((input) => input.tick <= tick),
  };
}
