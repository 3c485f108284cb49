// Part of npm run soak: stacks of the Python engine that are suspended at any depth of Python and C, while others collect, raise,
// recurse and end. The engine leans on Pyodide's internals for that; what breaks them shows as a crash, a hang or a wrong number.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './built.mjs';

/** Brings `window.procession` into the types of the tools. @typedef {typeof import('../src/ui/state/expose-automation.ts')} Exposed */

const ROUNDS = 12;
const THREADS = 6;

/** The program of src/runtime/python/soak.browser.test.ts, for longer. */
function program() {
  const source = readFileSync(join(ROOT, 'src/runtime/fixtures/stacks.soak.py'), 'utf8');
  const longer = source.replace(/^ROUNDS = \d+$/m, `ROUNDS = ${ROUNDS}`);
  if (longer === source) throw new Error('the program of the soak does not say how many rounds it makes');
  return longer;
}

/**
 * Runs it with so many seeds.
 *
 * @param {import('playwright').Page} page
 * @param {number} seeds
 * @param {(what: string) => void} fail is told with which it does not print what it must
 */
export async function soakStacks(page, seeds, fail) {
  await page.evaluate((source) => window.procession.program(source), program());
  for (let seed = 1; seed <= seeds; seed += 1) {
    const said = await page.evaluate(async (number) => {
      const { procession } = window;
      await procession.set('policy', 'random');
      await procession.set('seed', number);
      let { outcome } = await procession.run({ to: 'end' });
      while (outcome === 'limit') ({ outcome } = await procession.run({ to: 'end' }));
      return `${outcome} ${procession.stdout()}`;
    }, seed);
    if (said !== `finished ${ROUNDS * THREADS} True 1\n`) fail(`stacks, seed ${seed}: ${said}`);
    console.log(`stacks, seed ${seed}`);
  }
}
