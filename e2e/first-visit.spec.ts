import { expect, test } from '@playwright/test';
import { expectNoPageErrors, openLab } from './lab.ts';

test('a first visit shows a process Ready, Running and Blocked after one click', async ({ page }) => {
  const noErrors = expectNoPageErrors(page);
  await openLab(page);
  expect(await page.evaluate(() => window.procession.link())).toContain('#/three-states');
  await page.getByTestId('play').click();
  const seen = new Set<string>();
  await expect
    .poll(
      async () => {
        const { threads } = await page.evaluate(() => window.procession.status());
        for (const thread of threads) seen.add(thread.state);
        return ['Ready', 'Running', 'Blocked'].every((state) => seen.has(state));
      },
      { intervals: [50], timeout: 10_000 },
    )
    .toBe(true);
  noErrors();
});

test('the page is interactive in less than two seconds', async ({ page }) => {
  await openLab(page);
  const ready = await page.evaluate(async () => {
    await window.procession.ready;
    return performance.now();
  });
  // The time on the page's own clock, from the start of its navigation.
  expect(ready).toBeLessThan(2_000);
});

test('fewer than 300 kB of script, gzipped, come before the first run', async ({ page }) => {
  const { gzipSync } = await import('node:zlib');
  const sizes = new Map<string, number>();
  page.on('response', (response) => {
    if (!/\.js($|\?)/.test(response.url())) return;
    void response.body().then((body) => sizes.set(response.url(), gzipSync(body, { level: 9 }).length));
  });
  await openLab(page);
  await page.evaluate(() => window.procession.step());
  await expect.poll(() => sizes.size).toBeGreaterThan(1);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(total).toBeLessThan(300_000);
});

test('the texts of a language come when it is asked for, and the reader is told if they cannot', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const chinese = (): string[] => asked.filter((url) => /\/zh-[\w-]+\.js/.test(url));
  await page.route('**/assets/zh-*.js', (route) => route.abort());
  await openLab(page, '#/lock?lang=en');
  expect(chinese()).toEqual([]);
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByTestId('notices')).toContainText('The texts of the other language could not be loaded');
  await page.unroute('**/assets/zh-*.js');
  await openLab(page, '#/lock?lang=zh', '?again');
  await expect(page.getByTestId('play')).toHaveText('播放');
  await page.getByRole('button', { name: 'EN' }).click();
  await expect(page.getByTestId('play')).toHaveText('Play');
});

test('what follows the links of a text comes with the first of them, and the reader is told if it cannot', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const anchors = (): string[] => asked.filter((url) => /\/anchors-[\w-]+\.js/.test(url));
  await page.route('**/assets/anchors-*.js', (route) => route.abort());
  await openLab(page, '#/three-states?lang=en');
  expect(anchors()).toEqual([]);
  await page.getByRole('link', { name: 'P2 is Running' }).click();
  await expect(page.getByTestId('notices')).toContainText('The link could not be followed');
  await page.unroute('**/assets/anchors-*.js');
  await openLab(page, '#/three-states?lang=en', '?again');
  await page.getByRole('link', { name: 'P2 is Running' }).click();
  await expect(page.getByTestId('why')).toContainText('P2');
  expect((await page.evaluate(() => window.procession.status())).record).toBeGreaterThan(0);
});
