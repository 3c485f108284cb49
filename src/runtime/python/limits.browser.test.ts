import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { DEEP_RECURSION } from '../fixtures/deep-recursion.fixture.ts';
import type { FixtureRun } from '../fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

/** `helper`: a part of the program of which no line is a step. The second run must write the same log. */
async function run(source: string, helper: string): Promise<FixtureRun> {
  const whole = `exec(compile(open('helper.txt').read(), '<helper>', 'exec'))\n${source}`;
  const first = await runPython(machine, whole, {}, { 'helper.txt': helper });
  expect(first.status.state).toBe('finished');
  const second = await runPython(machine, whole, {}, { 'helper.txt': helper });
  expect(second.words).toEqual(first.words);
  return first;
}

/** What it prints. */
async function printed(source: string, helper: string): Promise<string> {
  const { stdout, stderr } = await run(source, helper);
  expect(stderr).toBe('');
  return stdout;
}

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
      DEEP_RECURSION,
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

test('who wants more memory than there is gets MemoryError, and goes on when some is free', async () => {
  const { stdout, stderr } = await run(
    `
attempt(lambda hoard: bytearray(30_000_000))
attempt(lambda hoard: {len(hoard): [str(len(hoard))] * 1000})
print(len(bytearray(100_000_000)))
hoard = []
while True: hoard.append('x' * 100_000_000)
`,
    `
def attempt(make):
    hoard = []
    try:
        while True: hoard.append(make(hoard))
    except MemoryError:
        hoard.clear()
        print('MemoryError')
`,
  );
  expect(stdout).toBe('MemoryError\nMemoryError\n100000000\n');
  expect(stderr.trim().split('\n').slice(-2)).toEqual(['MemoryError', 'A process can have 512 MB here.']);
});

test('a process whose interpreter crashes ends as by a signal, and others go on', async () => {
  const { stdout, stderr } = await run(
    `
if __name__ == '__main__':
    for target in (crash, crash_in_thread, os.abort):
        process = multiprocessing.Process(target=target)
        process.start()
        process.join()
        print(process)
`,
    `
import multiprocessing, os, threading
def crash():
    # C calls itself, and CPython does not look how deep.
    x = int
    for _ in range(100000): x = (x, int)
    isinstance('', x)
def crash_in_thread():
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    print('never')
`,
  );
  expect(stderr).toContain('Fatal Python error: Aborted\n');
  expect(stdout).toBe(`<Process name='Process-1' pid=2 parent=1 stopped exitcode=-SIGSEGV>
<Process name='Process-2' pid=3 parent=1 stopped exitcode=-SIGSEGV>
<Process name='Process-3' pid=4 parent=1 stopped exitcode=-SIGABRT>
`);
  expect(stderr).toContain('Fatal Python error: Segmentation fault (RangeError: Maximum call stack size exceeded)\n');
});

test('a date is read, in any thread, though its module is too deep to be compiled in a process', async () => {
  const { stdout, stderr } = await runPython(
    machine,
    `
import datetime, threading, time
print(datetime.datetime.strptime('2026-02-01 12:30', '%Y-%m-%d %H:%M'))
threading.Thread(target=lambda: print(time.strptime('3 Mar 2026', '%d %b %Y').tm_yday)).start()
`,
  );
  expect([stdout, stderr]).toEqual(['2026-02-01 12:30:00\n62\n', '']);
});
