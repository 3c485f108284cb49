import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { lessons } from './lessons.mjs';
import { programs } from './programs.mjs';
import { WORKER_OUTPUT } from './worker-output.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PREFIX = 'script:';
const QUERY = '?script';

/**
 * Bundles a module with all that it imports.
 *
 * @param {string} file
 * @param {boolean} node for Node; else for a browser
 * @returns {Promise<{ code: string, files: string[] }>} the script, and what it was made of
 */
export async function bundled(file, node) {
  const result = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    plugins: [programs(), lessons()],
    ssr: { noExternal: true },
    build: {
      ssr: node,
      write: false,
      minify: false,
      copyPublicDir: false,
      rolldownOptions: { input: file, output: { ...WORKER_OUTPUT, codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const [chunk, ...others] = outputs.filter(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`${file} does not become one script`);
  return { code: chunk.code, files: chunk.moduleIds.filter((id) => isAbsolute(id)) };
}

/**
 * Vite plugin for tests: `import script from 'script:./host.test.worker.ts'` is the source of one script, bundled once for
 * all tests of a run. Without it each worker would load what it imports module by module, and there are thousands of workers.
 *
 * @returns {import('vite').Plugin}
 */
export function scripts() {
  return {
    name: 'procession-scripts',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.startsWith(PREFIX) || importer === undefined) return null;
      return resolve(dirname(importer), source.slice(PREFIX.length)) + QUERY;
    },
    async load(id, options) {
      if (!id.endsWith(QUERY)) return null;
      const { code, files } = await bundled(id.slice(0, -QUERY.length), options?.ssr === true);
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(code)};`;
    },
  };
}
