// npm start: a production build of the present sources, served, with its address printed.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const BUILT = 'dist/index.html';
const SOURCES = ['index.html', 'vite.config.ts', 'package-lock.json', 'src', 'public', 'tools'];

/**
 * Time of the last change in a file or anywhere below a folder. A folder counts itself: that is how a removed file shows.
 *
 * @param {string} path
 * @returns {number} milliseconds since the epoch
 */
function changedMs(path) {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => changedMs(join(path, name))));
}

function isBuilt() {
  if (!existsSync(BUILT)) return false;
  const builtMs = statSync(BUILT).mtimeMs;
  return SOURCES.filter((path) => existsSync(path)).every((path) => changedMs(path) <= builtMs);
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (!isBuilt()) {
  console.log('Building …');
  await build({ logLevel: 'warn' });
}
const server = await preview({ preview: { open: false } });
server.printUrls();
console.log('  Press Ctrl-C to stop.');
