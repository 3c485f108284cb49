import type { Tid } from '../../../base/ids.ts';
import type { ThreadStateName } from '../../../replay/model.ts';
import { arrowBetween, type ArrowName } from './arrows.ts';

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

/** The words of every arrow along which somebody went: who, and why; of several reasons, what they have in common. */
export function litArrows(
  changes: readonly Change[],
  common: (arrow: ArrowName) => string,
): ReadonlyMap<ArrowName, string> {
  const byArrow = new Map<ArrowName, Change[]>();
  for (const change of changes) {
    const name = arrowBetween(change.from, change.to);
    if (name === null) continue;
    const there = byArrow.get(name);
    if (there === undefined) byArrow.set(name, [change]);
    else there.push(change);
  }
  return new Map([...byArrow].map(([name, those]) => [name, sentence(those, common(name))]));
}

function sentence(changes: readonly Change[], common: string): string {
  const names = [...new Set(changes.map(({ shortName }) => shortName))];
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  const more = names.length > NAMES_SHOWN ? ` +${names.length - NAMES_SHOWN}` : '';
  const causes = [...new Set(changes.map(({ cause }) => cause))];
  return `${shown}${more} ${causes.length === 1 ? causes[0] : common}`;
}
