import { createReadStream, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { memoryName, memoryOf } from './interpreter-memory.mjs';

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
};

/** `memory-….bin`, whatever the sources were when its name was given out: while they are edited, the newest is the right one. */
const MEMORY = /^memory-\w+\.bin$/;

/** @param {string} name */
const sizeOf = (name) => statSync(join(SOURCE, name)).size;

/**
 * Vite plugin that serves CPython for the browser from the page's own address, and puts it beside the built page, with the memory that
 * an interpreter wakes up with. It is not bundled: nobody loads it who does not choose Python, and its files must stay what their
 * makers have tested.
 *
 * The constant PYTHON says where it is, and how many bytes there are to load: servers do not say it of what they compress.
 *
 * @returns {import('vite').Plugin}
 */
export function interpreter() {
  return {
    name: 'procession:interpreter',
    async config() {
      const memory = await memoryName(version);
      const sizes = { wasm: sizeOf('pyodide.asm.wasm'), library: sizeOf('python_stdlib.zip') };
      return { define: { PYTHON: JSON.stringify({ folder: FOLDER, memory, sizes }) } };
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [path = '/'] = (request.url ?? '/').split('?');
        const name = path.split(`/${FOLDER}/`)[1] ?? '';
        const type = MEMORY.test(name) ? 'application/octet-stream' : FILES[name];
        if (type === undefined) return next();
        response.setHeader('Content-Type', type);
        response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
        if (MEMORY.test(name)) {
          response.setHeader('Cache-Control', 'no-store');
          memoryOf(SOURCE, version).then((memory) => {
            response.setHeader('Content-Length', memory.length);
            response.end(memory);
          }, next);
        } else {
          response.setHeader('Cache-Control', 'max-age=86400');
          response.setHeader('Content-Length', sizeOf(name));
          createReadStream(join(SOURCE, name)).pipe(response);
        }
      });
    },
    async generateBundle() {
      // Workers are bundled on their own: only the page brings the files along.
      if (this.environment?.name !== 'client') return;
      const memory = { fileName: `${FOLDER}/${await memoryName(version)}`, source: await memoryOf(SOURCE, version) };
      this.emitFile({ type: 'asset', ...memory });
      for (const name of Object.keys(FILES)) {
        this.emitFile({ type: 'asset', fileName: `${FOLDER}/${name}`, source: await readFile(join(SOURCE, name)) });
      }
    },
  };
}
