import process from 'node:process';
import { expect, test, type Page } from '@playwright/test';
import { launch, type Browser, type Page as FirefoxPage } from 'puppeteer-core';
import { findFirefox } from '../tools/firefox.mjs';
import { openLab } from './lab.ts';

const executablePath = findFirefox();
const LESSONS = ['hello-process', 'lock', 'queue'] as const;
const POLICIES = ['rr', 'mlfq', 'random'];
/** For each policy; more of them take a minute each. */
const SEEDS = Number(process.env['PROCESSION_SEEDS'] ?? 1);

interface Run {
  readonly outcome: string;
  readonly hash: string;
  readonly stdout: string;
}

/** Runs in either browser's page. */
async function runOf(link: string): Promise<Run> {
  const { procession } = window;
  await procession.open(link);
  const { outcome } = await procession.run({ to: 'end' });
  return { outcome, hash: procession.hash(), stdout: procession.stdout() };
}

const linksOf = (lesson: string): string[] => [
  `#/${lesson}?lang=en&engine=py`,
  ...Array.from({ length: SEEDS }, (_, n) => n + 1).flatMap((seed) =>
    POLICIES.map((policy) => `#/${lesson}?lang=en&engine=py&policy=${policy}&cpus=2&seed=${seed}`),
  ),
];

/** Python is loaded twice, and the machine may be busy. */
test.setTimeout(120_000 + SEEDS * 60_000);

test.describe('a stock Firefox, driven over WebDriver BiDi', () => {
  test.skip(executablePath === undefined, 'no Firefox is installed here (Debian: apt-get install firefox-esr)');
  let firefox: Browser;
  let page: FirefoxPage;

  test.beforeAll(async ({ baseURL }) => {
    firefox = await launch({
      browser: 'firefox',
      headless: true,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    page = await firefox.newPage();
    expect(await firefox.version()).toMatch(/^firefox/i);
    await page.goto(baseURL ?? '');
    await page.waitForFunction(() => 'procession' in window);
    await page.evaluate(() => window.procession.ready);
  });

  test.afterAll(() => firefox.close());

  for (const lesson of LESSONS) {
    test(`makes the same runs of ${lesson} in Python as Chromium`, async ({ page: chromium }: { page: Page }) => {
      await openLab(chromium);
      for (const link of linksOf(lesson)) {
        const here = await chromium.evaluate(runOf, link);
        expect(await page.evaluate(runOf, link), link).toEqual(here);
        expect(here.outcome, link).toBe('finished');
      }
    });
  }
});
