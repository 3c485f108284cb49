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

/** A line with a constant that was changed loses its colours: they were given when the page was built. */
function withValues(listing: Listing, view: View): Listing {
  const source = withConstants(listing.source, programValues(view));
  if (source === listing.source) return listing;
  const before = listing.source.split('\n');
  const after = source.split('\n');
  const lines = listing.lines.map((html, index) =>
    before[index] === after[index] ? html : plainLine(after[index] ?? ''),
  );
  return { ...listing, source, lines };
}
