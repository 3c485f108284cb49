import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';
import type { FixtureRun, Spec } from '../fixtures/lab.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

/** Runs it twice: the second run must write the same log. */
async function run(source: string, spec: Partial<Spec> = {}): Promise<FixtureRun> {
  const first = await runPython(machine, source, spec);
  const second = await runPython(machine, source, spec);
  expect(second.stdout).toBe(first.stdout);
  expect(second.words).toEqual(first.words);
  return first;
}

/** What `python3` prints with start method `spawn`, and it ends well. */
async function prints(source: string, stdout: string, spec: Partial<Spec> = {}): Promise<FixtureRun> {
  const result = await run(source, spec);
  expect(result.stderr).toBe('');
  expect(result.stdout).toBe(stdout.trimStart());
  expect(result.status.state).toBe('finished');
  return result;
}

test('a process runs a function, with arguments, in an interpreter of its own', async () => {
  await prints(
    `
from multiprocessing import Process, current_process, parent_process
import os
value = 1
def work(a, b):
    print(__name__, a, b, value, current_process().name, os.getpid(), os.getppid(), parent_process().pid)
if __name__ == '__main__':
    value = 2
    process = Process(target=work, args=(3,), kwargs={'b': [4]})
    print(process)
    process.start()
    print(process.is_alive(), process.exitcode, process.pid)
    process.join()
    print(process.is_alive(), process.exitcode, process, value)
`,
    `
<Process name='Process-1' parent=1 initial>
True None 2
__mp_main__ 3 [4] 1 Process-1 2 1 1
False 0 <Process name='Process-1' pid=2 parent=1 stopped exitcode=0> 2
`,
  );
});
