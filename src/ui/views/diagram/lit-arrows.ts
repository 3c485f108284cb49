import type { Tid } from '../../../base/ids.ts';
import type { ThreadStateName } from '../../../replay/model.ts';
import { ARROW_ENDS, arrowBetween, type ArrowName } from './arrows.ts';

/** A change of state as the diagram tells it. */
export interface Change {
  readonly tid: Tid;
  readonly shortName: string;
  readonly from: ThreadStateName | null;
  readonly to: ThreadStateName;
  /** In a few words. */
  readonly cause: string;
}

const NAMES_SHOWN = 3;

/**
 * The words of every arrow along which somebody went: who, and why; of several reasons, what they have in common. The ends
 * of threads share one place for words, whatever state they come from: the first of those arrows has them all.
 */
export function litArrows(
  changes: readonly Change[],
  common: (arrow: ArrowName) => string,
): ReadonlyMap<ArrowName, string> {
  const byWords = new Map<ArrowName, Change[]>();
  const lit = new Map<ArrowName, string>();
  for (const change of changes) {
    const name = arrowBetween(change.from, change.to);
    if (name === null) continue;
    const speaker = change.to === 'Terminated' ? (firstEnd(lit) ?? name) : name;
    lit.set(name, '');
    const there = byWords.get(speaker);
    if (there === undefined) byWords.set(speaker, [change]);
    else there.push(change);
  }
  for (const [name, those] of byWords) lit.set(name, sentence(those, common(name)));
  return lit;
}

function firstEnd(lit: ReadonlyMap<ArrowName, string>): ArrowName | undefined {
  return [...lit.keys()].find((name) => ARROW_ENDS[name][1] === 'Terminated');
}

function sentence(changes: readonly Change[], common: string): string {
  const names = [...new Set(changes.map(({ shortName }) => shortName))];
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  const more = names.length > NAMES_SHOWN ? ` +${names.length - NAMES_SHOWN}` : '';
  const causes = [...new Set(changes.map(({ cause }) => cause))];
  return `${shown}${more} ${causes.length === 1 ? causes[0] : common}`;
}
