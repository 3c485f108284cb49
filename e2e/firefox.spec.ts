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

/** The page in a Firefox with these preferences, which is open while the tests of a group run. */
function inFirefox(preferences: Readonly<Record<string, boolean>> = {}): () => FirefoxPage {
  let firefox: Browser;
  let page: FirefoxPage;

  test.beforeAll(async ({ baseURL }) => {
    firefox = await launch({
      browser: 'firefox',
      headless: true,
      extraPrefsFirefox: preferences,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    page = await firefox.newPage();
    expect(await firefox.version()).toMatch(/^firefox/i);
    await page.goto(baseURL ?? '');
    await page.waitForFunction(() => 'procession' in window);
    await page.evaluate(() => window.procession.ready);
  });

  test.afterAll(() => firefox.close());
  return () => page;
}

test.skip(executablePath === undefined, 'no Firefox is installed here (Debian: apt-get install firefox-esr)');
/** Python is loaded twice, and the machine may be busy. */
test.setTimeout(120_000 + SEEDS * 60_000);

test.describe('a stock Firefox, driven over WebDriver BiDi', () => {
  const page = inFirefox();

  for (const lesson of LESSONS) {
    test(`makes the same runs of ${lesson} in Python as Chromium`, async ({ page: chromium }: { page: Page }) => {
      await openLab(chromium);
      for (const link of linksOf(lesson)) {
        const here = await chromium.evaluate(runOf, link);
        expect(await page().evaluate(runOf, link), link).toEqual(here);
        expect(here.outcome, link).toBe('finished');
      }
    });
  }
});

test.describe('a Firefox without JavaScript Promise Integration', () => {
  const page = inFirefox({ 'javascript.options.wasm_js_promise_integration': false });

  test('says so, and runs processes of one thread as Chromium does', async ({ page: chromium }: { page: Page }) => {
    expect(await page().evaluate(() => 'Suspending' in WebAssembly)).toBe(false);
    const notices = await page().evaluate(async () => {
      await window.procession.open('#/three-states?lang=en&engine=py');
      return window.procession.status().notices;
    });
    expect(notices.join()).toContain('cannot switch between the threads of a Python process');
    await openLab(chromium);
    for (const lesson of ['hello-process', 'lock']) {
      const link = `#/${lesson}?lang=en&engine=py`;
      const here = await chromium.evaluate(runOf, link);
      expect(await page().evaluate(runOf, link), lesson).toEqual(here);
      expect(here.outcome, lesson).toBe('finished');
    }
  });

  test('refuses a second thread with an error that names the browsers which have it', async () => {
    const source =
      'import threading\ntry:\n    threading.Thread(target=print).start()\nexcept RuntimeError as error:\n    print(error)\n';
    const said = await page().evaluate(async (program) => {
      const { procession } = window;
      await procession.program(program);
      await procession.run({ to: 'end' });
      return procession.stdout();
    }, source);
    expect(said).toMatch(/^can't start new thread: .*Chrome and Edge .*Firefox/);
  });
});
