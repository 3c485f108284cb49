import type { PyodideAPI, PyodideConfig } from 'pyodide';
import type { InterpreterSupply } from '../../abi/remote.ts';
import { renumberErrors } from './errors.ts';
import { library } from './library.ts';
import {
  separateStacks,
  SharedSnapshot,
  suspendInPoll,
  takeSnapshot,
  useCompiled,
  type SnapshotOptions,
} from './pyodide-internals.ts';

type Load = (options: PyodideConfig & SnapshotOptions) => Promise<PyodideAPI>;

/** The same hash of a text in every process and every run: sets of texts would be walked in another order each time. */
const ENVIRONMENT = { HOME: '/home/learner', PYTHONHASHSEED: '0', PYTHONINSPECT: '' };

async function load(supply: InterpreterSupply, options: SnapshotOptions): Promise<PyodideAPI> {
  const { loadPyodide } = (await import(/* @vite-ignore */ `${supply.folder}pyodide.mjs`)) as { loadPyodide: Load };
  const restore = useCompiled(supply.module as WebAssembly.Module);
  try {
    return await loadPyodide({ indexURL: supply.folder, env: ENVIRONMENT, ...options });
  } finally {
    restore();
  }
}

/** Where our own part of Python lies, in the interpreter's own file system. */
const LIBRARY_FOLDER = '/lib/python3.14/site-packages/_procession';

/**
 * Makes the memory of an interpreter that has everything imported which a program of processes and threads needs, in which it has
 * not begun yet. Takes seconds: once for a browser (`ui/host`).
 */
export async function makeSnapshot(supply: InterpreterSupply): Promise<Uint8Array<ArrayBuffer>> {
  const python = await load(supply, { _makeSnapshot: true });
  python.FS.mkdirTree(LIBRARY_FOLDER);
  for (const [name, source] of Object.entries(library)) python.FS.writeFile(`${LIBRARY_FOLDER}/${name}`, source);
  python.runPython('import importlib; importlib.invalidate_caches(); import _procession.install');
  return takeSnapshot(python);
}

/** An interpreter with this memory. `take`: see `suspendInPoll`. */
export async function wake(
  supply: InterpreterSupply,
  snapshot: Uint8Array,
  take: () => Promise<number> | null,
): Promise<PyodideAPI> {
  const python = await load(supply, { _loadSnapshot: new SharedSnapshot(snapshot.buffer) });
  separateStacks(python);
  suspendInPoll(python, take);
  renumberErrors(python);
  return python;
}
