import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

/** What it prints. It ends well, and writes the same log once more. `helper`: a module of which no line is a step. */
async function printed(source: string, helper = ''): Promise<string> {
  const files = { 'helper.txt': helper };
  const whole = `exec(compile(open('helper.txt').read(), '<helper>', 'exec'))\n${source}`;
  const first = await runPython(machine, whole, {}, files);
  expect(first.stderr).toBe('');
  expect(first.status.state).toBe('finished');
  const second = await runPython(machine, whole, {}, files);
  expect(second.words).toEqual(first.words);
  return first.stdout;
}

const DEEP = `
import copy, functools, json, pickle, threading
def nest(make):
    x = None
    for _ in range(100000): x = make(x)
    return x
class Recursive:
    def __repr__(self): return repr(self)
    def __eq__(self, other): return self == other
    def __bool__(self): return bool(self)
    def __getattr__(self, name): return getattr(self, name)
@functools.cache
def cached(n): return cached(n + 1)
def sort(n): return sorted([1, 2], key=sort)
def plain(n): return plain(n + 1)
lists, tuples, dicts, other = nest(lambda x: [x]), nest(lambda x: (x,)), nest(lambda x: {1: x}), nest(lambda x: [x])
calls = [lambda: plain(0), lambda: repr(Recursive()), lambda: Recursive() == 1, lambda: bool(Recursive()), lambda: Recursive().x,
         lambda: cached(0), lambda: sort(0), lambda: repr(lists), lambda: repr(tuples), lambda: repr(dicts), lambda: lists == other,
         lambda: json.dumps(lists), lambda: json.loads('[' * 100000), lambda: pickle.dumps(lists), lambda: copy.deepcopy(lists)]
def attempt():
    kinds = set()
    for call in calls:
        try:
            kinds.add(f'{call()}')
        except Exception as error:
            kinds.add(type(error).__name__)
    print(kinds)
`;

test('recursion without end raises RecursionError, in Python and in C, in every thread', async () => {
  expect(
    await printed(
      `
attempt()
thread = threading.Thread(target=attempt)
thread.start()
thread.join()
attempt()
`,
      DEEP,
    ),
  ).toBe("{'RecursionError'}\n{'RecursionError'}\n{'RecursionError'}\n");
});

test('Python that C calls goes as deep as in CPython, and other threads run meanwhile', async () => {
  expect(
    await printed(
      `
threads = [threading.Thread(target=down, args=(name, queues[name], queues[1 - name])) for name in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(fibonacci(900) % 10**9, depths)
`,
      `
import functools, gc, queue, threading
queues = [queue.Queue(), queue.Queue()]
depths = [0, 0]
@functools.cache
def fibonacci(n): return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
class Chain:
    def __init__(self, name, left): self.name, self.left = name, left
    def __len__(self):
        if self.left % 100 == 0:
            queues[1 - self.name].put(self.left)
            assert queues[self.name].get() == self.left
            gc.collect()
        return len(Chain(self.name, self.left - 1)) + 1 if self.left else 0
def down(name, mine, other):
    for _ in range(3): depths[name] += len(Chain(name, 800))
`,
    ),
  ).toBe('652938800 [2400, 2400]\n');
});
