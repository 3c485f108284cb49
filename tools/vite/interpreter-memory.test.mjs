import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { make, memoryName } from './interpreter-memory.mjs';

const folder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));

test('the memory of an interpreter is the same wherever and whenever it is made', async () => {
  const near = await mkdtemp(join(tmpdir(), 'memory-'));
  try {
    const far = join(near, 'in', 'a', 'folder', 'of', 'a', 'much', 'longer', 'name');
    await mkdir(far, { recursive: true });
    const [one, other] = [await make(folder, near), await make(folder, far)];
    const digests = [one, other].map((memory) => createHash('sha256').update(memory).digest('hex'));
    expect(one.length).toBeGreaterThan(1e6);
    expect(digests[1]).toBe(digests[0]);
    expect(await readdir(far)).toEqual([]);
  } finally {
    await rm(near, { recursive: true });
  }
});

test('it has another name for another version of the interpreter', async () => {
  const name = await memoryName('1');
  expect(name).toMatch(/^memory-[0-9a-f]{16}\.bin$/);
  expect(await memoryName('1')).toBe(name);
  expect(await memoryName('2')).not.toBe(name);
});
