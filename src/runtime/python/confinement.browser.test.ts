import { afterAll, beforeAll, expect, test } from 'vitest';
import { Kind } from '../../abi/record.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

/** Tries every way by itself, and says which ones lead out. */
const PRELUDE = `
import gc, sys
found = []
def attempt(name, call):
    try:
        value = call()
    except BaseException as error:
        return error
    if value is not None:
        found.append(name)
    return value
`;
const EPILOGUE = `
print('found', found)
`;

const attempts = async (body: string) => {
  const run = await runPython(machine, PRELUDE + body + EPILOGUE);
  expect(run.stderr).toBe('');
  expect(run.status.state).toBe('finished');
  return run.stdout;
};

test('the module js is empty', async () => {
  const stdout = await attempts(`
import js
for name in ('fetch', 'XMLHttpRequest', 'WebSocket', 'indexedDB', 'caches', 'BroadcastChannel', 'importScripts', 'Worker',
             'postMessage', 'self', 'globalThis', 'eval', 'Function', 'Object', 'navigator', 'location', 'close'):
    attempt(name, lambda: getattr(js, name))
print(dir(js))
`);
  expect(stdout).toMatch(/found \[\]/);
});

test('what Pyodide has for the network has none', async () => {
  expect(
    await attempts(`
import pyodide_js
attempt('run_js', lambda: __import__('pyodide.code', fromlist=['x']).run_js('1'))
attempt('open_url', lambda: __import__('pyodide.http', fromlist=['x']).open_url('/'))
attempt('pyfetch', lambda: __import__('pyodide.http', fromlist=['x']).pyfetch('/').send(None))
attempt('urllib', lambda: __import__('urllib.request', fromlist=['x']).urlopen('http://localhost/'))
`),
  ).toBe('found []\n');
});

test('no code can be made of a text, by whatever object one gets hold of', async () => {
  expect(
    await attempts(`
import pyodide_js
from pyodide.ffi import JsException, JsProxy
import _kernel
objects = [pyodide_js, pyodide_js._api, pyodide_js._module, pyodide_js.loadPackage, _kernel, _kernel.step]
objects += [one for one in gc.get_objects() if isinstance(one, JsProxy)]
try:
    pyodide_js._module.FS.open('/nowhere', 'r')
except JsException as error:
    objects.append(error.js_error)
except BaseException:
    pass
for one in objects:
    made = attempt('constructor', lambda: one.constructor.constructor('return globalThis')())
    attempt('bare', lambda: one.constructor('return globalThis')().fetch)
`),
  ).toBe('found []\n');
});

test('C makes no code of a text either: the process ends', async () => {
  const run = await runPython(
    machine,
    "import ctypes\nprint('before', flush=True)\nctypes.CDLL(None).emscripten_run_script(b'1')\nprint('after')\n",
  );
  expect(run.stdout).toMatch(/^before\n/);
  expect(run.stdout).not.toContain('after');
  expect(run.status.state).toBe('finished');
  // As by a signal that C would die of: SIGSEGV.
  expect(run.records.find(({ kind }) => kind === Kind.TERMINATED)?.a).toBe(-11);
  expect((await runPython(machine, 'print(1)\n')).stdout).toBe('1\n');
});

test('what all code shares cannot be changed', async () => {
  expect(
    await attempts(`
import pyodide_js
bytes_ = pyodide_js._module.HEAPU8
def steal(*arguments):
    found.append('stolen')
def change(owner, name):
    before = getattr(owner, name)
    setattr(owner, name, steal)
    return None
array = bytes_.constructor
for owner in (array.prototype, array.prototype.__proto__, array.__proto__.prototype):
    attempt('change', lambda: change(owner, 'set'))
    attempt('change', lambda: change(owner, 'subarray'))
functions = pyodide_js.loadPackage.__proto__
attempt('change', lambda: change(functions, 'call'))
attempt('change', lambda: change(functions, 'apply'))
print('still here')
`),
  ).toBe('still here\nfound []\n');
});

test('kernel calls lead to nothing but themselves', async () => {
  expect(
    await attempts(`
import _kernel
for name in ('constructor', '__proto__', 'prototype', 'caller', 'arguments'):
    attempt(name, lambda: getattr(_kernel.step, name))
    attempt(name, lambda: getattr(_kernel, name))
`),
  ).toBe('found []\n');
});

test('a process gets no more memory than its share, and Python says so', async () => {
  const stdout = await attempts(`
def hoard():
    hoarded = []
    while True:
        hoarded.append(bytearray(50_000_000))
print(repr(attempt('hoard', hoard)))
print(len(bytearray(100_000_000)))
`);
  expect(stdout).toBe('MemoryError()\n100000000\nfound []\n');
});

test(
  'processes that start processes without end meet a limit that says so, and all end',
  { timeout: 60_000 },
  async () => {
    const source = `
from multiprocessing import Process
def bomb():
    children = []
    while True:
        child = Process(target=bomb)
        child.start()
        children.append(child)
if __name__ == '__main__':
    bomb()
`;
    const run = await runPython(machine, source, { hosts: 4 });
    expect(run.status.state).toBe('finished');
    const refusals = run.stderr.match(
      /BlockingIOError: .Errno 11. Resource temporarily unavailable\nEach process has an/g,
    );
    expect(refusals?.length).toBe(run.records.filter(({ kind }) => kind === Kind.CREATED).length);
    expect((await runPython(machine, 'print(1)\n')).stdout).toBe('1\n');
  },
);
