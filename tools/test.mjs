// npm test: every part in order, stopping at the first that fails, closed by one line `N passed, N failed`.
// `node tools/test.mjs unit src/kernel` runs the named parts only and hands the rest of the line to their runner.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureChineseFont, getBrowser } from './browser.mjs';
import { ensureFirefoxInCi } from './firefox.mjs';

const REPORTS = 'node_modules/.cache/reports';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ title: string, commands: string[][], report?: string, count?: (report: any) => Count, browser?: boolean }} Part
 */

/** @type {(report: any) => Count} */
const vitestCount = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
});

/** @type {(report: any) => Count} */
const playwrightCount = ({ stats }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky,
  skipped: stats.skipped,
});

/** @param {string} project */
const vitest = (project) => ['vitest', 'run', `--project=${project}`, '--reporter=default', '--reporter=json'];

/** @type {Record<string, Part>} */
const PARTS = {
  types: { title: 'Types', commands: [['tsc', '-b']] },
  lint: {
    title: 'Lint and format',
    commands: [
      ['oxlint', '-c', 'oxlint.config.mjs'],
      ['oxfmt', '--check'],
    ],
  },
  unit: { title: 'Unit tests (Node)', commands: [vitest('node')], report: `${REPORTS}/unit.json`, count: vitestCount },
  browser: {
    title: 'Tests in the browser',
    commands: [vitest('browser')],
    report: `${REPORTS}/browser.json`,
    count: vitestCount,
    browser: true,
  },
  build: { title: 'Build', commands: [['vite', 'build']] },
  e2e: {
    title: 'End to end',
    commands: [['playwright', 'test', '--reporter=list,json']],
    report: `${REPORTS}/e2e.json`,
    count: playwrightCount,
    browser: true,
  },
};

/** A port nobody listens on now, for the server of the built app: several runs may share a machine. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/**
 * The tests a part counted; a part that broke down without a failed test counts as one failure.
 *
 * @param {Part} part
 * @param {boolean} ok
 * @returns {Count}
 */
function counted(part, ok) {
  const broken = { passed: 0, failed: ok ? 0 : 1, skipped: 0 };
  if (part.report === undefined || part.count === undefined) return broken;
  try {
    const count = part.count(JSON.parse(readFileSync(part.report, 'utf8')));
    return ok || count.failed > 0 ? count : { ...count, failed: 1 };
  } catch {
    return broken;
  }
}

/**
 * @param {Part} part
 * @param {string[]} extra arguments for the runner
 * @param {NodeJS.ProcessEnv} env
 */
function run(part, extra, env) {
  if (part.report !== undefined) rmSync(part.report, { force: true });
  return part.commands.every(([program = '', ...args]) => {
    const output = program === 'vitest' ? [`--outputFile.json=${part.report}`] : [];
    const counts = part.report === undefined ? [] : extra;
    const result = spawnSync(join('node_modules', '.bin', program), [...args, ...output, ...counts], {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: part.report },
    });
    return result.status === 0;
  });
}

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** @param {string[]} line the command line: names of parts, then arguments for their runners */
async function main(line) {
  const firstExtra = line.findIndex((word) => !(word in PARTS));
  const named = firstExtra === -1 ? line : line.slice(0, firstExtra);
  const extra = firstExtra === -1 ? [] : line.slice(firstExtra);
  const names = named.length > 0 ? named : Object.keys(PARTS);
  const env = { ...process.env };
  if (names.some((name) => PARTS[name]?.browser === true)) {
    ensureChineseFont();
    ensureFirefoxInCi();
    env['PROCESSION_CHROMIUM'] = getBrowser();
    env['PROCESSION_PORT'] = String(await freePort());
  }

  mkdirSync(REPORTS, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const times = [];
  for (const name of names) {
    const part = PARTS[name];
    if (part === undefined) continue;
    console.log(`\n━━ ${part.title} ━━`);
    const startMs = performance.now();
    const ok = run(part, extra, env);
    times.push(`${part.title} ${seconds(performance.now() - startMs)}`);
    const count = counted(part, ok);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    if (!ok) {
      console.log(`\n${part.title}: failed.`);
      process.exitCode = 1;
      break;
    }
  }
  console.log(`\n${times.join(' · ')}`);
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await main(process.argv.slice(2));
