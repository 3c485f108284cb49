import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { serve } from './harness/static-server.mjs';

const PAGE = fileURLToPath(new URL('harness/isolation-page', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../public', import.meta.url));
const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** The folder of the page above, built; served below a sub-path without any header. */
let folder = '';
let server: Awaited<ReturnType<typeof serve>>;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'procession-isolation-'));
  await build({
    configFile: false,
    root: PAGE,
    base: './',
    publicDir: PUBLIC,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  server = await serve({ root: folder, base: '/labs/procession/' });
});

test.afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a host without headers gives an isolated page after one reload', async ({ page }) => {
  let loads = 0;
  page.on('load', () => (loads += 1));
  await page.goto(`${server.url}#/philosophers?seed=3`).catch(() => undefined);
  await expect(page.locator('body')).toHaveAttribute(
    'data-report',
    JSON.stringify({ isolated: true, worker: 42, lazy: 42 }),
  );
  expect(loads).toBe(2);
  expect(page.url()).toBe(`${server.url}#/philosophers?seed=3`);

  await page.reload();
  await expect(page.locator('body')).toHaveAttribute('data-report', /"isolated":true/);
  expect(loads).toBe(3);
});

test('the service worker hands ranges and errors through', async ({ page }) => {
  await page.goto(server.url).catch(() => undefined);
  await expect(page.locator('body')).toHaveAttribute('data-report', /"isolated":true/);
  const answers = await page.evaluate(async () => {
    const part = await fetch('favicon.svg', { headers: { Range: 'bytes=0-3' } });
    const missing = await fetch('nothing-here');
    return [part.status, await part.text(), missing.status];
  });
  expect(answers).toEqual([206, '<svg', 404]);
});

test('where service workers are blocked the page says why and does not reload', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  let loads = 0;
  page.on('load', () => (loads += 1));
  await page.goto(server.url);
  await expect(page.locator('body')).toHaveAttribute('data-report', /"isolated":false,"reason":"/);
  expect(loads).toBe(1);
  await context.close();
});

test('the app itself is isolated below a sub-path of a plain host', async ({ page }) => {
  const host = await serve({ root: DIST, base: '/labs/procession/' });
  const missing: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(response.url());
  });
  await page.goto(host.url).catch(() => undefined);
  await expect.poll(() => page.evaluate(() => crossOriginIsolated).catch(() => false)).toBe(true);
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(missing).toEqual([]);
  await host.close();
});
