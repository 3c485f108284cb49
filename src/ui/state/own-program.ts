import { plainListing, plainLine } from '../../scenarios/custom/listing.ts';
import { withConstants } from '../../scenarios/python-constants.ts';
import type { LessonFiles, Listing } from '../../scenarios/scenario.ts';
import { MAX_CODE_BYTES, unpackCode } from './code.ts';
import type { LabState } from './lab.ts';
import { programValues } from './run-spec.ts';
import { CUSTOM, type LinkNotice, type View } from './view.ts';

export type ShownFiles = Pick<LabState, 'files' | 'code'>;

/**
 * The lesson's files, and in place of the Python program the one that runs: the reader's own, as a link packs it (or why not), or
 * the lesson's with the parameters that are set.
 */
export async function filesToShow(
  files: LessonFiles,
  view: View,
): Promise<{ readonly shown: ShownFiles; readonly fault: LinkNotice | null }> {
  if (view.scenario.id !== CUSTOM) {
    return { shown: { files: { ...files, py: withValues(files.py, view) }, code: null }, fault: null };
  }
  if (view.code === null) return { shown: { files, code: null }, fault: null };
  const unpacked = await unpackCode(view.code);
  if ('source' in unpacked) {
    const { source } = unpacked;
    return { shown: { files: { ...files, py: plainListing(source) }, code: source }, fault: null };
  }
  const key = unpacked.fault === 'damaged' ? 'link.code' : 'link.codeTooLong';
  const values = { max: MAX_CODE_BYTES };
  const fault: LinkNotice = { tone: 'error', name: 'code', key, values, outcome: { key: 'link.ignored' } };
  return { shown: { files, code: null }, fault };
}

/** The value of a constant, as `withConstants` writes it. */
const LITERAL = /^\w+ = (?<literal>'(?:\\.|[^'\\])*'|[^\s#]+)/;
/** The one token that is the value of a constant in a line as the build has coloured it. */
const COLOURED = /(?<==<\/span> <span class="[^"]*">)[^<]*/;

/** The line with its new value in the colour of the old one: colours are given when the page is built. */
function recoloured(html: string, line: string): string {
  const literal = LITERAL.exec(line)?.groups?.['literal'];
  if (literal === undefined || !COLOURED.test(html)) return plainLine(line);
  return html.replace(COLOURED, () => plainLine(literal));
}

/** The listing of the program that runs: with the parameters that are set. */
function withValues(listing: Listing, view: View): Listing {
  const source = withConstants(listing.source, programValues(view));
  if (source === listing.source) return listing;
  const before = listing.source.split('\n');
  const after = source.split('\n');
  const lines = listing.lines.map((html, index) =>
    before[index] === after[index] ? html : recoloured(html, after[index] ?? ''),
  );
  return { ...listing, source, lines };
}
