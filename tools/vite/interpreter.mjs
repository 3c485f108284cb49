import { createReadStream, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SOURCE = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(join(SOURCE, 'package.json'), 'utf8'));

/** Where the page finds the files of the interpreter, relative to its own address; a new version has a new address. */
export const FOLDER = `python-${version}`;

/** @type {Record<string, string>} */
const FILES = {
  'pyodide.mjs': 'text/javascript',
  'pyodide.asm.mjs': 'text/javascript',
  'pyodide.asm.wasm': 'application/wasm',
  'python_stdlib.zip': 'application/zip',
  'pyodide-lock.json': 'application/json',
};

/**
 * Vite plugin that serves CPython for the browser from the page's own address, and puts it beside the built page. It is not bundled:
 * nobody loads it who does not choose Python, and its files must stay what their makers have tested.
 *
 * @returns {import('vite').Plugin}
 */
export function interpreter() {
  return {
    name: 'procession:interpreter',
    config: () => ({ define: { PYTHON_FOLDER: JSON.stringify(FOLDER) } }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const name = path.split(`/${FOLDER}/`)[1] ?? '';
        const type = FILES[name];
        if (type === undefined) return next();
        void stat(join(SOURCE, name)).then(({ size }) => {
          response.setHeader('Content-Type', type);
          response.setHeader('Content-Length', size);
          response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
          createReadStream(join(SOURCE, name)).pipe(response);
        }, next);
      });
    },
    async generateBundle() {
      // Workers are bundled on their own: only the page brings the files along.
      if (this.environment?.name !== 'client') return;
      for (const name of Object.keys(FILES)) {
        this.emitFile({ type: 'asset', fileName: `${FOLDER}/${name}`, source: await readFile(join(SOURCE, name)) });
      }
    },
  };
}
