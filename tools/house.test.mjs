// The shape of the source tree: known sides, telling names, short files.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
const SIDES = ['abi', 'base', 'explore', 'kernel', 'replay', 'runtime', 'scenarios', 'sync', 'ui', 'workers'];
const TELLS_NOTHING = new Set(['utils', 'util', 'helpers', 'common', 'types', 'misc', 'shared']);

const entries = readdirSync(SOURCE, { recursive: true, withFileTypes: true });

test('src holds the sides of the import table and nothing else', () => {
  expect(readdirSync(SOURCE).toSorted()).toEqual(SIDES);
});

test('no folder and no file has a name that tells nothing', () => {
  const names = entries.map(({ name }) => name).filter((name) => TELLS_NOTHING.has(basename(name).split('.')[0] ?? ''));
  expect(names).toEqual([]);
});

test('nine files in ten have less than 450 lines', () => {
  const lengths = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').length);
  const long = lengths.filter((lines) => lines >= 450);
  expect(long.length).toBeLessThanOrEqual(lengths.length / 10);
});
