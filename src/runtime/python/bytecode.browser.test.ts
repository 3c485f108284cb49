import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Kind } from '../../abi/record.ts';
import type { Machine } from '../../ui/host/machine.ts';
import type { FixtureRun } from '../fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

const counting = (locked: boolean): string => `
from threading import Lock, Thread
counter = 0
lock = Lock()
def work():
    global counter
    for _ in range(3):
        ${locked ? 'with lock:\n            counter += 1' : 'counter += 1'}
workers = [Thread(target=work) for _ in range(2)]
for worker in workers: worker.start()
for worker in workers: worker.join()
print(counter)
`;

function count(locked: boolean, stepBy: 'line' | 'bytecode', seed: number): Promise<FixtureRun> {
  return runPython(machine, counting(locked), { stepBy, hosts: 64, machine: { policy: 'random', seed } });
}

describe('two threads that add to a global variable', () => {
  test('lose nothing when a step is a line', async () => {
    const runs = [await count(false, 'line', 1), await count(false, 'line', 2)];
    expect(runs.map(({ stdout }) => stdout)).toEqual(['6\n', '6\n']);
  });

  test('lose some when a step is an instruction', { timeout: 60_000 }, async () => {
    const sums = new Set<string>();
    for (const seed of SEEDS) sums.add((await count(false, 'bytecode', seed)).stdout);
    expect([...sums].some((sum) => Number(sum) < 6)).toBe(true);
  });

  test('lose nothing under a lock', { timeout: 60_000 }, async () => {
    for (const seed of SEEDS) {
      const { status, stdout, stderr } = await count(true, 'bytecode', seed);
      expect(stdout, `seed ${seed}: ${stderr} ${JSON.stringify(status)}`).toBe('6\n');
    }
  });
});

/** Two threads and a process: a counter, a lock and a pipe, an order of a set and a number by chance. */
const SHARED = `
import random
from multiprocessing import Pipe, Process
from threading import Lock, Thread
counter, lock, seen = 0, Lock(), []
def work(name):
    global counter
    for _ in range(2):
        counter += 1
        with lock:
            seen.append(name)
def child(there):
    there.send(there.recv() + random.random())
if __name__ == '__main__':
    here, there = Pipe()
    process = Process(target=child, args=(there,))
    process.start()
    threads = [Thread(target=work, args=(name,)) for name in 'ab']
    for thread in threads: thread.start()
    here.send(1)
    for thread in threads: thread.join()
    print(here.recv(), counter, seen, set(seen))
    process.join()
`;

test('a run of two threads and a process is the same twice, and another with another seed', async () => {
  const seeds = [1, 2, 3, 4];
  const one = (seed: number): Promise<FixtureRun> =>
    runPython(machine, SHARED, { stepBy: 'bytecode', machine: { policy: 'random', cpus: 2, seed } });
  const first = new Map<number, FixtureRun>();
  for (const seed of seeds) first.set(seed, await one(seed));
  // In the other order, so that each follows upon another run than before.
  for (const seed of seeds.toReversed()) {
    const run = await one(seed);
    expect(run.stderr).toBe('');
    expect(run.status.state).toBe('finished');
    expect(run.stdout, `seed ${seed}`).toBe(first.get(seed)?.stdout);
    expect(run.words, `seed ${seed}`).toEqual(first.get(seed)?.words);
  }
  const orders = new Set([...first.values()].map(({ records }) => records.map(({ tid }) => tid).join()));
  expect(orders.size).toBe(seeds.length);
});

test('each step says which instruction it executes', async () => {
  const run = await runPython(machine, 'x = 1\nx += 2\nprint(x)\n', { stepBy: 'bytecode' });
  expect(run.stderr).toBe('');
  const steps = run.records.filter(({ kind }) => kind === Kind.LINE).map(({ a, c }) => `${a} ${run.textOf(c)}`);
  expect(steps).toEqual([
    '1 LOAD_SMALL_INT 1',
    '1 STORE_NAME x',
    '2 LOAD_NAME x',
    '2 LOAD_SMALL_INT 2',
    '2 BINARY_OP +=',
    '2 STORE_NAME x',
    '3 LOAD_NAME print',
    '3 LOAD_NAME x',
    '3 CALL 1',
    '3 POP_TOP',
    '3 LOAD_CONST None',
    '3 RETURN_VALUE',
  ]);
});
