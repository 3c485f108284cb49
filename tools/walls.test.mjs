// Do the walls hold? Each file below breaks one rule of the house; the linter must refuse exactly those.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @param {number} lines */
const functionOf = (lines) =>
  `export function long(n: number): number {\n${'  n += 1;\n'.repeat(lines - 3)}  return n;\n}\n`;

/** @param {string} from */
const importing = (from) => `export { value } from '${from}';\n`;

const IMPORT = 'eslint(no-restricted-imports)';
const GLOBAL = 'eslint(no-restricted-globals)';
const PROPERTY = 'eslint(no-restricted-properties)';
const LENGTH = 'eslint(max-lines-per-function)';

const WAITS = 'export const waits = (words: Int32Array) => Atomics.wait(words, 0, 0);\n';
const DATE = 'export const now = () => Date.now();\n';
const RANDOM = 'export const chance = () => Math.random();\n';
const SELF = 'export const scope = () => self;\n';

/** @type {[claim: string, path: string, source: string, rule: string][]} */
const REFUSED = [
  ['base imports nothing', 'src/base/a.ts', importing('../abi/x.ts'), IMPORT],
  ['abi does not import sync', 'src/abi/a.ts', importing('../sync/x.ts'), IMPORT],
  ['sync does not import kernel', 'src/sync/a.ts', importing('../kernel/x.ts'), IMPORT],
  ['kernel does not import ui', 'src/kernel/a.ts', importing('../ui/x.ts'), IMPORT],
  ['kernel does not import sync', 'src/kernel/b.ts', importing('../sync/x.ts'), IMPORT],
  ['a policy does not import runtime', 'src/kernel/policies/a.ts', importing('../../runtime/x.ts'), IMPORT],
  ['kernel imports no package', 'src/kernel/c.ts', "export { wrap } from 'comlink';\n", IMPORT],
  ['kernel imports nothing of Node', 'src/kernel/d.ts', "export { readFileSync } from 'node:fs';\n", IMPORT],
  ['kernel imports no type of ui', 'src/kernel/e.ts', "export type { X } from '../ui/x.ts';\n", IMPORT],
  ['runtime does not import kernel', 'src/runtime/a.ts', importing('../kernel/x.ts'), IMPORT],
  ['replay does not import kernel', 'src/replay/a.ts', importing('../kernel/x.ts'), IMPORT],
  ['explore does not import kernel', 'src/explore/a.ts', importing('../kernel/x.ts'), IMPORT],
  ['scenarios do not import sync', 'src/scenarios/lesson/a.ts', importing('../../sync/x.ts'), IMPORT],
  ['workers do not import ui', 'src/workers/a.worker.ts', importing('../ui/x.ts'), IMPORT],
  ['ui does not import kernel', 'src/ui/a.ts', importing('../kernel/x.ts'), IMPORT],
  [
    'ui does not import kernel on demand',
    'src/ui/h.ts',
    "export const later = () => import('../kernel/x.ts');\n",
    IMPORT,
  ],
  [
    'ui does not name a type of kernel',
    'src/ui/i.ts',
    "export type X = import('../kernel/x.ts').X;\n",
    'typescript(consistent-type-imports)',
  ],
  ['ui/host does not import replay', 'src/ui/host/a.ts', importing('../../replay/x.ts'), IMPORT],
  ['ui/host does not import ui/state', 'src/ui/host/b.ts', importing('../state/x.ts'), IMPORT],
  ['ui/state does not import views', 'src/ui/state/a.ts', importing('../views/p/x.ts'), IMPORT],
  [
    'ui/state does not import React DOM',
    'src/ui/state/b.ts',
    "export { createRoot } from 'react-dom/client';\n",
    IMPORT,
  ],
  ['a view does not import ui/host', 'src/ui/views/p/a.ts', importing('../../host/x.ts'), IMPORT],
  ['a view does not import scenarios', 'src/ui/views/p/b.ts', importing('../../../scenarios/x.ts'), IMPORT],
  ['base uses no randomness but its own', 'src/base/b.ts', RANDOM, PROPERTY],
  ['abi does not read the clock', 'src/abi/b.ts', DATE, GLOBAL],
  ['sync does not read the clock', 'src/sync/b.ts', 'export const now = () => performance.now();\n', GLOBAL],
  ['kernel does not read the clock', 'src/kernel/f.ts', DATE, GLOBAL],
  ['kernel does not reach Date another way', 'src/kernel/g.ts', 'export const D = globalThis.Date;\n', GLOBAL],
  ['kernel sets no timer', 'src/kernel/h.ts', 'export const later = (f: () => void) => setTimeout(f, 1);\n', GLOBAL],
  ['kernel uses no Math.random', 'src/kernel/i.ts', RANDOM, PROPERTY],
  ['runtime does not read the clock', 'src/runtime/b.ts', DATE, GLOBAL],
  ['the port of live mode reads no calendar', 'src/runtime/live-port.ts', DATE, GLOBAL],
  ['a scenario uses no randomness but the seeded', 'src/scenarios/lesson/program.ts', RANDOM, PROPERTY],
  [
    'replay logs nothing to the console',
    'src/replay/b.ts',
    "export const say = () => console.log('x');\n",
    'eslint(no-console)',
  ],
  [
    'ui logs nothing to the console',
    'src/ui/b.ts',
    "export const say = () => console.log('x');\n",
    'eslint(no-console)',
  ],
  ['the main thread never blocks', 'src/ui/host/c.ts', WAITS, PROPERTY],
  ['replay never blocks', 'src/replay/c.ts', WAITS, PROPERTY],
  ['only *.worker.ts touches self', 'src/workers/b.ts', SELF, GLOBAL],
  ['ui does not touch self', 'src/ui/c.ts', SELF, GLOBAL],
  ['any is refused', 'src/ui/d.ts', 'export const x = (y: any) => y as number;\n', 'typescript(no-explicit-any)'],
  ['a cycle is refused', 'src/replay/d.ts', "export { f } from './e.ts';\nexport const g = 1;\n", 'import(no-cycle)'],
  ['a function has at most 70 lines', 'src/ui/e.ts', functionOf(71), LENGTH],
  ['a function of kernel has at most 45 lines', 'src/kernel/j.ts', functionOf(46), LENGTH],
  ['a function of sync has at most 45 lines', 'src/sync/c.ts', functionOf(46), LENGTH],
  [
    'a file has at most 600 lines',
    'src/ui/f.ts',
    '// a line\n'.repeat(600) + SELF.replace('self', '1'),
    'eslint(max-lines)',
  ],
];

