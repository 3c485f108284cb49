// Where is a Chromium, and how is it started? `findBrowser` only looks; `getBrowser` installs one if none is there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/** Flags for every automated Chromium: no GPU, and none of its own traffic. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
];

const DOWNLOAD_LIMIT_MS = 180_000;
const PACKAGE_LIMIT_MS = 900_000;
const CHINESE_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

/**
 * A path that starts a browser. Some systems ship a stub under the usual name that only says how to install one, so
 * off Windows (where `--version` opens a window) it must also answer with its version.
 *
 * @param {string} path
 */
function works(path) {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true;
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return answer.status === 0 && /\d+\.\d+\.\d+/.test(answer.stdout);
}

/** @returns {string | undefined} the executable of an installed browser */
function lookAround() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...candidates, ...ELSEWHERE, chromium.executablePath()].find(works);
}

/**
 * The executable of a browser that is already here: `PROCESSION_CHROMIUM`, an installed one, or Playwright's own.
 *
 * @returns {string | undefined}
 */
export function findBrowser() {
  const chosen = process.env['PROCESSION_CHROMIUM'];
  return chosen === undefined || chosen === '' ? lookAround() : chosen;
}

/** What a launch through Playwright needs: the flags, and the executable when there is one of our own. */
export function launchOptions() {
  const executablePath = findBrowser();
  return { args: CHROMIUM_FLAGS, ...(executablePath === undefined ? {} : { executablePath }) };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} timeout
 */
function succeeds(command, args, timeout) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout, env }).status === 0;
}

/**
 * Installs packages with apt, as root or with a sudo that asks for no password.
 *
 * @param {string[]} packages
 */
export function installPackages(packages) {
  if (process.platform !== 'linux' || !succeeds('apt-get', ['--version'], 10_000)) return false;
  const root = process.getuid?.() === 0;
  if (!root && !succeeds('sudo', ['-n', 'true'], 10_000)) return false;
  /** @param {string[]} args */
  const apt = (args) => {
    const line = ['apt-get', ...args];
    return root
      ? succeeds('apt-get', args, PACKAGE_LIMIT_MS)
      : succeeds('sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', ...line], PACKAGE_LIMIT_MS);
  };
  apt(['update', '-qq']);
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

function downloadBrowser() {
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
  const stdio = 'ignore';
  return spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio, timeout: DOWNLOAD_LIMIT_MS }).status === 0;
}

/** Chinese text needs a font to be seen and measured. Its absence makes no test fail, so neither does this. */
export function ensureChineseFont() {
  if (process.platform === 'linux' && !existsSync(CHINESE_FONT)) installPackages(['fonts-noto-cjk']);
}

/**
 * The executable of a browser, installed now if there is none.
 *
 * @returns {string}
 * @throws if none can be had; the message says what to install.
 */
export function getBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  console.log('No Chromium or Chrome here: getting one …');
  if (downloadBrowser() || installPackages(['chromium'])) {
    const installed = lookAround();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No browser found: install Chromium or Google Chrome (Debian: apt-get install chromium), or set PROCESSION_CHROMIUM to the path of one.',
  );
}
