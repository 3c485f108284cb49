import { expect, test, type Page } from '@playwright/test';
import { openLab } from './lab.ts';

const measure = (page: Page, link: string) =>
  page.evaluate(async (target) => {
    await window.procession.open(target);
    const { outcome } = await window.procession.run({ to: 'end' });
    const { processes, run } = window.procession.metrics();
    const average = (values: readonly (number | null)[]) =>
      values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0) / values.length;
    return {
      outcome,
      ticks: run.ticks,
      busy: run.utilisation * run.ticks,
      response: average(processes.map((process) => process.response)),
      turnaround: average(processes.map((process) => process.turnaround)),
      waiting: average(processes.map((process) => process.waiting)),
      names: processes.map((process) => process.name),
    };
  }, link);

test('the workload measures what the textbooks do', async ({ page }) => {
  await openLab(page);
  const rr = await measure(page, '#/workload?policy=rr&quantum=1&cpus=1&jobs=0:c3,0:c5,0:c2');
  expect(rr.names).toEqual(['P0', 'P1', 'P2']);
  expect(rr.outcome).toBe('finished');
  expect(rr.response).toBeCloseTo(1, 9);
  expect(rr.turnaround).toBeCloseTo(23 / 3, 9);
  expect(rr.waiting).toBeCloseTo(13 / 3, 9);

  const fcfs = await measure(page, '#/workload?policy=fcfs&cpus=1&jobs=0:c100,0:c10,0:c10');
  expect(fcfs.turnaround).toBeCloseTo(110, 9);
  const sjf = await measure(page, '#/workload?policy=sjf&cpus=1&jobs=0:c100,0:c10,0:c10');
  expect(sjf.turnaround).toBeCloseTo(50, 9);
});

test('I/O overlaps with the others: 31 ticks, 21 of them busy, P0 ready without a CPU in the 7th to the 16th', async ({
  page,
}) => {
  await openLab(page);
  const run = await measure(page, '#/workload?policy=fcfs&cpus=1&jobs=0:c1-i5-c2-i5-c2-i5-c1,0:c5,0:c5,0:c5');
  expect(run.ticks).toBe(31);
  expect(run.busy).toBeCloseTo(21, 9);
  const waits = await page.evaluate(() =>
    window.procession
      .log()
      .filter((event) => event.pid === 1 && (event.kind === 'ready' || event.kind === 'dispatched'))
      .map((event) => [event.kind, event.tick]),
  );
  // Ticks count from 0: Ready from the start of the 7th tick (6), dispatched at the start of the 17th (16).
  expect(waits.slice(2, 4)).toEqual([
    ['ready', 6],
    ['dispatched', 16],
  ]);
});
