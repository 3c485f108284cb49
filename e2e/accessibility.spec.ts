import { expect, test } from '@playwright/test';
import { loadTexts, translator } from '../src/ui/texts/translate.ts';
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

for (const [lang, colorScheme] of [
  ['zh', 'dark'],
  ['en', 'light'],
] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing wrong in any tab: ${lang}, ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      // Something in every tab: it has shared objects with parts, and threads that wait for each other.
      await openLab(page, `#/queue?lang=${lang}`);
      await page.evaluate(() => window.procession.step(22));
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await expect(tab).toHaveAttribute('aria-selected', 'true');
        // What was there before stays, hidden, until the code of the tab is there.
        await expect(page.getByRole('tabpanel')).toHaveText(/\S/, { useInnerText: true });
        await loadTexts(lang);
        const inside = page.getByRole('button', { name: translator(lang)('objects.inside.short') });
        if ((await inside.count()) > 0) await inside.first().click();
        expect(await violations(page), (await tab.textContent()) ?? '').toEqual([]);
      }
    });
  }
}

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
