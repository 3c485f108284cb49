// Where is a Firefox? One that is installed is enough: it is driven over WebDriver BiDi as it is.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { installPackages } from './browser.mjs';

const ON_PATH = ['firefox', 'firefox-esr'];
const ELSEWHERE = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  ...[process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)']]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Mozilla Firefox', 'firefox.exe')),
];

/**
 * The executable of a Firefox: `PROCESSION_FIREFOX`, or an installed one.
 *
 * @returns {string | undefined}
 */
export function findFirefox() {
  const chosen = process.env['PROCESSION_FIREFOX'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name + suffix))), ...ELSEWHERE].find(
    existsSync,
  );
}

/** Without one a few tests are skipped, which say so; in CI they shall run. On a machine of somebody's own nothing is installed for it. */
export function ensureFirefoxInCi() {
  if (process.env['CI'] !== undefined && findFirefox() === undefined) installPackages(['firefox-esr']);
}
