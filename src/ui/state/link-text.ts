/** A link as it is written: a lesson and pairs of name and value, in the order given, nothing checked. */
export interface RawLink {
  readonly lesson: string;
  readonly pairs: readonly (readonly [name: string, value: string])[];
}

/** Longer ones are not read. Room for the longest program and the longest schedule. */
export const MAX_LINK_LENGTH = 262_144;

/** What `encodeURIComponent` escapes although a fragment may carry it: lists stay readable. */
const PLAIN: Readonly<Record<string, string>> = { '%3A': ':', '%2C': ',', '%40': '@', '%2F': '/', '%3B': ';' };

function escape(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(?:3A|2C|40|2F|3B)/g, (code) => PLAIN[code] ?? code);
}

/** A text with a stray % is taken as it stands. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text).toWellFormed();
  } catch {
    return text.toWellFormed();
  }
}

/** `#/lesson?a=b&c=d`, the fragment of a link or a whole address. Null when it has another form. */
export function splitLink(link: string): RawLink | null {
  const hash = link.indexOf('#');
  const fragment = hash < 0 ? (link.startsWith('/') ? link : '') : link.slice(hash + 1);
  if (fragment === '') return /^(?:#|[a-z]+:\/\/|$)/i.test(link) ? { lesson: '', pairs: [] } : null;
  const match = /^\/?([^?/]*)\/?(?:\?([^]*))?$/.exec(fragment);
  if (match === null) return null;
  const pairs = (match[2] ?? '').split('&').flatMap((pair): [string, string][] => {
    if (pair === '') return [];
    const equals = pair.indexOf('=');
    return equals < 0 ? [[unescape(pair), '']] : [[unescape(pair.slice(0, equals)), unescape(pair.slice(equals + 1))]];
  });
  return { lesson: unescape(match[1] ?? ''), pairs };
}

export function joinLink(link: RawLink): string {
  const query = link.pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&');
  return `#/${escape(link.lesson)}${query === '' ? '' : `?${query}`}`;
}

const QUOTED_LENGTH = 40;

/** A wrong value inside a message, shortened. */
export function quote(value: string): string {
  const characters = Array.from(value.slice(0, 4 * QUOTED_LENGTH));
  return characters.length > QUOTED_LENGTH ? `${characters.slice(0, QUOTED_LENGTH).join('')}…` : value;
}
