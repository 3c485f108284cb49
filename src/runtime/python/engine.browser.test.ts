import { afterAll, beforeAll, expect, test } from 'vitest';
import { Kind } from '../../abi/record.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

test('a program runs line by line', async () => {
  const run = await runPython(machine, 'x = 1\nprint("hello", x)\n');
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('hello 1\n');
  expect(run.status.state).toBe('finished');
});

test('threads take turns', async () => {
  const run = await runPython(
    machine,
    `
import threading, time
def work(name):
    for n in range(3):
        print(name, n)
        time.sleep(0.1)
threads = [threading.Thread(target=work, args=(name,)) for name in 'ab']
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('end', time.monotonic() > 0)
`,
  );
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('a 0\nb 0\na 1\nb 1\na 2\nb 2\nend True\n');
  expect(run.status.state).toBe('finished');
});

test('a signal interrupts a wait, its handler runs, and the wait goes on', async () => {
  const run = await runPython(
    machine,
    `
import os, signal, threading, time
def handler(number, frame):
    print('got', signal.Signals(number).name, time.monotonic() - begin < 0.5)
    time.sleep(0.05)
    print('handled')
signal.signal(signal.SIGTERM, handler)
begin = time.monotonic()
def send():
    time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
thread = threading.Thread(target=send)
thread.start()
time.sleep(0.5)
print('slept', 0.5 <= time.monotonic() - begin < 0.6)
thread.join()
os.kill(os.getpid(), signal.SIGTERM)
print('after')
`,
  );
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('got SIGTERM True\nhandled\nslept True\ngot SIGTERM False\nhandled\nafter\n');
});

test('SIGINT is a KeyboardInterrupt in the main thread, wherever it waits', async () => {
  const run = await runPython(
    machine,
    `
import os, signal, threading, time
lock = threading.Lock()
lock.acquire()
def send():
    for _ in range(3):
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=send).start()
for wait in (lock.acquire, lambda: time.sleep(9), threading.Event().wait):
    try:
        wait()
    except KeyboardInterrupt:
        print('interrupted')
print(lock.locked())
`,
  );
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('interrupted\ninterrupted\ninterrupted\nTrue\n');
});

test('a signal that nobody handles ends the process', async () => {
  const run = await runPython(machine, 'import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\nprint("never")\n');
  expect(run.stdout).toBe('');
  expect(run.records.find(({ kind }) => kind === Kind.TERMINATED)?.a).toBe(-15);
});

test('a thread that only computes, in code whose lines are no steps, gives way to others', async () => {
  const spin = `
import threading, time
def spin():
    exec(compile('while not stop: count[0] += 1', '<library>', 'exec'), globals())
stop = []
count = [0]
thread = threading.Thread(target=spin)
thread.start()
time.sleep(0.2)
stop.append(1)
thread.join()
print(count[0] > 1000, count[0])
`;
  const first = await runPython(machine, spin);
  const second = await runPython(machine, spin);
  expect(first.stderr).toBe('');
  expect(first.stdout).toMatch(/^True/);
  expect(second.words).toEqual(first.words);
});
