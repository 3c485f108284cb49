import { expect, test, type CDPSession } from '@playwright/test';
import { openLab } from './lab.ts';
import { LESSONS } from './lessons.ts';

/** Bytes of the page's JavaScript heap that survive a collection. */
async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

test('200 lessons one after the other leave no worker and no memory behind', async ({ page, context }) => {
  test.setTimeout(120_000);
  await openLab(page);
  const session = await context.newCDPSession(page);
  const visit = (count: number) =>
    page.evaluate(
      async ({ lessons, rounds }) => {
        for (let round = 0; round < rounds; round += 1) {
          await window.procession.open(`#/${lessons[round % lessons.length]}?seed=${round}`);
          await window.procession.run({ maxSteps: 25 });
        }
      },
      { lessons: LESSONS, rounds: count },
    );
  // What is kept for good (compiled code, caches, grown arrays) comes with the first hundred: 10 kB a visit, then 2.
  await visit(100);
  const workers = page.workers().length;
  const before = await heapBytes(session);
  await visit(200);
  expect(page.workers().length).toBe(workers);
  const grown = (await heapBytes(session)) - before;
  // 200 leaked runs would be 200 logs, replays and drawings: more than this many bytes each.
  expect(grown / 200).toBeLessThan(10_000);
});
