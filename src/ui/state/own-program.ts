import { plainListing } from '../../scenarios/custom/listing.ts';
import type { LessonFiles } from '../../scenarios/scenario.ts';
import { MAX_CODE_BYTES, unpackCode } from './code.ts';
import type { LabState } from './lab.ts';
import type { LinkNotice } from './view.ts';

export type ShownFiles = Pick<LabState, 'files' | 'code'>;

/** The lesson's files with the reader's own program, as a link packs it, in place of the Python listing; or why not. */
export async function withOwnProgram(
  files: LessonFiles,
  code: string | null,
): Promise<{ readonly shown: ShownFiles; readonly fault: LinkNotice | null }> {
  if (code === null) return { shown: { files, code: null }, fault: null };
  const unpacked = await unpackCode(code);
  if ('source' in unpacked) {
    const { source } = unpacked;
    return { shown: { files: { ...files, py: plainListing(source) }, code: source }, fault: null };
  }
  const key = unpacked.fault === 'damaged' ? 'link.code' : 'link.codeTooLong';
  const values = { max: MAX_CODE_BYTES };
  const fault: LinkNotice = { tone: 'error', name: 'code', key, values, outcome: { key: 'link.ignored' } };
  return { shown: { files, code: null }, fault };
}
