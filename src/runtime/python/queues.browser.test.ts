import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { run, printed } = inPythonTwice();

test('queues: the feeder thread, sizes, tasks done', async () => {
  expect(
    await printed(`
import multiprocessing as mp, queue, threading
def doubles(tasks, results):
    for task in iter(tasks.get, None):
        results.put(task * 2)
def works(tasks, log):
    while True:
        log.append(tasks.get())
        tasks.task_done()
def produces(tasks):
    for n in range(3): tasks.put(n)
if __name__ == '__main__':
    tasks, results = mp.Queue(), mp.Queue()
    processes = [mp.Process(target=doubles, args=(tasks, results)) for _ in range(2)]
    for process in processes: process.start()
    for n in range(6): tasks.put(n)
    for process in processes: tasks.put(None)
    print(sorted(results.get() for _ in range(6)))
    for process in processes: process.join()
    print(threading.active_count(), tasks.qsize(), results.empty())
    small = mp.Queue(2)
    small.put(1); small.put(2)
    print(small.full(), small.qsize())
    for call in (lambda: small.put(3, timeout=0.1), lambda: small.put_nowait(3)):
        try:
            call()
        except queue.Full as error:
            print(type(error).__name__)
    print(small.get(), small.get())
    try:
        small.get(timeout=0.1)
    except queue.Empty as error:
        print(type(error).__name__)
    big = mp.Queue()
    big.put('x' * 200_000)
    print(len(big.get()))
    joinable, log = mp.JoinableQueue(), []
    thread = threading.Thread(target=works, args=(joinable, log), daemon=True)
    thread.start()
    process = mp.Process(target=produces, args=(joinable,))
    process.start()
    process.join()
    joinable.join()
    print(log)
    try:
        joinable.task_done()
    except ValueError as error:
        print(error)
`),
  ).toBe(`
[0, 2, 4, 6, 8, 10]
2 0 True
True 2
Full
Full
1 2
Empty
200000
[0, 1, 2]
task_done() called too many times
`);
});

test('a queue takes what its feeder can pickle, and a process ends when its own has written all', async () => {
  const result = await run(
    `
import multiprocessing as mp, queue, time
def works(tasks, results):
    for task in iter(tasks.get, None):
        results.put((task, task * 2))
def quits(q):
    q.put('from child')
def sends(q):
    for n in range(3): q.put(bytes(100_000 + n))
if __name__ == '__main__':
    tasks, results = mp.JoinableQueue(3), mp.Queue()
    processes = [mp.Process(target=works, args=(tasks, results)) for _ in range(4)]
    for process in processes: process.start()
    for n in range(20): tasks.put(n)
    for process in processes: tasks.put(None)
    print(sum(results.get()[1] for _ in range(20)))
    for process in processes: process.join()
    q = mp.Queue()
    for target, count in ((quits, 1), (sends, 3)):
        process = mp.Process(target=target, args=(q,))
        process.start()
        print([len(q.get()) for _ in range(count)])
        process.join()
        print(process.exitcode)
    q.put(lambda: 1)
    time.sleep(0.1)
    q.put(2)
    print(q.get())
    q.close()
    try:
        q.put(1)
    except ValueError as error:
        print('closed')
    q.join_thread()
`,
  );
  expect(result.stdout).toBe('380\n[10]\n0\n[100000, 100001, 100002]\n0\n2\nclosed\n');
  expect(result.stderr).toContain("PicklingError: Can't pickle <function <lambda>");
  expect(result.status.state).toBe('finished');
});
