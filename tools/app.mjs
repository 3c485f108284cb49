// The built app in a real browser, for tools that run its lessons through `window.procession`.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { getBrowser, launchOptions } from './browser.mjs';

/** Brings `window.procession` into the types of the tools. @typedef {typeof import('../src/ui/state/expose-automation.ts')} Exposed */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Ids of the lessons that bring a program: the folders of src/scenarios, except the reader's own. */
export function lessonIds() {
  const folder = join(ROOT, 'src', 'scenarios');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'program.ts')));
}

/** @returns {Promise<{ url: string, close: () => Promise<void> }>} the present sources, built and served */
async function serveApp() {
  const outDir = mkdtempSync(join(tmpdir(), 'procession-app-'));
  const removeBuild = () => rmSync(outDir, { recursive: true, force: true });
  /** @type {import('vite').InlineConfig} */
  const config = {
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
    preview: { host: '127.0.0.1', port: 0, open: false },
  };
  try {
    await build(config);
    const server = await preview(config);
    const [url = ''] = server.resolvedUrls?.local ?? [];
    const close = async () => {
      await server.close();
      removeBuild();
    };
    return { url, close };
  } catch (error) {
    removeBuild();
    throw error;
  }
}

/**
 * Opens the app and hands its page over; everything is closed when `use` has ended.
 *
 * @param {string | undefined} address of a server that runs already; none = build and serve
 * @param {(page: import('playwright').Page) => Promise<void>} use
 */
export async function withApp(address, use) {
  getBrowser();
  const server = address === undefined ? await serveApp() : { url: address, close: async () => {} };
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
