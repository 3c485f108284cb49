import type { Language } from '../state/lab.ts';
import { closeSeams, seamed } from './spacing.ts';

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** A place in a queue: `2nd`, `第 2 位`. */
export function placeWords(place: number, lang: Language): string {
  return lang === 'zh' ? `第 ${place} 位` : `${place}${SUFFIXES[ORDINALS.select(place)] ?? 'th'}`;
}

/** `a`, `a and b`, `a, b and c`, as the language does it. */
export function listWords(words: readonly string[], lang: Language): string {
  const format = new Intl.ListFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { type: 'conjunction' });
  return lang === 'zh' ? closeSeams(format.format(words.map(seamed))) : format.format(words);
}
