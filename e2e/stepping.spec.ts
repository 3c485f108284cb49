import { expect, test, type Page } from '@playwright/test';
import { openLab } from './lab.ts';
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

for (const [lesson, records] of [
  ['three-states', [41, 100]],
  ['hello-process', [23, 26]],
  ['lock', [40, 90]],
  ['workload', [37, 45]],
] as const) {
  test(`${lesson}: n steps back and n forward show the same page`, async ({ page }) => {
    await openLab(page, `#/${lesson}?lang=en`);
    await page.evaluate(() => window.procession.run({ to: 'end' }));
    for (const record of records) {
      for (const steps of [1, 3, 6]) {
        await page.evaluate((at) => window.procession.seek(at), record);
        const before = await pageState(page);
        const picture = await page.screenshot({ animations: 'disabled' });
        await page.evaluate((n) => window.procession.back(n), steps);
        await page.evaluate((n) => window.procession.step(n), steps);
        expect(await pageState(page)).toEqual(before);
        expect(await differingPixels(page, picture, await page.screenshot({ animations: 'disabled' }))).toBe(0);
      }
    }
  });
}

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
