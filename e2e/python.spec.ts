import { expect, test } from '@playwright/test';
import { expectNoPageErrors, openLab } from './lab.ts';

/** Python is loaded for each page anew, and the machine may be busy. */
test.setTimeout(120_000);

test('a lesson’s Python program runs when Python is chosen', async ({ page }) => {
  const noErrors = expectNoPageErrors(page);
  await openLab(page, '#/threads?lang=en');
  await page.getByTestId('engine').getByText('Python').click();
  await expect
    .poll(async () => page.evaluate(() => window.procession.link()), { timeout: 60_000 })
    .toContain('engine=py');
  const end = await page.evaluate(() => window.procession.run());
  expect(end.outcome).toBe('finished');
  noErrors();
});
