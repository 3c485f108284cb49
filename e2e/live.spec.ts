import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { expectNoPageErrors, openLab } from './lab.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(within: string): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
}

/** What axe finds wrong within the page, or a part of it: one line each. */
async function violations(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (selector) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations: found } = await axe.run(selector);
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
  }, within);
}

const status = (page: Page) => page.evaluate(() => window.procession.status());

const WORDS = {
  zh: {
    run: '运行',
    stop: '停止',
    share: '分享',
    save: '保存这次运行（JSON）',
    open: '打开保存的运行…',
    stopped: /被你停止/,
  },
  en: {
    run: 'Run',
    stop: 'Stop',
    share: 'Share',
    save: 'Save the run (JSON)',
    open: 'Open a saved run …',
    stopped: /Stopped by you/,
  },
} as const;

for (const lang of ['zh', 'en'] as const) {
  const words = WORDS[lang];

  test(`a live run is made, looked back at, saved and opened again (${lang})`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const noErrors = expectNoPageErrors(page);
    await openLab(page, `#/lock?mode=live&locked=true&lang=${lang}&view=measures`);
    await expect(page.getByTestId('play')).toHaveText(words.run);
    expect((await status(page)).outcome).toBe('ready');
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press('Space');
    await expect.poll(async () => (await status(page)).outcome, { timeout: 20_000 }).toBe('finished');
    await expect(page.getByTestId('outcome')).toBeVisible();
    const { records, time } = await status(page);
    expect(time).toBeGreaterThan(0);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await status(page)).record).toBeLessThan(records);
    await expect(page.getByRole('slider', { name: /Timeline|时间线/ })).toHaveAttribute('aria-valuetext', /ms|毫秒/);
    await expect(page.getByTestId('latency').locator('tbody tr')).toHaveCount(5);
    expect(await violations(page)).toEqual([]);
    const hash = await page.evaluate(() => window.procession.hash());

    await page.getByRole('button', { name: words.share }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: words.save }).click();
    const file = await (await download).path();
    await page.keyboard.press('Escape');
    await page.evaluate(() => window.procession.open('#/three-states'));
    await page.getByRole('button', { name: words.share }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: words.open }).click();
    await (await chooser).setFiles(file);
    await expect(page.getByTestId('saved')).toBeVisible();
    expect(await page.evaluate(() => window.procession.hash())).toBe(hash);
    expect(page.url()).toContain('#/');
    await page.keyboard.press('End');
    await expect.poll(async () => (await status(page)).outcome).toBe('finished');
    const refused = await page.evaluate(() =>
      window.procession.set('buyers', 3).catch((error: Error) => error.message),
    );
    expect(refused).toMatch(/saved run|保存的运行/);
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('saved').getByRole('button').click();
    await expect(page.getByTestId('saved')).toBeHidden();
    expect((await status(page)).outcome).toBe('ready');
    noErrors();
  });

  test(`a live run can be stopped while it goes on (${lang})`, async ({ page }) => {
    await openLab(page, `#/lock?mode=live&locked=true&think=100&buyers=20&lang=${lang}`);
    await page.keyboard.press('Space');
    await expect(page.getByTestId('play')).toHaveText(words.stop);
    await expect.poll(async () => (await status(page)).records).toBeGreaterThan(60);
    // A step would have to wait for a run that goes on by itself: refused, and nothing is stopped by it.
    await page.keyboard.press('ArrowRight');
    await expect(page.getByTestId('play')).toHaveText(words.stop);
    await page.getByTestId('play').click();
    await expect(page.getByTestId('outcome')).toHaveText(words.stopped, { timeout: 10_000 });
    expect((await status(page)).outcome).toBe('paused');
    expect((await status(page)).message).toMatch(words.stopped);
    expect((await status(page)).threads.every(({ state }) => state === 'Terminated')).toBe(true);
    // The next run starts as if nothing had been.
    await page.evaluate(() => window.procession.set('mode', 'stepped'));
    await page.evaluate(() => window.procession.set('think', 0));
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
  });
}

test('a link with mode=live carries no run: it opens ready to run', async ({ page }) => {
  await openLab(page, '#/lock?mode=live');
  await page.evaluate(() => window.procession.run());
  await page.evaluate(() => window.procession.back(5));
  const link = await page.evaluate(() => window.procession.link());
  expect(link).toContain('mode=live');
  expect(link).not.toContain('at=');
  await page.goto('about:blank');
  await page.goto(link);
  await page.waitForFunction(() => 'procession' in window);
  await page.evaluate(() => window.procession.ready);
  expect(await status(page)).toMatchObject({ outcome: 'ready', notices: [] });
});

