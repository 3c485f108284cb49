import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
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
