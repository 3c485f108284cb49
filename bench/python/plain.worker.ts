import { expose } from 'comlink';
import type { PyodideAPI, PyodideConfig } from 'pyodide';
import type { PlainRemote } from './plain-remote.ts';

let python: PyodideAPI | null = null;

const remote: PlainRemote = {
  async load(folder) {
    const begin = performance.now();
    const { loadPyodide } = (await import(/* @vite-ignore */ `${folder}pyodide.mjs`)) as {
      loadPyodide: (options: PyodideConfig) => Promise<PyodideAPI>;
    };
    // There are no packages to be had: without this it asks for a list of them.
    const info = { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten_5_0_3', python: '3.14.2' };
    python = await loadPyodide({ indexURL: folder, lockFileContents: JSON.stringify({ info, packages: {} }) });
    python.runPython('1');
    return performance.now() - begin;
  },
  measure(source) {
    if (python === null) throw new Error('Pyodide is not loaded yet');
    python.runPython(source);
    return Promise.resolve(Number(python.globals.get('result')));
  },
};
expose(remote);
