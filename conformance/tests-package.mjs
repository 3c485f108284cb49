// CPython's own tests, as others pack them: they are found on the machine or downloaded, and never kept in this repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { ROOT } from '../tools/built.mjs';

/** The version of CPython whose tests fit best: the engine's. */
const WANTED = '3.14';
const KEPT = join(ROOT, 'node_modules/.cache/procession/cpython-tests');
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** Debian has every version of Python in it that is worked on. */
const SUITE = `deb [signed-by=${KEYRING}] http://deb.debian.org/debian sid main\n`;

/** What is read of the package `test`: the tests themselves, and what they import of it. */
const WHAT = [
  /^__init__\.py$/,
  /^(?:lock_tests|_test_multiprocessing|test_queue|test_thread|test_threading|test_threading_local|mp_\w+)\.py$/,
  /^support\/[^/]+\.py$/,
  /^test_(?:concurrent_futures|multiprocessing_spawn)\/[^/]+\.py$/,
  /^test_asyncio\/(?:__init__|utils)\.py$/,
  /^test_importlib\/(?:__init__|metadata\/(?:__init__|_path|_context|_issues|fixtures))\.py$/,
];

/** @typedef {{ version: string, folder: string, from: string }} Tests `folder` holds the package `test` */

/** @param {string} command @param {string[]} args @param {string} [cwd] */
function answer(command, args, cwd = ROOT) {
  const { status, stdout } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 300_000 });
  return status === 0 ? stdout.trim() : null;
}

/** @param {string} command a Python interpreter @returns {Tests | null} null: it has no tests */
function ofInterpreter(command) {
  const script =
    'import os, platform, test.lock_tests, test.support; print(platform.python_version()); print(os.path.dirname(test.__path__[0]))';
  const [version, folder] = answer(command, ['-c', script])?.split('\n') ?? [];
  return version === undefined || folder === undefined ? null : { version, folder, from: command };
}

/** @returns {Tests | null} what an earlier run has downloaded */
function kept() {
  const versionFile = join(KEPT, 'version');
  if (!existsSync(versionFile)) return null;
  const [version = '', folder = '', from = ''] = readFileSync(versionFile, 'utf8').split('\n');
  return { version, folder: join(KEPT, folder), from };
}

/**
 * Downloads packages of the tests and unpacks them. Nothing is installed, and the machine's own lists of packages stay as they are.
 *
 * @param {string} version as 3.14
 * @param {string[]} options of apt
 * @returns {Tests | null}
 */
function unpacked(version, options) {
  const packages = [`libpython${version}-testsuite`, `libpython${version}-stdlib`];
  if (answer('apt-get', [...options, 'download', ...packages], KEPT) === null) return null;
  const files = readdirSync(KEPT).filter((name) => name.endsWith('.deb'));
  for (const file of files) {
    if (answer('dpkg-deb', ['-x', file, 'unpacked'], KEPT) === null) return null;
    rmSync(join(KEPT, file));
  }
  const folder = join('unpacked', 'usr', 'lib', `python${version}`);
  const full = files.find((name) => name.startsWith('libpython'))?.split('_')[1] ?? version;
  const found = { version: full.split('-')[0] ?? version, folder, from: `Debian ${packages[0]} ${full}` };
  writeFileSync(join(KEPT, 'version.new'), [found.version, found.folder, found.from].join('\n'));
  renameSync(join(KEPT, 'version.new'), join(KEPT, 'version'));
  return kept();
}

/** @returns {Tests | null} */
function downloaded() {
  if (!existsSync(KEYRING)) return null;
  rmSync(KEPT, { recursive: true, force: true });
  mkdirSync(join(KEPT, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(KEPT, 'cache', 'archives', 'partial'), { recursive: true });
  writeFileSync(join(KEPT, 'sources.list'), SUITE);
  const options = [
    `Dir::Etc::sourcelist=${join(KEPT, 'sources.list')}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${join(KEPT, 'lists')}`,
    `Dir::Cache=${join(KEPT, 'cache')}`,
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option]);
  console.error(`Getting the tests of Python ${WANTED} …`);
  return answer('apt-get', [...options, 'update']) === null ? null : unpacked(WANTED, options);
}

/**
 * `PROCESSION_PYTHON_TESTS` names a folder with a package `test`; else they are of a Python 3.14, of Debian's package, or of whatever
 * `python3` is there.
 *
 * @returns {Tests}
 * @throws when none can be had; the message says what to do.
 */
export function getTests() {
  const chosen = process.env['PROCESSION_PYTHON_TESTS'];
  if (chosen !== undefined && chosen !== '') return { version: 'unknown', folder: chosen, from: chosen };
  const found = ofInterpreter(`python${WANTED}`) ?? kept() ?? downloaded() ?? ofInterpreter('python3');
  if (found !== null) return found;
  throw new Error(
    `No tests of CPython found: install a Python ${WANTED} with its package \`test\` (Debian: libpython3-testsuite), or set PROCESSION_PYTHON_TESTS to the folder that holds it.`,
  );
}

/** @param {string} folder @returns {string[]} names of all files in it, relative to it */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

/**
 * The tests ask once whether semaphores work, of a context that forks; here they ask another. All else is as it was packed.
 *
 * @param {string} source
 */
const withoutFork = (source) =>
  source.replace("synchronize.Lock(ctx=multiprocessing.get_context('fork'))", 'synchronize.Lock(ctx=multiprocessing)');

/** What of the package is laid on the engine's disk. @param {Tests} tests @returns {Record<string, string>} */
export function sourcesOf({ folder }) {
  const packageFolder = join(folder, 'test');
  const names = filesIn(packageFolder).map((name) => relative('', name).replaceAll(sep, '/'));
  return Object.fromEntries(
    names
      .filter((name) => WHAT.some((pattern) => pattern.test(name)))
      .map((name) => [`test/${name}`, withoutFork(readFileSync(join(packageFolder, name), 'utf8'))]),
  );
}
