import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import { beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../../package.json?raw';
import type { InterpreterSupply } from '../../abi/remote.ts';
import { loadPython, wakeBare, type BarePython } from '../fixtures/bare-python.fixture.ts';
import {
  bytesOf,
  canSwitchStacks,
  collectorOf,
  freeNumber,
  heapOf,
  holdNumber,
  interceptNew,
  isHeld,
  onFatal,
  pagesOf,
  SharedSnapshot,
  stackSwitching,
  suspendInPoll,
  takeSnapshot,
  UnknownPyodide,
  type Buffer,
} from './pyodide-internals.ts';
import { cStackOf, type CStack, type PythonCall } from './pyodide-stack.ts';

/**
 * The version that all of this was found out about. With another one each test below says whether its cure still holds; when all do, and
 * the soak (soak.browser.test.ts, `npm run soak -- --engine py`), this number may follow package.json.
 */
const PINNED = { pyodide: '314.0.7', python: '3.14.2' };

const PART_BYTES = 512 * 1024;

/** Where C has its functions. */
interface Table {
  readonly wasmTable: WebAssembly.Table;
  addFunction(this: void, call: PythonCall, signature: string): number;
}

/** What Pyodide keeps of a suspended stack. */
interface Copied {
  /** Copies it out; how many bytes. */
  _save(): number;
}

let supply: InterpreterSupply;
let bare: BarePython;
let python: PyodideAPI;
beforeAll(async () => {
  supply = await loadPython();
  bare = await wakeBare(supply);
  ({ python } = bare);
}, 240_000);

const pointerOf = ({ pointer }: CStack): number => Number(pointer.value);
const addressOf = (expression: string): number => python.runPython(`id(${expression})`) as number;

describe(`what we rely on in Pyodide ${PINNED.pyodide}`, () => {
  test('is this version, and the one that is installed', () => {
    expect(python.version).toBe(PINNED.pyodide);
    expect(python.runPython('import sys; sys.version.split()[0]')).toBe(PINNED.python);
    expect((JSON.parse(manifest) as { dependencies: Record<string, string> }).dependencies['pyodide']).toBe(
      PINNED.pyodide,
    );
  });

  test.each<[string, (other: PyodideAPI) => unknown]>([
    ['heapOf', heapOf],
    ['pagesOf', pagesOf],
    ['collectorOf', collectorOf],
    ['holdNumber', (other) => holdNumber(other, -1)],
    ['freeNumber', (other) => freeNumber(other, 9)],
    ['isHeld', (other) => isHeld(other, 9)],
    ['onFatal', (other) => onFatal(other, String, String)],
    ['suspendInPoll', (other) => suspendInPoll(other, () => null)],
    ['cStackOf', cStackOf],
    ['takeSnapshot', takeSnapshot],
    ['interceptNew', (other) => interceptNew(other, [], () => 0)],
  ])('is looked for: %s says what it misses', (name, call) => {
    const without = { _module: name === 'heapOf' ? undefined : { FS: {} } } as unknown as PyodideAPI;
    expect(() => call(without)).toThrow(UnknownPyodide);
  });
});

describe(`memory of Pyodide ${PINNED.pyodide}`, () => {
  test('is the heap in which C has its objects', () => {
    python.runPython('named = b"procession"');
    const address = addressOf('named');
    const found = new TextDecoder().decode(heapOf(python).slice(address, address + 64));
    expect(found).toContain('procession');
  });

  test('has room that is not Python’s, aligned, and free again', () => {
    const { allocate, free, heap } = pagesOf(python);
    const addresses = [allocate(5000), allocate(PART_BYTES, PART_BYTES)];
    expect(addresses.map((address, n) => address % [4096, PART_BYTES][n]!)).toEqual([0, 0]);
    for (const address of addresses) heap().fill(0xaa, address, address + 5000);
    python.runPython('import gc; [bytearray(100_000) for _ in range(50)]; gc.collect()');
    for (const address of addresses) {
      expect(
        heap()
          .subarray(address, address + 5000)
          .every((byte) => byte === 0xaa),
      ).toBe(true);
      free(address);
    }
  });

  test('is collected when we let it be', () => {
    const enabled = (): unknown => python.runPython('import gc; gc.isenabled()');
    const collector = collectorOf(python);
    expect([collector.pause(), enabled(), collector.pause()]).toEqual([true, false, false]);
    collector.resume();
    expect(enabled()).toBe(true);
  });

  test('gives the bytes of anything that has some, as a copy', () => {
    const buffer = python.runPython('source = bytearray(b"abc"); source') as PyProxy & Buffer;
    const copy = bytesOf(buffer);
    python.runPython('source[0] = 0; source.append(1)');
    expect([...copy]).toEqual([97, 98, 99]);
    buffer.destroy();
  });

  test('grows to its limit and no further, and Python raises MemoryError', () => {
    expect(() => new WebAssembly.Memory({ initial: 1, maximum: 20_000 }).grow(9000)).toThrow(RangeError);
    const attempt =
      'try:\n    bytearray(600_000_000)\nexcept MemoryError as error:\n    kind = type(error).__name__\nkind';
    expect(python.runPython(attempt)).toBe('MemoryError');
    expect(python.runPython('len(bytearray(50_000_000))')).toBe(50_000_000);
  });

  test('comes from a snapshot that all share: each has its own copy, with everything imported', async () => {
    const sum = (): number => supply.memory.reduce((total, byte, n) => (total + byte * (n % 251)) % 1_000_003, 0);
    const before = sum();
    const other = await wakeBare(supply);
    other.python.runPython('import threading; threading.mine = 1');
    expect(other.python.runPython('"multiprocessing.pool" in __import__("sys").modules')).toBe(true);
    expect(python.runPython('hasattr(__import__("threading"), "mine")')).toBe(false);
    expect(sum()).toBe(before);
  });

  test('decodes the head of a shared snapshot, and copies nothing else of it', () => {
    const snapshot = new SharedSnapshot(new SharedArrayBuffer(64));
    expect(snapshot.subarray(0, 8).buffer).toBeInstanceOf(ArrayBuffer);
    expect(snapshot.subarray(8).buffer).toBe(snapshot.buffer);
  });

  test('is unmapped and synchronised where we are told of it', async () => {
    const told: [string, number][] = [];
    const maps = {
      unmap: (address: number) => told.push(['unmap', address]) > 0,
      sync: (address: number) => told.push(['sync', address]) > 0,
    };
    const { python: mapping } = await wakeBare(supply, () => maps);
    mapping.runPython(`
import mmap
with open('/tmp/mapped', 'w+b') as file:
    file.truncate(4096)
    mapped = mmap.mmap(file.fileno(), 4096)
mapped[:2] = b'hi'
mapped.flush()
mapped.close()
`);
    expect(told.map(([what]) => what)).toEqual(expect.arrayContaining(['sync', 'unmap']));
    expect(new Set(told.map(([, address]) => address)).size).toBe(1);
  });
});

describe(`loading of Pyodide ${PINNED.pyodide}`, () => {
  test('asks for neither the module nor the library again, and leaves the page’s own functions as they were', async () => {
    const { fetch } = globalThis;
    const { instantiateStreaming, Instance } = WebAssembly;
    performance.clearResourceTimings();
    await wakeBare(supply);
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(asked.filter((name) => /\.wasm|\.zip/.test(name))).toEqual([]);
    expect(globalThis.fetch).toBe(fetch);
    expect([WebAssembly.instantiateStreaming, WebAssembly.Instance]).toEqual([instantiateStreaming, Instance]);
  });

  test('gives numbers of files that no file gets', () => {
    const held = holdNumber(python, 700);
    const least = holdNumber(python, -1);
    expect([held, isHeld(python, 700), isHeld(python, least), isHeld(python, 701)]).toEqual([700, true, true, false]);
    const open = 'import posix; fd = posix.open("/tmp/number", posix.O_CREAT | posix.O_RDWR); posix.close(fd); fd';
    expect(python.runPython(open)).toBe(least + 1);
    freeNumber(python, least);
    expect(python.runPython(open)).toBe(least);
    freeNumber(python, 700);
    expect(isHeld(python, 700)).toBe(false);
  });

  test('has errors made by C that can be renumbered, and finds OSError by its name', () => {
    const missing =
      'import posix\ntry:\n    posix.stat("/nowhere")\nexcept OSError as error:\n    said = repr(error)\nsaid';
    expect(python.runPython(missing)).toBe("FileNotFoundError(2, 'No such file or directory')");
    expect(python.runPython('repr(OSError(44, "words"))')).toBe("OSError(44, 'words')");
    expect(() => interceptNew(python, [addressOf('ValueError')], () => 0)).toThrow('OSError');
  });

  test('tells when it breaks: first before it prints, last when nothing runs any more', async () => {
    const { python: broken } = await wakeBare(supply);
    const order: string[] = [];
    broken.setStderr({ batched: () => order.push('printed') });
    broken.setStdout({ batched: () => order.push('printed') });
    onFatal(
      broken,
      () => order.push('first'),
      () => order.push('last'),
    );
    expect(() => broken.runPython('import ctypes; ctypes.string_at(2**32 - 16)')).toThrow('memory access');
    expect([order[0], order.at(-1)]).toEqual(['first', 'last']);
    expect(() => broken.runPython('1')).toThrow('already fatally failed');
  });
});

/** On a stack of its own, too: while some are suspended, nothing may run on the first one. */
const COLLECT = 'import gc\ndef main(): gc.collect()';

describe(`stacks of Pyodide ${PINNED.pyodide}`, () => {
  test('can be suspended in this browser', () => {
    expect(canSwitchStacks()).toBe(true);
    expect(stackSwitching()).not.toBeNull();
  });

  test('are suspended in poll(), each with its own frames, and go on in any order', async () => {
    python.runPython('order = []');
    const source = (name: string): string => `
def main():
    mine = ['${name}', 'begins']
    order.append(' '.join(mine))
    wait('${name}')
    mine[1] = 'ends'
    order.append(' '.join(mine))`;
    const ends = ['a', 'b', 'c'].map((name) => bare.start(source(name)));
    await expect.poll(bare.waiting).toEqual(['a', 'b', 'c']);
    for (const [n, name] of ['b', 'c', 'a'].entries()) {
      bare.resume(name);
      await ends['abc'.indexOf(name)];
      expect(python.runPython('len(order)')).toBe(4 + n);
    }
    expect(python.runPython('",".join(order)')).toBe('a begins,b begins,c begins,b ends,c ends,a ends');
  });

  test('are not suspended by a poll() for which there is no promise', async () => {
    await bare.start('def main():\n    global polled\n    polled = stacks._poll().poll(0)');
    expect(python.runPython('repr(polled)')).toBe('[]');
  });

  test('have each a part of memory of their own, so that the collector finds the frames of all', async () => {
    const stack = cStackOf(python);
    const parts: number[] = [];
    python.globals.set('note', () => parts.push(Math.floor(pointerOf(stack) / PART_BYTES)));
    const source = (n: number): string => `
import gc
def main():
    held = [[${n}] * 10 for _ in range(10)]
    held.append(held)
    def key(item):
        note()
        wait('${n}')
        gc.collect()
        return item
    assert sorted([${n}], key=key) == [${n}] and held[-1] is held and held[3] == [${n}] * 10`;
    const ends = Array.from({ length: 12 }, (_, n) => bare.start(source(n)));
    await expect.poll(bare.waiting).toHaveLength(12);
    await bare.start(COLLECT);
    for (const name of bare.waiting().toReversed()) bare.resume(name);
    await Promise.all(ends);
    expect(new Set(parts).size).toBe(12);
  });

  test('are left where they are while they are suspended, also when others change what is on them', async () => {
    // The collector has lists on its stack; `__del__` waits in the midst of it, and what others free leaves those lists.
    const collecting = bare.start(`
import gc
class Cycle:
    def __init__(self, n): self.me, self.n = [self] * 50, n
    def __del__(self):
        if self.n % 7 == 0: wait(f'{whose} {self.n}')
def main():
    global whose
    for whose in 'ab':
        for n in range(30): Cycle(n)
        gc.collect()`);
    const { _module: module } = python as unknown as { _module: { StackState: new () => Copied } };
    const { _save: save } = module.StackState.prototype as Copied;
    for (const name of ['a 0', 'a 7', 'a 14', 'a 21', 'a 28', 'b 0', 'b 7', 'b 14', 'b 21', 'b 28']) {
      await expect.poll(bare.waiting).toEqual([name]);
      await bare.start('def main(): [[n] for n in range(5000)]');
      bare.resume(name);
    }
    await collecting;
    expect(save.call(new module.StackState())).toBe(0);
  });

  test('can be suspended unless there is JavaScript in them, and that is known', async () => {
    const stack = cStackOf(python);
    python.globals.set('can_suspend', () => stack.canSuspend());
    expect(python.runPython('can_suspend()')).toBe(false);
    await bare.start('def main():\n    global could\n    could = can_suspend()');
    expect(python.runPython('could')).toBe(true);
  });

  test('can be suspended below C that calls functions of other signatures: the trampoline is in WebAssembly', async () => {
    // `str.join` and `list.extend` are called with one argument, where C knows two.
    const ended = bare.start(`
def items():
    for n in range(2):
        wait(f'item {n}')
        yield str(n)
def main():
    global joined
    joined = ''.join(items())`);
    for (const n of [0, 1]) {
      await expect.poll(bare.waiting).toEqual([`item ${n}`]);
      bare.resume(`item ${n}`);
    }
    await ended;
    expect(python.runPython('joined')).toBe('01');
  });

  test('free what the collector knows by functions with numbers; whoever puts gates in their place must name the type list', () => {
    expect(() => cStackOf(python).gateDeallocs(new Uint32Array(), PART_BYTES, 0)).toThrow(UnknownPyodide);
    expect(() => cStackOf(python).gateDeallocs(Uint32Array.of(addressOf('int')), PART_BYTES, 0)).toThrow(
      UnknownPyodide,
    );
  });

  test('are finalised from the outermost in, also behind a gate that lets them wait', async () => {
    await bare.start(`
def main():
    global order
    order, nested = [], None
    class Noted(list):
        def __del__(self): order.append(self[0])
    for n in range(200): nested = Noted([n, (nested,)])
    del nested`);
    const order = Array.from({ length: 200 }, (_, n) => 199 - n);
    expect(python.runPython('order').toJs()).toEqual(order);
    expect(python.runPython('import gc; gc.is_tracked(order)')).toBe(true);
  });

  test('end by RecursionError where C recurs, before the browser’s stack ends', async () => {
    await bare.start(`
import json
def main():
    global kinds
    kinds = set()
    def endless(): return endless()
    for call in (lambda: json.loads('[' * 100000), endless, lambda: sorted([1], key=lambda _: call())):
        try:
            call()
        except RecursionError as error:
            kinds.add(type(error).__name__)`);
    expect(python.runPython('str(kinds)')).toBe("{'RecursionError'}");
  });

  test('go on on another stack of the browser’s where C calls Python, and come back with what is raised there', async () => {
    const ended = bare.start(`
class Chain:
    def __init__(self, left): self.left = left
    def __len__(self):
        if self.left == 0:
            wait('deepest')
            raise LookupError('from below')
        return len(Chain(self.left - 1)) + 1
def main():
    global said
    try:
        len(Chain(800))
    except LookupError as error:
        said = f'{error} {sum(1 for _ in walk(error.__traceback__))}'
def walk(trace):
    while trace is not None:
        yield trace
        trace = trace.tb_next`);
    await expect.poll(bare.waiting).toEqual(['deepest']);
    await bare.start(COLLECT);
    bare.resume('deepest');
    await ended;
    expect(python.runPython('said')).toBe('from below 802');
  });

  test('call Python’s functions by one function of C, in whose place another can be put', async () => {
    const { python: other } = await wakeBare(supply);
    const stack = cStackOf(other);
    const { _module: module } = other as unknown as { _module: Table };
    const { addFunction, wasmTable } = module;
    let calls = 0;
    const target = other.runPython('def called(item): return -item\nid(called)') as number;
    stack.replaceCall(target, (call) => {
      const counted: PythonCall = (...parameters) => {
        calls += 1;
        return call(...parameters);
      };
      return wasmTable.get(addFunction(counted, 'iiiii')) as PythonCall;
    });
    expect(other.runPython('str(sorted([1, 2, 3], key=called))')).toBe('[3, 2, 1]');
    expect(calls).toBeGreaterThanOrEqual(3);
    expect(() => stack.replaceCall(other.runPython('id(len)') as number, (call) => call)).toThrow(UnknownPyodide);
  });
});
