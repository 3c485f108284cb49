import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

test('threads that take the interpreter from each other hand things to the kernel all the time', async () => {
  const { stdout, stderr, status } = await runPython(
    machine,
    `
import multiprocessing as mp, threading
def doubles(tasks, results):
    for task in iter(tasks.get, None):
        results.put(task * 2)
def feeds(tasks):
    for n in range(50): tasks.put(n)
def square(x):
    return x * x
if __name__ == '__main__':
    tasks, results = mp.Queue(), mp.Queue()
    processes = [mp.Process(target=doubles, args=(tasks, results)) for _ in range(2)]
    threads = [threading.Thread(target=feeds, args=(tasks,)) for _ in range(3)]
    for one in processes + threads: one.start()
    print(sum(results.get() for _ in range(150)))
    for process in processes: tasks.put(None)
    for one in processes + threads: one.join()
    with mp.Pool(2) as pool:
        print(sum(pool.map(square, range(100), chunksize=1)))
    with mp.Manager() as manager:
        shared = manager.list()
        threads = [threading.Thread(target=lambda: [shared.append(n) for n in range(20)]) for _ in range(3)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(len(shared))
`,
    { mode: 'live' },
  );
  expect(stderr).toBe('');
  expect(stdout).toBe('7350\n328350\n60\n');
  expect(status.state).toBe('finished');
});
