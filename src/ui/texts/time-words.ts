import type { Translate } from './translate.ts';

const US_PER_MS = 1000;
const US_PER_S = 1_000_000;

/** A moment of a run: "tick 12"; of a live run, where times are microseconds, "1.25 ms". */
export function instantWords(t: Translate, live: boolean, at: number): string {
  return live ? t('time.at', { ms: at / US_PER_MS }) : t('time.tick', { tick: at });
}

/** How long something took in a live run, in the unit in which one can read it. */
export function durationWords(t: Translate, microseconds: number): string {
  if (microseconds < US_PER_MS) return t('time.us', { us: Math.round(microseconds) });
  if (microseconds < 10 * US_PER_S) return t('time.ms', { ms: rounded(microseconds / US_PER_MS) });
  return t('time.s', { s: rounded(microseconds / US_PER_S) });
}

/** Three digits are enough to compare, and four of a large number. */
function rounded(value: number): number {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return Number(value.toFixed(digits));
}
