// The plainest static host: files, types and ranges, and not one header more. Stands in for the hosts that let nobody
// set headers. `node e2e/harness/static-server.mjs dist /lab/ 8080` serves a built app below /lab/.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/**
 * The file a path stands for, a folder meaning its index.html; undefined if there is none below `root`.
 *
 * @param {string} root
 * @param {string} path decoded, relative
 */
function locate(root, path) {
  const file = resolve(root, `./${path}`);
  if (file !== root && !file.startsWith(root + sep)) return undefined;
  for (const candidate of [file, join(file, 'index.html')]) {
    const entry = statSync(candidate, { throwIfNoEntry: false });
    if (entry?.isFile()) return { file: candidate, size: entry.size };
  }
  return undefined;
}

/**
 * @param {string | undefined} header
 * @param {number} size
 * @returns {{ start: number, end: number } | undefined} the first and last byte asked for
 */
function rangeOf(header, size) {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (match === null) return undefined;
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start <= end ? { start, end } : undefined;
}

/**
 * @param {{ root: string, base?: string, port?: number }} options `base` is the path the folder appears under
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export function serve({ root, base = '/', port = 0 }) {
  const folder = resolve(root);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const found = pathname.startsWith(base)
      ? locate(folder, decodeURIComponent(pathname.slice(base.length)))
      : undefined;
    if (found === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
      return;
    }
    const range = rangeOf(request.headers.range, found.size);
    /** @type {Record<string, string | number>} */
    const headers = { 'Content-Type': TYPES[extname(found.file)] ?? 'application/octet-stream' };
    if (range !== undefined) headers['Content-Range'] = `bytes ${range.start}-${range.end}/${found.size}`;
    response.writeHead(range === undefined ? 200 : 206, headers);
    createReadStream(found.file, range).pipe(response);
  });
  return new Promise((settle, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      settle({
        url: `http://127.0.0.1:${bound}${base}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [root = 'dist', base = '/', port = '8080'] = process.argv.slice(2);
  const { url } = await serve({ root, base, port: Number(port) });
  console.log(url);
}
