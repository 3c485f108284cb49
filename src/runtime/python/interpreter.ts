import type { PyodideAPI, PyodideConfig } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import type { InterpreterSupply } from '../../abi/remote.ts';
import { installChance } from './chance.ts';
import { confine } from './confinement.ts';
import { renumberErrors } from './errors.ts';
import { library } from './library.ts';
import type { Awake } from './process.ts';
import { StackParts, type Beginning } from './stack-parts.ts';
import {
  keepTrampoline,
  limitMemory,
  SharedSnapshot,
  suspendInPoll,
  takeSnapshot,
  useLoaded,
  type Maps,
  type SnapshotOptions,
} from './pyodide-internals.ts';

type Load = (options: PyodideConfig & SnapshotOptions) => Promise<PyodideAPI>;

/**
 * The same hash of a text in every process and every run: sets of texts would be walked in another order each time. No colours in
 * tracebacks: the page shows text.
 */
const ENVIRONMENT = { HOME: '/home/learner', PYTHONHASHSEED: '0', PYTHON_COLORS: '0', PYTHONINSPECT: '' };

/** There are no packages to be had. */
const LOCK = JSON.stringify({
  info: { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten_5_0_3', python: '3.14.2' },
  packages: {},
});

async function load(folder: string, options: SnapshotOptions & PyodideConfig): Promise<PyodideAPI> {
  const { loadPyodide } = (await import(/* @vite-ignore */ `${folder}pyodide.mjs`)) as { loadPyodide: Load };
  return loadPyodide({ indexURL: folder, env: ENVIRONMENT, lockFileContents: LOCK, ...options });
}

/** Where our own part of Python lies, in the interpreter's own file system. */
const LIBRARY_FOLDER = '/lib/python3.14/site-packages/_procession';

/**
 * Makes the memory of an interpreter that has everything imported which a program of processes and threads needs, in which it has
 * not begun yet. Takes seconds: it is done when the page is built, in Node (tools/vite/interpreter-memory.mjs).
 */
export async function makeSnapshot(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const python = await load(folder, { _makeSnapshot: true });
  python.FS.mkdirTree(LIBRARY_FOLDER);
  for (const [name, source] of Object.entries(library)) python.FS.writeFile(`${LIBRARY_FOLDER}/${name}`, source);
  python.runPython('import importlib; importlib.invalidate_caches(); import _procession.install');
  return takeSnapshot(python);
}

interface LifeModule extends PyProxy {
  readonly rehearse: Beginning<[], void>;
}

/**
 * The worker has nothing but this interpreter from now on, and nothing of the browser is left in it. What is slow the first time is done
 * before anybody waits for it.
 */
export async function seclude({ python, stacks }: Pick<Awake, 'python' | 'stacks'>): Promise<void> {
  installChance();
  confine();
  const life = python.pyimport('_procession.life') as LifeModule;
  const { rehearse: inPython } = life;
  await stacks.begin(inPython);
  for (const proxy of [inPython, life]) proxy.destroy();
}

/** Of a process: what a lesson needs ten times over, and too little to take the browser along. */
const MEMORY_BYTES = 512 << 20;

/** An interpreter out of what was loaded. `take`: see `suspendInPoll`; `maps`: see `useLoaded`. */
export async function wake(
  supply: InterpreterSupply,
  take: () => Promise<number> | null,
  maps: () => Maps | null,
): Promise<Pick<Awake, 'python' | 'stacks'>> {
  limitMemory(MEMORY_BYTES);
  const putTrampoline = keepTrampoline();
  const restore = useLoaded(supply.module as WebAssembly.Module, supply.library, maps);
  let python: PyodideAPI;
  try {
    python = await load(supply.folder, {
      _loadSnapshot: new SharedSnapshot(supply.memory.buffer),
      // The module `js` is empty.
      jsglobals: Object.freeze(Object.create(null)) as object,
    });
  } finally {
    restore();
  }
  putTrampoline(python);
  const stacks = new StackParts(python);
  suspendInPoll(python, take);
  renumberErrors(python);
  return { python, stacks };
}
