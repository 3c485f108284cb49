import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { openLab } from './lab.ts';
import { LESSONS, ONLY_IN_PYTHON } from './lessons.ts';

const ALL = [...LESSONS, ...ONLY_IN_PYTHON];
const FOLDER = new URL('../public/recorded/', import.meta.url);

const recordingOf = (lesson: string): { hash: string } =>
  JSON.parse(readFileSync(new URL(`${lesson}.json`, FOLDER), 'utf8')) as { hash: string };

test('the recorded runs are what the lessons do today (else: npm run record)', async ({ page }) => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(ALL.map((lesson) => `${lesson}.json`).toSorted());
  await openLab(page);
  for (const lesson of ALL) {
    const hash = await page.evaluate(async (id) => {
      await window.procession.open(`#/${id}`);
      await window.procession.run({ to: 'end' });
      return window.procession.hash();
    }, lesson);
    expect(hash, lesson).toBe(recordingOf(lesson).hash);
  }
});

test('where the page cannot be isolated it says why and how, and shows the recorded run', async ({ browser }) => {
  // No headers and no service worker: as on a plain host in a private window.
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(response.headers()).filter(([name]) => !name.startsWith('cross-origin')),
    );
    await route.fulfill({ response, headers });
  });
  await openLab(page, '#/lock?lang=en');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(page.getByTestId('hindrance')).toContainText(/headers/);
  await page.keyboard.press('End');
  await expect(page.getByTestId('outcome')).toBeVisible();
  expect(await page.evaluate(() => window.procession.hash())).toBe(recordingOf('lock').hash);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => page.evaluate(() => window.procession.status().outcome)).toBe('paused');
  // What cannot be done here is said, and changes nothing.
  const refused = await page.evaluate(() => window.procession.set('buyers', 9).catch((error: Error) => error.message));
  expect(refused).toMatch(/cannot be changed here/);
  await page.goto('about:blank');
  await openLab(page, '#/gil?lang=en');
  await page.keyboard.press('End');
  await expect(page.getByTestId('outcome')).toBeVisible();
  expect(await page.evaluate(() => window.procession.hash())).toBe(recordingOf('gil').hash);
  await context.close();
});
