import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../abi/config.ts';
import { Control } from '../../abi/control.ts';
import { BlockReason, InputKind, Kind } from '../../abi/record.ts';
import { appendText } from '../../abi/text.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { readLog } from '../fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

const typed = (...lines: (readonly [tick: number, text: string | null])[]): { readonly inputs: readonly Input[] } => ({
  inputs: lines.map(([tick, text]) => ({ kind: 'line', tick, text })),
});

test('a program waits for a line that nobody types, without a deadlock, and the next run is clean', async () => {
  const run = await runPython(machine, 'name = input("name? ")\nprint(name)\n');
  expect(run.stdout).toBe('name? ');
  expect(run.status).toMatchObject({ state: 'input', message: 'MainProcess' });
  expect(run.records.filter(({ kind, aux }) => kind === Kind.BLOCKED && aux === BlockReason.INPUT)).toHaveLength(1);
  expect((await machine.kernel.run({})).state).toBe('input');
  const next = await runPython(machine, 'print("next")\n');
  expect([next.stdout, next.status.state]).toEqual(['next\n', 'finished']);
});

test('a line that is typed while it waits is the same run as one of the schedule', async () => {
  const source = 'print("Hello", input("name? "))\nprint(input() + "!")\n';
  const waiting = await runPython(machine, source);
  await machine.kernel.typeLine('Ada 你好');
  expect((await machine.kernel.run({})).state).toBe('input');
  const { tick } = await machine.kernel.typeLine('');
  const end = await machine.kernel.run({});
  expect(end.state).toBe('finished');
  const { inputs } = await machine.kernel.schedule();
  expect(inputs).toEqual([
    { kind: 'line', tick: waiting.status.tick + 1, text: 'Ada 你好' },
    { kind: 'line', tick: tick + 1, text: '' },
  ]);
  const again = await runPython(machine, source, { schedule: { picks: [], inputs } });
  expect(again.stdout).toBe('name? Hello Ada 你好\n!\n');
  expect(again.status).toEqual(end);
});

test('lines typed ahead are read one by one, also by what iterates, up to the end of the file', async () => {
  const source = `
import sys
print(sys.stdin.isatty(), sys.stdin.fileno(), sys.stdin)
print(input(), repr(sys.stdin.readline()))
for line in sys.stdin:
    print(line.strip())
try:
    input()
except EOFError as error:
    print(type(error).__name__, error)
print(input())
`;
  const lines = typed([0, 'one'], [0, 'two'], [1, 'three'], [1, 'four'], [2, null], [2, null], [3, 'after']);
  const run = await runPython(machine, source, { schedule: { picks: [], ...lines } });
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe(
    "True 0 <_io.TextIOWrapper name='<stdin>' mode='r' encoding='utf-8'>\none 'two\\n'\nthree\nfour\nEOFError EOF when reading a line\nafter\n",
  );
});

test('the other threads go on while one waits for a line, and two may wait', async () => {
  const source = `
import threading
def ask():
    print(threading.current_thread().name, input())
threads = [threading.Thread(target=ask, name=name) for name in 'ab']
for thread in threads:
    thread.start()
print('started')
for thread in threads:
    thread.join()
`;
  const run = await runPython(machine, source, { schedule: { picks: [], ...typed([100, 'x'], [100, 'y']) } });
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('started\na x\nb y\n');
});

test('a child process has no terminal, as in CPython', async () => {
  const source = `
from multiprocessing import Process
def ask():
    try:
        input()
    except EOFError as error:
        print(error)
if __name__ == '__main__':
    child = Process(target=ask)
    child.start()
    child.join()
    print(child.exitcode)
`;
  const run = await runPython(machine, source);
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('EOF when reading a line\n0\n');
});

test('a signal ends the wait for a line', async () => {
  const source = `
import os, signal, threading, time
def interrupt():
    time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=interrupt).start()
try:
    input()
except KeyboardInterrupt:
    print('interrupted')
print(input())
`;
  const run = await runPython(machine, source, { schedule: { picks: [], ...typed([100, 'later']) } });
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('interrupted\nlater\n');
});

test('a live run takes a line while it goes on', async () => {
  const source = `
import threading
heard = threading.Event()
def listen():
    print('heard', input('name? '))
    heard.set()
threading.Thread(target=listen).start()
while not heard.wait(0.02):
    pass
try:
    input()
except EOFError:
    print('end')
`;
  const { words } = machine.memory;
  const type = (text: string): void => {
    Atomics.store(words, Control.INPUT_VALUE, appendText(machine.memory, text));
    Atomics.store(words, Control.INPUT, InputKind.LINE);
    Atomics.add(words, Control.DOORBELL, 1);
    Atomics.notify(words, Control.DOORBELL);
  };
  const isAsked = (): boolean => readLog(machine).stdout.includes('name? ');
  const run = runPython(machine, source, { mode: 'live' });
  await expect.poll(isAsked).toBe(true);
  type('Ada\n');
  await expect.poll(() => readLog(machine).stdout).toContain('heard Ada');
  type('');
  const { stdout, stderr, status } = await run;
  expect([stdout, stderr, status.state]).toEqual(['name? heard Ada\nend\n', '', 'finished']);
});
