import { expect, test, type Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expectNoPageErrors, openLab } from './lab.ts';
import { LESSONS, ONLY_IN_PYTHON } from './lessons.ts';

const LANGUAGES = ['zh', 'en'] as const;
/** Where the first question is, from the start of the page; a page has fewer controls than this. */
const MOST_TABS = 120;

const outcome = (page: Page) => page.evaluate(() => window.procession.status().outcome);

/** Moves the focus with Tab alone until it is on an answer that nobody has chosen yet. */
async function tabToAnswer(page: Page): Promise<void> {
  for (let n = 0; n < MOST_TABS; n += 1) {
    await page.keyboard.press('Tab');
    const isAnswer = await page.evaluate(
      () => document.activeElement?.matches('[data-testid=lesson] fieldset button[aria-pressed=false]') ?? false,
    );
    if (isAnswer) return;
  }
  throw new Error(`no answer has the focus after ${MOST_TABS} × Tab`);
}

async function answerFirstQuestion(page: Page): Promise<void> {
  await tabToAnswer(page);
  await page.keyboard.press('Enter');
  const question = page.getByTestId('lesson').getByRole('group').first();
  await expect(question.locator('[aria-pressed=true]')).toHaveCount(1);
  await expect(question.locator('[data-verdict=right]')).toHaveCount(1);
  await expect(question.locator('[aria-live]')).not.toBeEmpty();
}

async function playToEnd(page: Page): Promise<string> {
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => outcome(page)).toBe('paused');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => outcome(page)).toBe('ready');
  await page.keyboard.press('Space');
  await expect.poll(() => outcome(page), { timeout: 20_000 }).toMatch(/^(finished|deadlock)$/);
  const end = await outcome(page);
  await expect(page.getByTestId('outcome')).toBeVisible();
  await page.keyboard.press('Home');
  await expect.poll(() => outcome(page)).toBe('ready');
  await page.keyboard.press('End');
  await expect.poll(() => outcome(page)).toBe(end);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => outcome(page)).toBe('paused');
  return end;
}

for (const [place, lesson] of [...LESSONS, ...ONLY_IN_PYTHON].entries()) {
  for (const [shift, lang] of LANGUAGES.entries()) {
    // Both schemes for every lesson, and both for every language, in one page a lesson and language.
    const colorScheme = (place + shift) % 2 === 0 ? 'light' : 'dark';

    test(`${lesson} (${lang}, ${colorScheme}) is played to its end by keyboard alone, and axe finds nothing wrong`, async ({
      page,
    }) => {
      // Python is loaded first.
      if (ONLY_IN_PYTHON.includes(lesson)) test.slow();
      const noErrors = expectNoPageErrors(page);
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openLab(page, `#/${lesson}?lang=${lang}&speed=0`);
      await playToEnd(page);
      // To be looked at: nothing compares it.
      await page.screenshot({ path: `test-results/lessons/${lesson}.${lang}.png`, animations: 'disabled' });
      await answerFirstQuestion(page);
      expect(await violations(page)).toEqual([]);
      noErrors();
    });
  }
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`the next lesson is shown from its beginning at ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openLab(page, '#/deadlock?lang=en');
    const lesson = page.getByTestId('lesson');
    await lesson.getByRole('button', { name: /^Next lesson/ }).click();
    const title = lesson.getByRole('heading', { level: 1 });
    await expect(title).not.toHaveText(/deadlock/i);
    // Seen, not merely within the window: the header may lie upon it.
    const isSeen = (): Promise<boolean> =>
      title.evaluate((element) => {
        const { left, top, height } = element.getBoundingClientRect();
        return document.elementFromPoint(left + 4, top + height / 2) === element;
      });
    await expect.poll(isSeen).toBe(true);
  });
}
