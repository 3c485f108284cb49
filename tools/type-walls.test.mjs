// Each side compiles with its own `lib`: what a side may not use, it cannot even name.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLOSED_SIDES = ['base', 'abi', 'sync', 'kernel', 'replay', 'explore', 'runtime', 'scenarios'];
const HOST_NAMES = ['console', 'performance', 'setTimeout', 'document', 'postMessage', 'process'];

let folder = '';
let output = '';

/** @param {string} path @param {string} source */
function place(path, source) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'procession-types-'));
  for (const path of ['tsconfig.base.json', ...CLOSED_SIDES.map((side) => `src/${side}/tsconfig.json`)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path));
  }
  const references = CLOSED_SIDES.map((side) => ({ path: `src/${side}` }));
  place('tsconfig.json', JSON.stringify({ files: [], references }));
  for (const side of CLOSED_SIDES) {
    for (const name of HOST_NAMES) place(`src/${side}/${name}.ts`, `export const used = ${name};\n`);
    place(`src/${side}/shared.ts`, 'export const used = Atomics.load(new Int32Array(new SharedArrayBuffer(4)), 0);\n');
  }
  place('src/kernel/upward.ts', "export { used } from '../sync/shared.ts';\n");
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  output = spawnSync(process.execPath, [tsc, '-b', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' }).stdout;
}, 30_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(CLOSED_SIDES)('%s cannot name a clock, a timer, the console, the DOM or Node', (side) => {
  const unnamed = HOST_NAMES.filter((name) => output.includes(`src/${side}/${name}.ts(1,`));
  expect(unnamed).toEqual(HOST_NAMES);
});

test.each(CLOSED_SIDES)('%s can name shared memory', (side) => {
  expect(output).not.toContain(`src/${side}/shared.ts(`);
});

test('a side cannot import a side it does not reference', () => {
  expect(output).toMatch(/src\/kernel\/upward\.ts\(1,\d+\): error TS6307|src\/sync\/shared\.ts' is not listed/);
});
