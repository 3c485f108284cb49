// npm run soak [-- --minutes <n>] [--url <address>] [--engine py [--stacks <n>] [--locked <n>] [--sweeps <n>]]: what takes longer than npm test may. Sweeps over all lessons,
// policies and numbers of CPUs, with another seed each time. Every sweep runs twice, once undisturbed and once with all cores
// kept busy by others: each run must have the same hash both times. Workers and memory must stay what they were after
// the first sweep. With the Python engine, whose runs take a hundred times as long, there are three policies and one number of
// CPUs for each seed, 20 seeds at least; and first two threads add to a global under a lock, with 1,000 seeds: none is ever lost; and
// many stacks are suspended while others collect, raise and recurse (soak-stacks.mjs), with 50 seeds; or as many seeds as `--sweeps`,
// `--locked` and `--stacks` say.
import { fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lessonIds, withApp } from './app.mjs';
import { soakStacks } from './soak-stacks.mjs';

const POLICIES = ['fcfs', 'sjf', 'srtf', 'rr', 'priority', 'mlfq', 'lottery', 'random', 'manual'];
const CPUS = [1, 2, 3, 4];
const PYTHON = { policies: ['rr', 'mlfq', 'random'], sweeps: 20, lockedSeeds: 1000, stacks: 50 };
const LOCKED_SEEDS_A_LINE = 100;
const BURNERS = 2;
const DEFAULT_MINUTES = 10;
/** However short the time, so many loads are made. */
const LEAST_LOADS = 200;
/** So long after the last run whoever was to be stopped has ended, and whoever is kept for the next run is there. */
const SETTLED_MS = 5_000;
/** Room for what the garbage collector keeps for later. */
const HEAP_GROWTH = { factor: 1.25, bytes: 8e6 };

/** @typedef {import('playwright').Page} Page */
/** @typedef {{ workers: number, heap: number }} Footprint */

/**
 * @param {number} seed
 * @param {string} engine
 */
function linksOf(seed, engine) {
  if (engine === 'py') {
    const cpus = CPUS[seed % CPUS.length];
    return lessonIds('py').flatMap((lesson) =>
      PYTHON.policies.map((policy) => `#/${lesson}?engine=py&cpus=${cpus}&policy=${policy}&seed=${seed}`),
    );
  }
  return lessonIds().flatMap((lesson) =>
    POLICIES.flatMap((policy) => CPUS.map((cpus) => `#/${lesson}?cpus=${cpus}&policy=${policy}&seed=${seed}`)),
  );
}

/**
 * @param {Page} page
 * @param {string} link
 * @returns {Promise<string>} how the run ended, and its hash
 */
function runOf(page, link) {
  return page.evaluate(async (address) => {
    const { procession } = window;
    await procession.open(address);
    const { outcome } = await procession.run({ to: 'end' });
    return `${outcome} ${procession.hash()}`;
  }, link);
}

function startBurners() {
  const script = fileURLToPath(new URL('burner.mjs', import.meta.url));
  return Array.from({ length: BURNERS }, () => fork(script));
}

/**
 * What is left behind by the same run each time.
 *
 * @param {Page} page
 * @param {string} link of the run
 * @returns {Promise<() => Promise<Footprint>>}
 */
async function footprintOf(page, link) {
  const session = await page.context().newCDPSession(page);
  return async () => {
    await runOf(page, link);
    await page.waitForTimeout(SETTLED_MS);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return { workers: page.workers().length, heap: usedSize };
  };
}

/**
 * @param {Footprint} first
 * @param {Footprint} last
 * @returns {string[]} what has grown
 */
function growth(first, last) {
  const grown = [];
  if (last.workers > first.workers) grown.push(`workers: ${first.workers} after the first sweep, ${last.workers} now`);
  if (last.heap > first.heap * HEAP_GROWTH.factor + HEAP_GROWTH.bytes) {
    grown.push(`JS heap: ${megabytes(first.heap)} after the first sweep, ${megabytes(last.heap)} now`);
  }
  return grown;
}

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** What went wrong so far is said at once: whoever waits for the rest can look into it. */
let failures = 0;

/** @param {string} what */
function fail(what) {
  failures += 1;
  console.log(`  failed: ${what}`);
}

/**
 * With each of so many seeds no addition may be lost, because there is a lock.
 *
 * @param {Page} page
 * @param {number} seeds
 */
async function soakCounter(page, seeds) {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const link = `#/shared-data?engine=py&locked=true&policy=random&seed=${seed}`;
    const said = await page.evaluate(async (address) => {
      const { procession } = window;
      await procession.open(address);
      const { outcome } = await procession.run({ to: 'end' });
      const ends = procession.log().filter(({ kind, code }) => kind === 'terminated' && code !== 0);
      return `${outcome} ${JSON.stringify(ends)} ${procession.stdout()}`;
    }, link);
    if (!said.startsWith('finished [] ') || !said.endsWith('sees 6\n')) fail(`${link}: ${said}`);
    if (seed % LOCKED_SEEDS_A_LINE === 0) console.log(`counter, seed ${seed}: ${failures} failures`);
  }
}

/**
 * Both passes of a sweep.
 *
 * @param {Page} page
 * @param {number} seed
 * @param {string} engine
 * @returns {Promise<number>} loads
 */
async function sweep(page, seed, engine) {
  const links = linksOf(seed, engine);
  /** @type {Map<string, string>} */
  const quiet = new Map();
  for (const link of links) quiet.set(link, await runOf(page, link));
  const burners = startBurners();
  try {
    for (const link of links) {
      const disturbed = await runOf(page, link);
      if (disturbed !== quiet.get(link)) fail(`${link}: ${quiet.get(link)} alone, ${disturbed} under load`);
    }
  } finally {
    for (const burner of burners) burner.kill();
  }
  return 2 * links.length;
}

/** @param {Page} page @param {number} minutes @param {string} engine @param {{ stacks: number, locked: number, sweeps: number }} seeds of how many */
async function soak(page, minutes, engine, seeds) {
  const look = await footprintOf(page, linksOf(1, engine)[0] ?? '');
  const end = performance.now() + minutes * 60_000;
  const isPython = engine === 'py';
  if (isPython) {
    await soakStacks(page, seeds.stacks, fail);
    await soakCounter(page, seeds.locked);
  }
  const sweeps = isPython ? seeds.sweeps : 0;
  let first;
  let loads = 0;
  for (let seed = 1; performance.now() < end || loads < LEAST_LOADS || seed <= sweeps; seed += 1) {
    loads += await sweep(page, seed, engine);
    const now = await look();
    first ??= now;
    for (const what of growth(first, now)) fail(what);
    console.log(`seed ${seed}: ${loads} loads, ${failures} failures, ${now.workers} workers, ${megabytes(now.heap)}`);
  }
  console.log(failures === 0 ? 'All runs were the same twice, and nothing grew.' : `${failures} failures.`);
  if (failures > 0) process.exitCode = 1;
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: String(DEFAULT_MINUTES) },
    url: { type: 'string' },
    engine: { type: 'string', default: 'ts' },
    stacks: { type: 'string', default: String(PYTHON.stacks) },
    locked: { type: 'string', default: String(PYTHON.lockedSeeds) },
    sweeps: { type: 'string', default: String(PYTHON.sweeps) },
  },
});
const seeds = { stacks: Number(values.stacks), locked: Number(values.locked), sweeps: Number(values.sweeps) };
await withApp(values.url, (page) => soak(page, Number(values.minutes), values.engine, seeds));
