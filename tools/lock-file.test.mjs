// `npm ci` must work on every system and from every registry, whatever machine wrote the lock file.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** @type {Record<string, { resolved?: string, optionalDependencies?: Record<string, string> }>} */
const packages = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')).packages;

test('the lock file names no registry but the default one', () => {
  const hosts = Object.values(packages).flatMap(({ resolved }) =>
    resolved === undefined ? [] : [new URL(resolved).host],
  );
  expect(new Set([...hosts, 'registry.npmjs.org'])).toEqual(new Set(['registry.npmjs.org']));
});

test('the lock file holds the native parts of every system, not only of this one', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});
