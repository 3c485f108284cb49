import { expect, test } from '@playwright/test';
import { openLab } from './lab.ts';

test('the pool grows in the middle of a run; the change is in the link, which gives the same run', async ({ page }) => {
  await openLab(page, '#/pool?lang=en');
  await page.evaluate(() => window.procession.step(12));
  const before = await page.evaluate(() => window.procession.status().threads.length);
  const size = page.getByLabel('Pool size');
  await size.fill('5');
  await size.press('Tab');
  await expect.poll(() => page.evaluate(() => window.procession.link())).toContain(':pool:5');
  const found = await page.evaluate(async () => {
    await window.procession.run();
    const [hash, link] = [window.procession.hash(), window.procession.link()];
    await window.procession.open(link);
    const { outcome, threads } = await window.procession.run();
    return { outcome, threads: threads.length, same: window.procession.hash() === hash };
  });
  expect(found).toMatchObject({ outcome: 'finished', same: true });
  expect(found.threads).toBeGreaterThan(before);
});
