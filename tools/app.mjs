// The built app in a real browser, for tools that run its lessons through `window.procession`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { getBrowser, launchOptions } from './browser.mjs';
import { ROOT, serveBuilt } from './built.mjs';

/** Brings `window.procession` into the types of the tools. @typedef {typeof import('../src/ui/state/expose-automation.ts')} Exposed */

/**
 * Ids of the lessons that bring a program in this language: the folders of src/scenarios, except the reader's own.
 *
 * @param {'ts' | 'py'} [language]
 */
export function lessonIds(language = 'ts') {
  const folder = join(ROOT, 'src', 'scenarios');
  return readdirSync(folder).filter(
    (name) => name !== 'custom' && existsSync(join(folder, name, `program.${language}`)),
  );
}

/**
 * Opens the app and hands its page over; everything is closed when `use` has ended.
 *
 * @param {string | undefined} address of a server that runs already; none = build and serve
 * @param {(page: import('playwright').Page) => Promise<void>} use
 */
export async function withApp(address, use) {
  getBrowser();
  const server =
    address === undefined ? await serveBuilt('app', { root: ROOT }) : { url: address, close: async () => {} };
  const browser = await chromium.launch({ ...launchOptions(), headless: true });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.waitForFunction(() => 'procession' in window);
    await page.evaluate(() => window.procession.ready);
    await use(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
