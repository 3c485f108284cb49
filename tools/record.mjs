// npm run record [-- --check] [--url <address>]: the default run of every lesson, as public/recorded/<lesson>.json, for
// browsers in which nothing can run. `--check` writes nothing and fails when a recording is not the lesson's run any more.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lessonIds, withApp } from './app.mjs';

const FOLDER = 'public/recorded';

/** @param {string} lesson */
const fileOf = (lesson) => join(FOLDER, `${lesson}.json`);

/**
 * The whole run of a lesson's default link: a `Trace` of src/replay/trace.ts, with the run's hash beside it.
 *
 * @param {import('playwright').Page} page
 * @param {string} lesson
 */
async function recordLesson(page, lesson) {
  const recording = await page.evaluate(async (id) => {
    const { procession } = window;
    await procession.open(`#/${id}`);
    const { outcome } = await procession.run({ to: 'end' });
    return { outcome, run: { hash: procession.hash(), ...procession.trace() } };
  }, lesson);
  if (recording.outcome !== 'finished' && recording.outcome !== 'deadlock') {
    throw new Error(`${lesson}: the run did not come to an end, it is "${recording.outcome}"`);
  }
  return recording.run;
}

/** @param {string} lesson @returns {string} hash of the recording, '' = there is none */
function recordedHash(lesson) {
  try {
    return JSON.parse(readFileSync(fileOf(lesson), 'utf8')).hash;
  } catch {
    return '';
  }
}

/** @param {import('playwright').Page} page @param {string} lesson */
async function check(page, lesson) {
  const { hash } = await recordLesson(page, lesson);
  const recorded = recordedHash(lesson);
  console.log(
    `${recorded === hash ? 'ok     ' : 'DIFFERS'} ${lesson}: recorded ${recorded || 'nothing'}, runs as ${hash}`,
  );
  if (recorded !== hash) process.exitCode = 1;
}

/** @param {import('playwright').Page} page @param {string} lesson */
async function write(page, lesson) {
  const run = await recordLesson(page, lesson);
  const text = `${JSON.stringify(run)}\n`;
  writeFileSync(fileOf(lesson), text);
  console.log(`${lesson}: ${run.records} records, ${Math.ceil(text.length / 1024)} kB, ${run.hash}`);
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, url: { type: 'string' } },
});
mkdirSync(FOLDER, { recursive: true });
await withApp(values.url, async (page) => {
  const lessons = new Set([...lessonIds('ts'), ...lessonIds('py')]);
  for (const lesson of lessons) await (values.check ? check : write)(page, lesson);
});
if (process.exitCode === 1) console.log('Record the lessons again with `npm run record`.');
