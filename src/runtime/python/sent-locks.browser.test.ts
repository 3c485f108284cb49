import { expect, test } from 'vitest';
import { runPython } from '../fixtures/python.fixture.ts';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { run, printed, machine } = inPythonTwice();

/** What it prints in live mode, where it must end as well as in stepped mode. */
async function printedLive(source: string): Promise<string> {
  const { stdout, stderr, status } = await runPython(machine(), source, { mode: 'live' });
  expect([stderr, status.state]).toEqual(['', 'finished']);
  return `\n${stdout}`;
}

test('a lock, and what has one, cannot be sent: a queue’s feeder prints the error and goes on', async () => {
  const { stdout, stderr, status } = await run(`
import multiprocessing as mp
KINDS = 'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Condition', 'Event', 'Barrier', 'Queue', 'SimpleQueue', 'JoinableQueue'
if __name__ == '__main__':
    q = mp.Queue()
    for kind in KINDS:
        q.put(mp.Barrier(2) if kind == 'Barrier' else getattr(mp, kind)())
    q.put(mp.Value('i', 0)); q.put(mp.Array('i', 2)); q.put([mp.Lock()])
    q.put('what can be sent')
    print(q.get())
    r, w = mp.Pipe(False)
    for shared in (mp.Lock(), mp.Queue()):
        try: w.send(shared)
        except RuntimeError as error: print(error)
    print(r.poll(0))
    sq = mp.SimpleQueue()
    try: sq.put(mp.Lock())
    except RuntimeError as error: print(error)
    print(sq.empty())
    bounded = mp.Queue(1)
    for n in range(3): bounded.put(mp.Lock())
    bounded.put('still room'); print(bounded.get())
`);
  expect(stdout).toBe(`what can be sent
Lock objects should only be shared between processes through inheritance
Queue objects should only be shared between processes through inheritance
False
Lock objects should only be shared between processes through inheritance
True
still room
`);
  expect(stderr).toMatch(
    /^Traceback \(most recent call last\):\n {2}File "[^"]*queues\.py", line \d+, in _feed\n[^]*?, in assert_spawning\n/u,
  );
  const said = / *(\w+): (\w+) objects should only be shared between processes through inheritance\n/gu;
  expect(Array.from(stderr.matchAll(said), ([, error, kind]) => `${error} ${kind}`).join('\n')).toBe(`RuntimeError Lock
RuntimeError RLock
RuntimeError Semaphore
RuntimeError BoundedSemaphore
RuntimeError Condition
RuntimeError Condition
RuntimeError Condition
RuntimeError Queue
RuntimeError SimpleQueue
RuntimeError JoinableQueue
RuntimeError Synchronized
RuntimeError SynchronizedArray
RuntimeError Lock
RuntimeError Lock
RuntimeError Lock
RuntimeError Lock`);
  expect(status.state).toBe('finished');
});

const SENT_PROXY = `
import multiprocessing as mp
def sends(name, tasks):
    lock, connection = tasks.get()
    for _ in range(3):
        with lock: connection.send_bytes(name * 100_000)
    connection.close()
if __name__ == '__main__':
    with mp.Manager() as manager:
        lock, tasks = manager.Lock(), mp.Queue()
        reader, writer = mp.Pipe(False)
        processes = [mp.Process(target=sends, args=(name, tasks)) for name in (b'a', b'b', b'c')]
        for process in processes: process.start()
        lock.acquire()
        for process in processes: tasks.put((lock, writer))
        print(reader.poll(2))
        lock.release()
        got = [reader.recv_bytes() for _ in range(9)]
        print([len(one) for one in got], sorted(bytes(set(one)) for one in got))
        for process in processes: process.join(); print(process.exitcode)
        print(lock.acquire(timeout=1))
        writer.close()
        try: reader.recv_bytes()
        except EOFError: print('EOFError')
`;

test('a manager’s lock that goes through a queue excludes others from the connection that goes with it', async () => {
  const expected = `
False
[100000, 100000, 100000, 100000, 100000, 100000, 100000, 100000, 100000] [b'a', b'a', b'a', b'b', b'b', b'b', b'c', b'c', b'c']
0
0
0
True
EOFError
`;
  expect(await printed(SENT_PROXY)).toBe(expected);
  expect(await printedLive(SENT_PROXY)).toBe(expected);
});

const INHERITED = `
import multiprocessing as mp, time
def adds(lock, total, rounds=2):
    for _ in range(rounds):
        with lock:
            seen = total.value
            time.sleep(0.01)
            total.value = seen + 1
class Adder(mp.Process):
    def __init__(self, lock, total):
        super().__init__()
        self.lock, self.total = lock, total
    def run(self): adds(self.lock, self.total)
def begins(given): global shared; shared = given
def task(n): adds(*shared, rounds=n)
if __name__ == '__main__':
    for kind in (mp.Lock, mp.RLock, mp.Semaphore, mp.BoundedSemaphore, mp.Condition):
        lock, total = kind(), mp.RawValue('i', 0)
        processes = [
            mp.Process(target=adds, args=(lock, total)),
            mp.Process(target=adds, kwargs={'lock': lock, 'total': total, 'rounds': 3}),
            Adder(lock, total),
        ]
        for process in processes: process.start()
        adds(lock, total)
        for process in processes: process.join()
        print(kind.__name__, total.value, [process.exitcode for process in processes])
    lock, total = mp.Lock(), mp.RawValue('i', 0)
    with mp.Pool(2, begins, ((lock, total),)) as pool:
        pool.map_async(task, [1, 2, 3], chunksize=1)
        adds(lock, total)
        pool.close(); pool.join()
    with lock: print(total.value)
    value = mp.Value('i', 0, lock=lock)
    with lock: print(value.get_lock().acquire(False))
`;

test('locks exclude whoever gets them as an argument, an attribute, or from a pool’s initializer', async () => {
  const expected = `
Lock 9 [0, 0, 0]
RLock 9 [0, 0, 0]
Semaphore 9 [0, 0, 0]
BoundedSemaphore 9 [0, 0, 0]
Condition 9 [0, 0, 0]
8
False
`;
  expect(await printed(INHERITED)).toBe(expected);
  expect(await printedLive(INHERITED)).toBe(expected);
});
