import { expect, test } from '@playwright/test';
import { TABS } from '../src/ui/state/lab.ts';
import { translator } from '../src/ui/texts/translate.ts';
import { violations } from './axe.ts';
import { openLab } from './lab.ts';

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
