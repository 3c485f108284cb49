import type { Scenario } from '../../scenarios/scenario.ts';
import { engineOf, readV1, writeV1 } from './link-v1.ts';
import { joinLink, MAX_LINK_LENGTH, quote, splitLink, type RawLink } from './link-text.ts';
import { insteadOf } from './link-values.ts';
import { LINK_VERSION, upgrade } from './upgrade.ts';
import { defaultView, type LinkNotice, type Parsed, type View } from './view.ts';

/** More than these are counted, not listed. Every name that this version knows can be wrong, and be named. */
const MAX_NOTICES = 48;

/** The lessons a link can name; the first is opened where it names none. */
export type Lessons = readonly [Scenario, ...Scenario[]];

/** The names of the lessons as a message lists them. */
function lessonNames(lessons: readonly Scenario[]): string {
  return lessons.map(({ id }) => id).join(', ');
}

/**
 * Reads `#/lesson?name=value&…`, or a whole address that ends so. Never throws: whatever is wrong is told in `notices`, and
 * the view is valid all the same. A notice without a name means that the link as a whole could not be taken.
 */
export function parseLink(link: string, lessons: Lessons): Parsed {
  const notices: LinkNotice[] = [];
  const report = (notice: LinkNotice): void => void notices.push(notice);
  const view = readLink(link, lessons, report);
  if (notices.length <= MAX_NOTICES) return { view, notices };
  const more: LinkNotice = {
    tone: 'warning',
    name: '…',
    key: 'link.more',
    values: { count: notices.length - MAX_NOTICES },
  };
  return { view, notices: [...notices.slice(0, MAX_NOTICES), more] };
}

/** The link to this view: `#/…`. Equal views have equal links. */
export function formatLink(view: View): string {
  return joinLink({ lesson: view.scenario.id, pairs: writeV1(view) });
}

function readLink(link: string, lessons: Lessons, report: (notice: LinkNotice) => void): View {
  const [first] = lessons;
  const whole = (key: LinkNotice['key'], values: NonNullable<LinkNotice['values']>, used = first): View => {
    report({ tone: 'error', name: null, key, values, outcome: { key: 'link.opened', values: { used: used.id } } });
    return defaultView(used);
  };
  if (link.length > MAX_LINK_LENGTH) return whole('link.tooLong', { max: MAX_LINK_LENGTH });
  const raw = splitLink(link);
  if (raw === null) return whole('link.unreadable', { value: quote(link) });
  const version = versionOf(raw, report);
  const named = raw.lesson === '' ? first : lessons.find(({ id }) => id === raw.lesson);
  if (named === undefined) {
    return whole('link.unknownLesson', { lesson: quote(raw.lesson), known: lessonNames(lessons) });
  }
  if (version > LINK_VERSION) return whole('link.newer', { version, known: LINK_VERSION }, named);
  const upgraded = upgrade(raw, version);
  return readV1(upgraded, defaultView(named, engineOf(upgraded, named)), report);
}

/** A link without a version is one of version 1, for ever. */
function versionOf(raw: RawLink, report: (notice: LinkNotice) => void): number {
  const value = raw.pairs.find(([name]) => name === 'v')?.[1] ?? '1';
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  const values = { value: quote(value), known: LINK_VERSION };
  report({ tone: 'warning', name: 'v', key: 'link.version', values, outcome: insteadOf(1) });
  return 1;
}
