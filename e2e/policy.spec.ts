import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { serve } from './harness/static-server.mjs';
import type { ProcessionApi } from '../src/ui/state/automation.ts';

test.setTimeout(180_000);

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));

declare global {
  interface Window {
    procession: ProcessionApi;
    refused: string[];
  }
}

/** What the content security policy refuses, on the page and in the scripts of its workers. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) said.push(message.text());
  });
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return async () => [...said, ...(await page.evaluate(() => window.refused))];
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address).catch(() => undefined);
  await expect
    .poll(() => page.evaluate(() => crossOriginIsolated && 'procession' in window).catch(() => false), {
      timeout: 60_000,
    })
    .toBe(true);
  await page.evaluate(() => window.procession.ready);
}

/** All that people do with a lesson. */
async function useLesson(page: Page): Promise<void> {
  await page.evaluate(() => window.procession.run());
  for (const tab of await page.getByRole('tab').all()) await tab.click();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog').locator('img')).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the run' }).click();
  await saved;
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => window.procession.set('mode', 'live'));
  await page.evaluate(() => window.procession.run());
}

async function usePython(page: Page, base: string): Promise<void> {
  await open(page, `${base}#/threads?lang=en&engine=py`);
  await page.evaluate(() => window.procession.ready);
  expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
  await page.getByRole('button', { name: 'Edit this program' }).click();
  await page.getByTestId('editor').locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('import os\nif True:\nprint("(typed)")\n');
  await page.getByTestId('examples').click();
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.procession.program('import multiprocessing, ctypes\nprint(1 / 0)\n'));
  await page.evaluate(() => window.procession.run());
  await expect(page.locator('.cm-fault-message')).toBeVisible();
}

test('nothing that people do is refused by the policy of the page', async ({ page, baseURL }) => {
  const refused = await watch(page);
  await open(page, `${baseURL}#/lock?lang=en`);
  await useLesson(page);
  expect(await refused()).toEqual([]);
  await usePython(page, `${baseURL}`);
  expect(await refused()).toEqual([]);
});

test('nor on a plain host, where a service worker answers', async ({ page }) => {
  const host = await serve({ root: DIST, base: '/labs/procession/' });
  const refused = await watch(page);
  await open(page, `${host.url}#/lock?lang=en`);
  await page.evaluate(() => window.procession.run());
  await usePython(page, host.url);
  expect(await refused()).toEqual([]);
  await host.close();
});

test('nor while developing', async ({ page }) => {
  const server = await createServer({ root: ROOT, server: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  await server.listen();
  const refused = await watch(page);
  try {
    const [address = ''] = server.resolvedUrls?.local ?? [];
    await open(page, `${address}#/lock?lang=en`);
    await page.evaluate(() => window.procession.run());
    await usePython(page, address);
    expect(await refused()).toEqual([]);
  } finally {
    await server.close();
  }
});
