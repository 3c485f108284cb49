// Builds the bench page as the product is built, and serves it with the same headers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @returns {Promise<{ url: string, close: () => Promise<void> }>} */
export async function serveBenches() {
  const outDir = mkdtempSync(join(tmpdir(), 'procession-bench-'));
  const removeBuild = () => rmSync(outDir, { recursive: true, force: true });
  /** @type {import('vite').InlineConfig} */
  const config = {
    root: join(ROOT, 'bench'),
    configFile: join(ROOT, 'vite.config.ts'),
    publicDir: false,
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
