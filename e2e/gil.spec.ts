import { expect, test, type Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expectNoPageErrors, openLab } from './lab.ts';

/** Python is loaded for each page anew, and the machine may be busy. */
test.setTimeout(180_000);

const plot = (page: Page) => page.getByTestId('plot');
/** The measured values, by row: n, threads, processes. */
const measured = (page: Page) =>
  plot(page)
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map(({ textContent }) => Number((textContent ?? '').replaceAll(/[^\d.]/g, '') || Number.NaN)),
      ),
    );

for (const [lang, theme, width] of [
  ['zh', 'light', 1440],
  ['en', 'dark', 1440],
  ['zh', 'dark', 390],
  ['en', 'light', 390],
] as const) {
  test(`of two threads one waits for the interpreter beside an idle CPU, and the page says so (${lang}, ${theme}, ${width})`, async ({
    page,
  }) => {
    const noErrors = expectNoPageErrors(page);
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await openLab(page, `#/gil?lang=${lang}&speed=0`);
    const end = await page.evaluate(() => window.procession.run());
    expect(end.outcome).toBe('finished');
    const anchor = page.locator('[data-event="dispatched?thread=P1.T3&nth=2"]');
    await anchor.focus();
    await page.keyboard.press('Enter');
    const states = () =>
      page.evaluate(() =>
        Object.fromEntries(window.procession.status().threads.map(({ name, state }) => [name, state])),
      );
    await expect.poll(states).toMatchObject({ 'Thread-1 (run)': 'Ready', 'Thread-2 (run)': 'Running' });
    await page.evaluate(() => window.procession.open(`${window.procession.link()}&thread=2`));
    await expect(page.getByTestId('why')).toContainText('GIL');
    const clipped = await page
      .locator('.run-next')
      .evaluateAll((buttons) => buttons.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
    expect(clipped).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/gil/${lang}-${theme}-${width}.png`, animations: 'disabled' });
    await page.screenshot({
      path: `test-results/gil/${lang}-${theme}-${width}-whole.png`,
      animations: 'disabled',
      fullPage: true,
    });
    noErrors();
  });
}

test('the parameters reach the program, and its listing', async ({ page }) => {
  await openLab(page, '#/gil?lang=en&kind=processes&n=3&rounds=2');
  expect((await page.evaluate(() => window.procession.run())).threads).toHaveLength(4);
  expect(await page.evaluate(() => window.procession.stdout())).toMatch(/^3 processes: \d+ ms\n$/);
  const listing = page.getByRole('region', { name: 'Program' });
  await expect(listing).toContainText("KIND = 'processes'");
  await expect(listing).toContainText('N = 3');
  await expect(listing).toContainText('ROUNDS = 2');
});

test('the series waits for Python, can be stopped, and measures that threads take turns', async ({ page }) => {
  const noErrors = expectNoPageErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLab(page, '#/gil?lang=en&view=measures');
  const status = plot(page).getByRole('status');
  await plot(page).getByRole('button', { name: 'Measure' }).press('Enter');
  await expect(status).toContainText(/Python is getting ready|Run 1 of 24/);
  await expect(status).toContainText('Run 2 of 24', { timeout: 60_000 });
  await plot(page).getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(status).toContainText('Stopped after', { timeout: 30_000 });
  await plot(page).getByRole('button', { name: 'Measure again' }).press('Enter');
  await expect(status).toHaveText('', { timeout: 150_000 });
  const rows = await measured(page);
  expect(rows.map(([n]) => n)).toEqual([1, 2, 3, 4]);
  for (const row of rows) expect(row.slice(1).every((ms) => ms > 10)).toBe(true);
  // Four times the work in one interpreter is never as quick as once, however busy the machine is.
  expect(rows[3]?.[1] ?? 0).toBeGreaterThan(rows[0]?.[1] ?? Infinity);
  await page.setViewportSize({ width: 1440, height: 2000 });
  await plot(page).screenshot({ path: 'test-results/gil/plot.png', animations: 'disabled' });
  // To be looked at beside the picture.
  test.info().annotations.push({ type: 'measured', description: JSON.stringify(rows) });
  expect(await violations(page)).toEqual([]);
  noErrors();
});
