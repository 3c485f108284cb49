// npm run conformance [-- <part of a name> …] [--write] [--seconds <n>] [--keep <file>]: CPython's own tests in the engine; see conformance/README.md.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { withTable } from '../bench/report.mjs';
import { getBrowser, launchOptions } from '../tools/browser.mjs';
import { ROOT, serveBuilt } from '../tools/built.mjs';
import { Kept } from './kept.mjs';
import { eventsIn, partOf } from './outcomes.mjs';
import { isWanted, skipOf, SUITES, suiteOf } from './plan.mjs';
import { countsOf, failures, sectionOf, suiteTable } from './report.mjs';
import { getTests, sourcesOf } from './tests-package.mjs';

const READMES = /** @type {const} */ ({ en: 'README.md', zh: 'README.zh.md' });
const REPORT = join(ROOT, 'node_modules/.cache/procession/conformance.txt');
/** Of the engine. */
const PYTHON = '3.14.2';
const PROGRAMS = ['main.py', 'events.py', 'prelude.py'];
const LIMITS = { steps: 5_000_000, records: 10_000_000 };
const DEFAULT_SECONDS = 120;
/** Characters of what a run has complained of, quoted when it does not end. */
const LAST_WORDS = 3000;
/** Stands for a test where a class does not end well though its tests do. */
const AFTER = 'end of the process';

/** @typedef {import('./page.ts').Ending} Ending */
/** @typedef {import('./outcomes.mjs').RunEvent} RunEvent */
/** @typedef {import('./outcomes.mjs').Verdict} Verdict */
/** @typedef {import('./report.mjs').ClassResult} ClassResult */
/** @typedef {{ modules: readonly string[], tests: readonly string[] | null }} Task `tests` null: only tell their names */
/** @typedef {{ module: string, suite: string, kind: string, tests: string[], needs: string | null }} TestClass */

/** A page with one machine; another takes its place when it does not answer any more. */
class Bench {
  /** @type {import('playwright').Page | null} */
  #page = null;
  #browser;
  #url;
  #files;
  #seconds;

  /**
   * @param {import('playwright').Browser} browser
   * @param {string} url
   * @param {Record<string, string>} sources of the tests
   * @param {number} seconds
   */
  constructor(browser, url, sources, seconds) {
    this.#browser = browser;
    this.#url = url;
    this.#seconds = seconds;
    const own = PROGRAMS.map((name) => [name, readFileSync(join(ROOT, 'conformance/programs', name), 'utf8')]);
    this.#files = { ...Object.fromEntries(own), sources };
  }

  /** @param {Task} task @returns {Promise<{ events: RunEvent[], ending: string, isFinished: boolean, seconds: number }>} */
  async run(task) {
    this.#page ??= await this.#open();
    const page = this.#page;
    const { sources, ...programs } = this.#files;
    const files = { ...programs, 'task.json': JSON.stringify({ ...task, files: sources }) };
    const limits = { ...LIMITS, seconds: this.#seconds };
    const run = page.evaluate(
      ([given, most]) => window.conformance.run(given, most),
      /** @type {const} */ ([files, limits]),
    );
    const { state, message, seconds } = await run.catch((error) => ({
      state: 'lost',
      message: String(error),
      seconds: Number.NaN,
    }));
    const { stdout, stderr } = await page
      .evaluate(() => window.conformance.output())
      .catch(() => ({ stdout: '', stderr: '' }));
    if (state !== 'finished') await this.#renew();
    const ending = [state, message, stderr.slice(-LAST_WORDS)].filter((part) => part !== '').join('\n');
    return { events: eventsIn(stdout), ending, isFinished: state === 'finished', seconds };
  }

  async #open() {
    const page = await this.#browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(this.#url);
    await page.waitForFunction(() => 'conformance' in window);
    return page;
  }

  async #renew() {
    await this.#page?.close();
    this.#page = null;
  }
}

/**
 * All classes with their tests; what of modules cannot be imported is kept at once.
 *
 * @param {Bench} bench
 * @param {readonly string[]} wanted
 * @param {Kept} kept
 */
