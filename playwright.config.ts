import process from 'node:process';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './tools/browser.mjs';

const port = Number(process.env['PROCESSION_PORT'] ?? 4173);
/** Text with coloured fringes or without, as the layers happen to be: pictures of one state could not be compared. */
const { args = [], ...launch } = launchOptions();
const url = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  // Timing matters and there are few cores.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    baseURL: url,
    browserName: 'chromium',
    headless: true,
    launchOptions: { ...launch, args: [...args, '--disable-lcd-text'] },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
