import fc from 'fast-check';
import { expect, test } from '@playwright/test';
import { expectNoPageErrors, openLab } from './lab.ts';

const NAMES = [
  'v', 'engine', 'mode', 'cpus', 'policy', 'quantum', 'levels', 'allotment', 'boost', 'pool', 'seed', 'picks', 'inputs',
  'at', 'lang', 'code', 'thread', 'speed', 'view', 'embed', 'step', 'library', 'processes', 'rounds', 'buyers', 'tickets', 'locked', 'jobs', 'nonsense',
]; // prettier-ignore
const nonsense = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 24 }),
  fc.constantFrom(
    '',
    '-1',
    '0',
    '1e9',
    '99999999999999999999',
    'NaN',
    'null',
    '%E0%A4%A',
    '0:c99999',
    '0:c3,,',
    '1:2:3',
    '5:kill:',
    'true',
  ),
  fc.integer().map(String),
  fc.double().map(String),
);
const link = fc
  .record({
    lesson: fc.oneof(
      fc.constantFrom('three-states', 'hello-process', 'lock', 'workload', 'custom'),
      fc.string({ maxLength: 12 }),
    ),
    fields: fc.array(fc.tuple(fc.constantFrom(...NAMES), nonsense), { maxLength: 8 }),
  })
  .map(({ lesson, fields }) => `#/${lesson}?${fields.map(([name, value]) => `${name}=${value}`).join('&')}`);

test('links full of nonsense end in a valid state and a message, never in an error of the page', async ({ page }) => {
  test.setTimeout(180_000);
  const noErrors = expectNoPageErrors(page);
  await openLab(page);
  const links = fc.sample(link, { numRuns: 300, seed: 20261123 });
  const faults = await page.evaluate(async (all) => {
    const { procession } = window;
    const wrong: string[] = [];
    for (const target of all) {
      let rejected = '';
      await procession.open(target).catch((error: Error) => (rejected = error.message));
      const { outcome, threads, notices, record } = procession.status();
      if (!['ready', 'paused', 'finished', 'deadlock', 'limit'].includes(outcome)) wrong.push(`${target}: ${outcome}`);
      if (!procession.link().includes('#/')) wrong.push(`${target}: no link`);
      if (rejected !== '' && notices.length === 0) wrong.push(`${target}: rejected without a notice`);
      // At record 0 there is nobody yet.
      if (threads.length === 0 && record > 0 && !procession.link().includes('#/custom'))
        wrong.push(`${target}: no thread`);
    }
    return wrong;
  }, links);
  expect(faults).toEqual([]);
  noErrors();
});

test('a wrong value is named, with what is allowed and what was used', async ({ page }) => {
  await openLab(page, '#/lock?lang=en&cpus=99&policy=fastest&buyers=many');
  const notices = (await page.getByTestId('notices').textContent()) ?? '';
  expect(notices).toMatch(/cpus.*1.*16/);
  expect(notices).toMatch(/policy.*fcfs/);
  expect(notices).toMatch(/buyers/);
});

test('an unknown lesson gets the list, a newer version is told so', async ({ page }) => {
  await openLab(page);
  const messages = await page.evaluate(async () => {
    const said: string[] = [];
    for (const target of ['#/no-such-lesson?lang=en', '#/lock?v=9&lang=en']) {
      await window.procession.open(target).catch((error: Error) => said.push(error.message));
    }
    return said;
  });
  expect(messages[0]).toMatch(/three-states.*workload/);
  expect(messages[1]).toMatch(/version 9/);
});

test('a link with a program of one’s own shows it, and nothing runs', async ({ page }) => {
  await openLab(page);
  const shared = await page.evaluate(async () => {
    await window.procession.program('print("mine")\n');
    return window.procession.link();
  });
  await page.goto('about:blank');
  await page.goto(shared);
  await expect(page.getByText('"mine"')).toBeVisible();
  expect(await page.evaluate(() => window.procession.log().length)).toBe(0);
});

test('the shared link shows the same view in another tab', async ({ page, context }) => {
  await openLab(page, '#/lock?lang=en&locked=true&cpus=2');
  await page.evaluate(() => window.procession.step(33));
  const here = await page.evaluate(() => ({ status: window.procession.status(), link: window.procession.link() }));
  const other = await context.newPage();
  await other.goto(here.link);
  await other.waitForFunction(() => 'procession' in window);
  const there = await other.evaluate(async () => {
    await window.procession.ready;
    return { status: window.procession.status(), link: window.procession.link() };
  });
  expect(there.status.threads).toEqual(here.status.threads);
  expect(there.status.record).toBe(here.status.record);
  expect(there.link).toBe(here.link);
});
