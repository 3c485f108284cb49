import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contracts, PAGE, pageOf } from './contracts.mjs';

test('docs/contracts.md says what the contract suites test today (else: npm run contracts)', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(pageOf());
});

test('every contract has claims, each with a mode, and no claim is made twice', () => {
  for (const { name, claims } of contracts()) {
    expect(claims.length, name).toBeGreaterThan(0);
    expect(
      claims.filter(({ modes }) => modes.length === 0),
      name,
    ).toEqual([]);
    const said = claims.map(({ claim }) => claim);
    expect(said, name).toEqual([...new Set(said)]);
  }
});
