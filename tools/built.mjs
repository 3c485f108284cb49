// Builds a page as the product is built, and serves it with the same headers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} name of the folder that holds the build until `close`
 * @param {import('vite').InlineConfig} page what differs from the product: its root, at least
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveBuilt(name, page) {
  const outDir = mkdtempSync(join(tmpdir(), `procession-${name}-`));
  const removeBuild = () => rmSync(outDir, { recursive: true, force: true });
  /** @type {import('vite').InlineConfig} */
  const config = {
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
    preview: { host: '127.0.0.1', port: 0, open: false },
    ...page,
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
