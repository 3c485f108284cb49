import { expect, test } from 'vitest';

test('browser tests run in a cross-origin isolated page', () => {
  expect(crossOriginIsolated).toBe(true);
  expect(new Int32Array(new SharedArrayBuffer(4))).toHaveLength(1);
});