async function classesOf(bench, wanted, kept) {
  /** @type {Map<string, TestClass>} */
  const classes = new Map();
  const modules = [...new Set(SUITES.flatMap((suite) => suite.modules))];
  const { events, ending } = await bench.run({ modules, tests: null });
  if (events.at(-1)?.event !== 'end') throw new Error(`the tests cannot be listed: ${ending}`);
  for (const event of events) {
    if (event.event === 'module') {
      const { module, outcome, reason } = event;
      const suite = suiteOf(module, false);
      if (!isWanted(wanted, suite, module)) continue;
      const skip = skipOf(module);
      /** @type {Verdict} */
      const verdict = skip === null ? { outcome, reason } : { outcome: 'skipped', reason: skip };
      kept.add(module, { suite, kind: module.split('.').at(-1) ?? module, tests: new Map([[module, verdict]]) });
    } else if (event.event === 'found') {
      const { module, kind, test, locks, needs } = event;
      const suite = suiteOf(module, locks);
      if (!isWanted(wanted, suite, test)) continue;
      const key = `${module}.${kind}`;
      const known = classes.get(key) ?? { module, suite, kind, tests: [], needs };
      known.tests.push(test);
      classes.set(key, known);
    }
  }
  const order = SUITES.map(({ name }) => name);
  return [...classes.values()].toSorted((one, other) => order.indexOf(one.suite) - order.indexOf(other.suite));
}

/** @param {Bench} bench @param {TestClass} testClass @returns {Promise<ClassResult>} */
async function resultOf(bench, { module, suite, kind, tests, needs }) {
  /** @type {Map<string, Verdict>} */
  const verdicts = new Map();
  for (const test of tests) {
    const reason = needs === null ? skipOf(test) : `needs ${needs}`;
    if (reason !== null) verdicts.set(test, { outcome: 'skipped', reason });
  }
  let seconds = 0;
  for (let rest = tests.filter((test) => !verdicts.has(test)); rest.length > 0;) {
    const run = await bench.run({ modules: [module], tests: rest });
    const part = partOf(rest, run.events, run.ending, run.isFinished);
    for (const [test, verdict] of part.verdicts) verdicts.set(test, verdict);
    if (part.complaint !== '')
      verdicts.set(`${module}.${kind}.${AFTER}`, { outcome: 'failed', reason: part.complaint });
    rest = part.rest;
    seconds += run.seconds;
  }
  const result = { suite, kind, tests: verdicts };
  const { passed, skipped, failed } = countsOf([result]);
  console.error(`${suite}: ${kind}: ${passed} passed, ${skipped} skipped, ${failed} failed, ${seconds.toFixed(0)} s`);
  if (failed > 0) console.error(failures([result]).split('\n').slice(0, 40).join('\n'));
  return result;
}

process.chdir(ROOT);
const { values, positionals } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    seconds: { type: 'string', default: String(DEFAULT_SECONDS) },
    keep: { type: 'string' },
  },
  allowPositionals: true,
});
if (values.write && positionals.length > 0)
  throw new Error('the table is of all tests: leave out the names, or --write');
getBrowser();
const tests = getTests();
const server = await serveBuilt('conformance', { root: join(ROOT, 'conformance'), publicDir: false });
const browser = await chromium.launch({ ...launchOptions(), headless: true });
try {
  const bench = new Bench(browser, server.url, sourcesOf(tests), Number(values.seconds));
  const kept = new Kept(values.keep);
  for (const testClass of await classesOf(bench, positionals, kept)) {
    const key = `${testClass.module}.${testClass.kind}`;
    if (!kept.has(key)) kept.add(key, await resultOf(bench, testClass));
  }
  const results = kept.results();
  const today = new Date().toISOString().slice(0, 10);
  const circumstances = `${today} · CPython ${PYTHON} (Pyodide) · tests of ${tests.version} · Chromium ${browser.version()}`;
  const text = `${circumstances}\n\n${suiteTable(results, 'en')}\n\n${failures(results)}\n`;
  console.log(`\n${text}`);
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, text);
  if (values.write) {
    for (const language of /** @type {const} */ (['en', 'zh'])) {
      const section = sectionOf(results, circumstances, language);
      writeFileSync(READMES[language], withTable(readFileSync(READMES[language], 'utf8'), section, 'conformance'));
    }
  }
  if (countsOf(results).failed > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
