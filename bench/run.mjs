// npm run bench [-- <name> …] [--rounds <n>] [--write]: what is measured, and how, is in bench/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { getBrowser, launchOptions } from '../tools/browser.mjs';
import { absolutesOf, tableOf, withTable } from './report.mjs';
import { serveBenches } from './serve.mjs';

const LEAST_ROUNDS = 7;
const READMES = /** @type {const} */ ({ en: 'README.md', zh: 'README.zh.md' });

/** @typedef {import('./bench.ts').CaseResult} CaseResult */

/**
 * The page cannot see how long its scripts ran in all; the browser can.
 *
 * @param {import('playwright').Page} page
 */
async function exposeScriptTime(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.exposeFunction('scriptSeconds', async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
  });
}

/**
 * @param {string} bench
 * @param {number} rounds
 * @returns {[string, number]}
 */
const task = (bench, rounds) => [bench, rounds];

/**
 * @param {string[]} wanted names of benches; none = all
 * @param {number} rounds
 * @param {string} url
 * @returns {Promise<{ results: CaseResult[], version: string }>}
 */
async function measureAll(wanted, rounds, url) {
  const browser = await chromium.launch({ ...launchOptions(), headless: true });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => console.error(error));
    await exposeScriptTime(page);
    await page.goto(url);
    await page.waitForFunction(() => 'benches' in window);
    const names = await page.evaluate(() => window.benches.names);
    const unknown = wanted.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`there is no bench "${unknown}"; there are ${names.join(', ')}`);
    const results = [];
    for (const bench of wanted.length > 0 ? wanted : names) {
      const begin = performance.now();
      process.stderr.write(`${bench} … `);
      results.push(...(await page.evaluate(([which, count]) => window.benches.run(which, count), task(bench, rounds))));
      process.stderr.write(`${((performance.now() - begin) / 1000).toFixed(0)} s\n`);
    }
    return { results, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/**
 * @param {readonly CaseResult[]} results
 * @param {string} circumstances
 */
function writeTables(results, circumstances) {
  for (const language of /** @type {const} */ (['en', 'zh'])) {
    const table = `${tableOf(results, language)}\n\n${circumstances}\n`;
    writeFileSync(READMES[language], withTable(readFileSync(READMES[language], 'utf8'), table));
  }
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: String(LEAST_ROUNDS) }, write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
getBrowser();
const server = await serveBenches();
try {
  const times = Math.max(LEAST_ROUNDS, Number(values.rounds) || 0);
  const { results, version } = await measureAll(positionals, times, server.url);
  const today = new Date().toISOString().slice(0, 10);
  const circumstances = `${today} · Chromium ${version} · ${cpus().length} × ${cpus()[0]?.model.trim()} · ${times} rounds`;
  console.log(`\n${circumstances}\n\n${tableOf(results, 'en')}\n\n${absolutesOf(results)}`);
  if (values.write) writeTables(results, circumstances);
} finally {
  await server.close();
}