test('in live mode what the operating system decides is disabled, and says why', async ({ page }) => {
  await openLab(page, '#/lock?mode=live&lang=en');
  for (const name of ['Policy', 'CPUs', 'Quantum (ticks)', 'Seed']) {
    await expect(page.getByLabel(name, { exact: true })).toBeDisabled();
    await expect(page.getByLabel(name, { exact: true })).toHaveAttribute('title', /operating system/);
  }
  await expect(page.getByLabel('Pool size')).toHaveAttribute('title', 'This lesson has no pool.');
  await expect(page.getByTestId('mode')).toContainText('Live');
  await expect(page.getByText('cannot be executed again: save it')).toBeVisible();
});

test('a file that is no saved run is named, with what is wrong and what to do, and changes nothing', async ({
  page,
}) => {
  await openLab(page, '#/lock?lang=en');
  const before = await page.evaluate(() => window.procession.link());
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"hello": 1}'], 'holiday.json', { type: 'application/json' }));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, cancelable: true }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
  });
  await expect(page.getByTestId('notices')).toContainText('holiday.json is not a saved run of Procession: choose one');
  expect(await page.evaluate(() => window.procession.link())).toBe(before);
  await expect(page.getByTestId('saved')).toBeHidden();
});

test('a saved run that is dropped on the page is opened', async ({ page }) => {
  await openLab(page, '#/workload?lang=en');
  await page.evaluate(() => window.procession.run());
  const hash = await page.evaluate(() => window.procession.hash());
  await page.evaluate(() => {
    const json = JSON.stringify(window.procession.trace());
    const data = new DataTransfer();
    data.items.add(new File([json], 'kept.json', { type: 'application/json' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
  });
  await expect(page.getByTestId('saved')).toContainText('kept.json');
  expect(await page.evaluate(() => window.procession.hash())).toBe(hash);
});

test('an experiment is measured beside the run that is shown, and drawn', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(page, '#/workload?lang=en&view=measures');
  await page.evaluate(() => window.procession.step(5));
  const before = await page.evaluate(() => window.procession.hash());
  const plot = page.getByTestId('plot');
  await plot.getByRole('button', { name: 'Measure' }).click();
  await expect(plot.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 30_000 });
  await plot.getByText('The measured values').click();
  await expect(plot.locator('tbody tr')).toHaveCount(10);
  // Round robin with quantum 2 is the lesson's own run.
  const own = await page.evaluate(async () => {
    await window.procession.run();
    const all = window.procession.metrics().processes.map(({ turnaround }) => turnaround ?? 0);
    return all.reduce((sum, one) => sum + one, 0) / all.length;
  });
  await expect(plot.locator('tbody tr').nth(1).locator('td').first()).toHaveText(String(own));
  expect(before).toMatch(/^[0-9a-f]{16}$/);
  expect(await violations(page, '[data-testid=plot]')).toEqual([]);
});

test('the button that ends a process stands still while a live run goes on', async ({ page }) => {
  await openLab(page, '#/lock?mode=live&locked=true&think=100&buyers=8&tickets=20&lang=en');
  await page.keyboard.press('Space');
  await expect.poll(async () => (await status(page)).threads.length).toBe(9);
  await page.getByRole('button', { name: /^P9\b/ }).first().click();
  const button = page.getByTestId('why').getByRole('button', { name: /Terminate P9/ });
  const sentence = page.getByTestId('why').locator('p').first();
  const [places, sentences] = [new Set<string>(), new Set<string>()];
  await expect
    .poll(async () => {
      sentences.add((await sentence.textContent()) ?? '');
      const box = await button.boundingBox();
      places.add(`${box?.x} ${box?.y}`);
      return sentences.size;
    })
    .toBeGreaterThan(2);
  expect(places.size).toBe(1);
  await page.getByTestId('play').click();
});

test('how large a pool should be is measured in real time too, and the page says on how many cores', async ({
  page,
}) => {
  await openLab(page, '#/pool-size?lang=en&view=measures');
  const [stepped, live] = [page.getByTestId('plot').nth(0), page.getByTestId('plot').nth(1)];
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await expect(live).toContainText(`The browser says that this machine has ${cores} core`);
  await live.getByRole('button', { name: 'Measure' }).click();
  await expect(live.getByRole('status')).toContainText('Run 1 of');
  await expect(stepped.getByRole('button', { name: 'Measure' })).toBeDisabled();
  await expect(live.getByRole('status')).toContainText('Run 3 of', { timeout: 30_000 });
  await live.getByRole('button', { name: 'Stop' }).click();
  await expect(live.getByRole('status')).toContainText('Stopped after');
  await live.getByText('The measured values').click();
  // 160 ms of work a task, one after the other.
  const alone = await live.locator('tbody tr').first().locator('td').first().textContent();
  expect(Number(alone?.replace(',', ''))).toBeGreaterThan(1_000);
  await expect(stepped.getByRole('button', { name: 'Measure' })).toBeEnabled();
  expect(await violations(page, '[data-testid=measures]')).toEqual([]);
});