/** @type {[claim: string, path: string, source: string][]} */
const ACCEPTED = [
  ['kernel imports base and abi', 'src/kernel/policies/ok.ts', importing('../../abi/x.ts') + importing('../queue.ts')],
  ['sync waits', 'src/sync/ok.ts', WAITS],
  ['kernel waits', 'src/kernel/ok.ts', WAITS],
  [
    'ui/host names the address of a worker',
    'src/ui/host/ok.ts',
    "import url from '../../workers/python.worker.ts?worker&url';\nexport const address = url;\n",
  ],
  ['workers import kernel', 'src/workers/ok.worker.ts', importing('../kernel/x.ts') + SELF],
  [
    'the port of live mode reads the clock',
    'src/runtime/live-clock.ts',
    'export const nowMs = () => performance.now();\n',
  ],
  ['explore imports replay', 'src/explore/ok.ts', importing('../replay/x.ts')],
  [
    'a view imports state and React',
    'src/ui/views/p/ok.ts',
    `${importing('../../state/x.ts')}export { useMemo } from 'react';\n`,
  ],
  ['a function of 45 lines is short enough for kernel', 'src/kernel/k.ts', functionOf(45)],
  ['a function of 70 lines is short enough', 'src/ui/g.ts', functionOf(70)],
  ['a test may import any side', 'src/kernel/ok.test.ts', importing('../sync/x.ts')],
];

/** @type {Map<string, Set<string>>} */
const found = new Map();
let folder = '';

/** @param {string} path @param {string} source */
function place(path, source) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'procession-walls-'));
  for (const name of ['oxlint.config.mjs', 'package.json']) cpSync(join(ROOT, name), join(folder, name));
  place('src/replay/e.ts', "export { g } from './d.ts';\nexport const f = 1;\n");
  for (const [, path, source] of [...REFUSED, ...ACCEPTED]) place(path, source);

  const oxlint = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const args = [oxlint, '-c', 'oxlint.config.mjs', '--format=json', 'src'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  for (const { filename, code } of JSON.parse(stdout).diagnostics) {
    const path = filename.replaceAll('\\', '/');
    found.set(path, (found.get(path) ?? new Set()).add(code));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the linter refuses', () => {
  test.each(REFUSED)('%s', (_claim, path, _source, rule) => {
    expect([...(found.get(path) ?? [])]).toEqual([rule]);
  });
});

describe('the linter accepts', () => {
  test.each(ACCEPTED)('%s', (_claim, path) => {
    expect([...(found.get(path) ?? [])]).toEqual([]);
  });
});
