import { expect, test, type Page } from '@playwright/test';
import { openLab } from './lab.ts';
import { LESSONS } from './lessons.ts';
import { differingPixels } from './pictures.ts';

/** What the page shows, as data: everything the views draw follows from it. */
const pageState = (page: Page) =>
  page.evaluate(() => ({
    status: window.procession.status(),
    stdout: window.procession.stdout(),
    hash: window.procession.hash(),
    link: window.procession.link(),
    text: document.querySelector('main')?.textContent,
  }));

/** Motion is judged elsewhere; here two pictures must not differ by a token on its way. */
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Seeks to where a step ends, after this part of the log. */
const seekTo = (page: Page, part: number) =>
  page.evaluate(async (share) => {
    const { records } = window.procession.status();
    await window.procession.seek(Math.floor(records * share));
    await window.procession.step();
  }, part);

async function backAndForth(page: Page, steps: number): Promise<void> {
  await page.evaluate((n) => window.procession.back(n), steps);
  await page.evaluate((n) => window.procession.step(n), steps);
}

async function expectSamePage(page: Page, steps: number, what: string): Promise<void> {
  // Which part of a long timeline is in view follows from where the cursor came from: here always from the left.
  await backAndForth(page, steps);
  const before = await pageState(page);
  const picture = await page.screenshot({ animations: 'disabled' });
  await backAndForth(page, steps);
  expect(await pageState(page), what).toEqual(before);
  expect(await differingPixels(page, picture, await page.screenshot({ animations: 'disabled' })), what).toBe(0);
}

test('n steps back and n forward show the same page', async ({ page }) => {
  await openLab(page, '#/lock?lang=en');
  await page.evaluate(() => window.procession.run({ to: 'end' }));
  for (const part of [0.25, 0.6]) {
    for (const steps of [1, 3, 6]) {
      await seekTo(page, part);
      await expectSamePage(page, steps, `${steps} steps after ${part} of the log`);
    }
  }
});

test('so they do in every lesson', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  for (const lesson of LESSONS) {
    await page.evaluate((id) => window.procession.open(`#/${id}?lang=en`), lesson);
    await page.evaluate(() => window.procession.run({ to: 'end' }));
    await seekTo(page, 0.6);
    await expectSamePage(page, 4, lesson);
  }
});

test('every single step back and forward again gives the same data', async ({ page }) => {
  await openLab(page, '#/lock?lang=en');
  const differing = await page.evaluate(async () => {
    const { procession } = window;
    await procession.run({ to: 'end' });
    const wrong: number[] = [];
    const seen: string[] = [];
    for (let before = -1; procession.status().record !== before;) {
      before = procession.status().record;
      seen.push(JSON.stringify(procession.status()));
      await procession.back();
    }
    while (seen.length > 0) {
      if (JSON.stringify(procession.status()) !== seen.pop()) wrong.push(procession.status().record);
      await procession.step();
    }
    return wrong;
  });
  expect(differing).toEqual([]);
});
