import { test } from 'vitest';
import { inBothModes } from './fixtures/modes.fixture.ts';
const NAMES = (import.meta.env['VITE_CLAIMS'] ?? 'apply').split(',');
inBothModes((run, mode) => {
  test.each(NAMES)(
    '%s',
    async (claim) => {
      const t = performance.now();
      const r = await run({ program: 'pool-claims', parameters: { claim, tasks: 40, ticks: 5 }, machine: { cpus: 2 } });
      console.log(
        mode,
        claim,
        JSON.stringify(r.status),
        `${Math.round(performance.now() - t)} ms\n` + r.stdout + '--stderr\n' + r.stderr,
      );
    },
    20000,
  );
});
