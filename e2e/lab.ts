import { expect, type Page } from '@playwright/test';
import type { ProcessionApi } from '../src/ui/state/automation.ts';

declare global {
  interface Window {
    procession: ProcessionApi;
  }
}

/** Opens the app at a link (`#/lock?cpus=2`) and waits until it can take calls. */
export async function openLab(page: Page, link = '', query = ''): Promise<void> {
  await page.goto(`/${query}${link}`);
  await page.waitForFunction(() => 'procession' in window);
  await page.evaluate(() => window.procession.ready);
}

/** Fails the test on any error that the page reports. */
export function expectNoPageErrors(page: Page): () => void {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return () => expect(errors).toEqual([]);
}
