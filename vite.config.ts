import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentPolicy } from './tools/vite/content-policy.mjs';
import { interpreter } from './tools/vite/interpreter.mjs';
import { ISOLATION_HEADERS } from './tools/vite/isolation-headers.mjs';
import { lessons } from './tools/vite/lessons.mjs';
import { programs } from './tools/vite/programs.mjs';
import { WORKER_OUTPUT } from './tools/vite/worker-output.mjs';

export default defineConfig({
  // Relative, so that the built folder works under any path of any server.
  base: './',
  plugins: [programs(), lessons(), interpreter(), contentPolicy(), react()],
  worker: { format: 'es', plugins: () => [programs(), lessons()], rolldownOptions: { output: WORKER_OUTPUT } },
  // Imported by workers only, so found late: the page that reloads for it would lose its workers.
  optimizeDeps: { include: ['comlink', 'msgpackr'] },
  build: {
    target: ['es2022', 'chrome121', 'firefox120', 'safari17'],
    // First load is budgeted gzipped and as a whole, by a test (e2e/first-visit.spec.ts); this is in kB, unzipped, per file.
    chunkSizeWarningLimit: 700,
  },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
});
