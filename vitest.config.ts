import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './tools/browser.mjs';
import { interpreter } from './tools/vite/interpreter.mjs';
import { ISOLATION_HEADERS } from './tools/vite/isolation-headers.mjs';
import { lessons } from './tools/vite/lessons.mjs';
import { programs } from './tools/vite/programs.mjs';
import { scripts } from './tools/vite/scripts.mjs';
import { WORKER_OUTPUT } from './tools/vite/worker-output.mjs';

/** Texts come one language at a time; tests speak both. */
const SETUP = ['src/ui/texts/both-languages.fixture.ts'];
const BROWSER_TESTS = 'src/**/*.browser.test.{ts,tsx}';

export default defineConfig({
  plugins: [programs(), lessons(), scripts(), interpreter(), react()],
  worker: { format: 'es', plugins: () => [programs(), lessons()], rolldownOptions: { output: WORKER_OUTPUT } },
  server: { headers: ISOLATION_HEADERS },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          setupFiles: SETUP,
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.mjs'],
          exclude: [BROWSER_TESTS],
          // Every core, also on two: half of the time a lesson's kernel and its host wait for each other.
          maxWorkers: '100%',
          // Only what hangs shall meet it: a property over hundreds of cases takes its time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Found late otherwise (by workers, by views): a page that reloads for one loses its test, or has two Reacts.
        optimizeDeps: {
          include: [
            '@mantine/core',
            '@mantine/hooks',
            'axe-core',
            'comlink',
            'fast-check',
            'msgpackr',
            'react',
            'react-dom/client',
            'react/jsx-dev-runtime',
            'zustand',
            'zustand/vanilla',
          ],
        },
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          setupFiles: SETUP,
          // Timing matters and there are few cores: one file at a time, in one page.
          fileParallelism: false,
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
        },
      },
    ],
  },
});
