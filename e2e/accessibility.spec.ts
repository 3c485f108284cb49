import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { TABS } from '../src/ui/state/lab.ts';
import { translator } from '../src/ui/texts/translate.ts';
import { openLab } from './lab.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations: found } = await axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
  });
}

for (const lang of ['zh', 'en']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      test(`axe finds nothing wrong: ${lang}, ${colorScheme}, ${width} px`, async ({ browser }) => {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width, height: 900 },
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        await openLab(page, `#/lock?locked=true&lang=${lang}`);
        expect(await violations(page)).toEqual([]);
        await page.evaluate(() => window.procession.step(25));
        expect(await violations(page)).toEqual([]);
        await context.close();
      });
    }
  }
}

test('axe finds nothing wrong in any tab', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const tab of TABS) {
    await openLab(page, `#/lock?locked=true&lang=en&view=${tab}`);
    await page.evaluate(() => window.procession.step(25));
    await expect(page.getByRole('tab', { name: translator('en')(`tab.${tab}`), exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(await violations(page)).toEqual([]);
  }
});

test('axe finds nothing wrong in the dialogs', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(page, '#/lock?lang=en');
  for (const key of ['?', 'Control+k']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('img', { name: /QR/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});
