import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { bundled } from './scripts.mjs';

const run = promisify(execFile);
const compressed = promisify(gzip);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNTIME = join(ROOT, 'src/runtime/python');
/** Loaded before anything else where the memory is made. */
const SAME_WORLD = new URL('same-world.mjs', import.meta.url);
const KEPT = join(ROOT, 'node_modules/.cache/procession');
/** More is not kept: one is some megabytes. */
const MOST_KEPT = 4;

const script = async () => (await bundled(join(RUNTIME, 'interpreter.ts'), true)).code;

/**
 * Another memory has another name, so no browser ever keeps the wrong one.
 *
 * @param {string} version of the interpreter
 */
export async function memoryName(version) {
  const hash = createHash('sha256')
    .update(version)
    .update(await script());
  for (const own of [import.meta.url, SAME_WORLD.href]) hash.update(await readFile(fileURLToPath(own)));
  return `memory-${hash.digest('hex').slice(0, 16)}.bin`;
}

/** @type {Map<string, Promise<Buffer>>} */
const made = new Map();

/**
 * The memory that an interpreter wakes up with, gzipped: everything is imported in it that programs of processes and threads need. It
 * takes some seconds, so that it is made once for a version of the sources, and not by every browser.
 *
 * @param {string} folder of the interpreter's files
 * @param {string} version
 * @returns {Promise<Buffer>}
 */
export async function memoryOf(folder, version) {
  const name = await memoryName(version);
  const memory = made.get(name) ?? keptOrMade(name, folder);
  made.set(name, memory);
  memory.catch(() => made.delete(name));
  return memory;
}

/** @param {string} name @param {string} folder */
async function keptOrMade(name, folder) {
  const path = join(KEPT, name);
  try {
    return await readFile(path);
  } catch {
    await mkdir(KEPT, { recursive: true });
    const memory = await make(folder);
    // Two servers may make it at once: whoever reads it finds all of it or nothing.
    await writeFile(`${path}.${process.pid}`, memory);
    await rename(`${path}.${process.pid}`, path);
    await forgetOld();
    return memory;
  }
}

async function forgetOld() {
  const names = (await readdir(KEPT)).filter((name) => /^memory-.*\.bin$/.test(name));
  const times = await Promise.all(names.map(async (name) => ({ name, ms: (await stat(join(KEPT, name))).mtimeMs })));
  const old = times.toSorted((one, other) => other.ms - one.ms).slice(MOST_KEPT);
  await Promise.all(old.map(({ name }) => rm(join(KEPT, name), { force: true })));
}

/**
 * Always the same bytes. In a process of its own: its memory and its globals go with it.
 *
 * @param {string} folder of the interpreter's files
 * @param {string} place for files that are removed at the end
 */
export async function make(folder, place = KEPT) {
  const path = join(place, `make-${process.pid}.mjs`);
  const raw = `${path}.raw`;
  // Relative, because an import wants an address and Pyodide a path.
  const from = `${relative(place, folder).replaceAll(sep, '/')}/`;
  await writeFile(
    path,
    `${await script()}
const { writeFile } = await import('node:fs/promises');
await writeFile(${JSON.stringify(raw)}, await makeSnapshot(${JSON.stringify(from)}));
process.exit(0);
`,
  );
  try {
    await run(process.execPath, ['--import', SAME_WORLD.href, path], { cwd: place });
    return await compressed(await readFile(raw));
  } finally {
    await Promise.all([path, raw].map((file) => rm(file, { force: true })));
  }
}
