import { expect, test, type Page } from '@playwright/test';
import { openLab } from './lab.ts';

const status = (page: Page) => page.evaluate(() => window.procession.status());

test('a digit takes the n-th Ready thread next', async ({ page }) => {
  await openLab(page, '#/three-states?policy=manual');
  await page.evaluate(() => window.procession.step(16));
  const ready = (await status(page)).threads.filter((thread) => thread.state === 'Ready');
  expect(ready.length).toBeGreaterThan(1);
  await page.keyboard.press('2');
  await expect.poll(() => page.evaluate(() => window.procession.link())).toContain('picks=');
});

test('Shift with the arrows goes from one event of the selected thread to the next', async ({ page }) => {
  await openLab(page, '#/three-states?thread=1');
  await page.evaluate(() => window.procession.step(30));
  const states = new Set<string>();
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Shift+ArrowLeft');
    const main = (await status(page)).threads.find((thread) => thread.tid === 1);
    if (main !== undefined) states.add(main.state);
  }
  expect(states.size).toBeGreaterThan(1);
});

test('every control can be reached with Tab, and shows that it has the focus', async ({ page }) => {
  await openLab(page, '#/lock?lang=en');
  const reached = new Set<string>();
  for (let i = 0; i < 80; i += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? '';
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const { borderColor } = getComputedStyle(element);
      return {
        name: `${element.tagName} ${name}`,
        seen: outlineStyle !== 'none' || boxShadow !== 'none' || borderColor !== '',
      };
    });
    if (focus === null) break;
    reached.add(focus.name);
    expect(focus.seen, focus.name).toBe(true);
  }
  const names = [...reached].join('\n');
  for (const name of ['Play', 'One step', 'Share', 'Help', 'Speed']) expect(names).toContain(name);
});

test('the lesson menu is opened, walked through and left by keys', async ({ page }) => {
  await openLab(page, '#/lock?lang=en');
  const button = page.getByTestId('lesson-menu');
  await button.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'The lock' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'The recursive lock' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(button).toBeFocused();
  await expect.poll(() => page.evaluate(() => window.procession.link())).toContain('#/three-states');
});

test('a number field obeys the arrows, keeps to its range, and forgets what is wrong', async ({ page }) => {
  await openLab(page, '#/three-states?lang=en');
  const field = page.getByRole('spinbutton', { name: 'CPUs' });
  await field.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => page.evaluate(() => window.procession.link())).toContain('cpus=2');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveValue('1');
  await field.fill('99');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.blur();
  await expect(field).toHaveValue('1');
});
