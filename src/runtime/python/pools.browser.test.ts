import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed } = inPythonTwice();

/** What the pools of these tests are given to do. */
const TASKS = `
import multiprocessing as mp, os, time
from multiprocessing import TimeoutError
def square(x): return x * x
def add(a, b): return a + b
def fails(x): raise ValueError(f'no {x}')
def slow(x): time.sleep(0.5); return x
def pid(_): time.sleep(0.01); return os.getpid()
def init(value):
    global given
    given = value
def use(_): return given
`;

test('a pool: all ways to hand in tasks, callbacks, errors, time-outs', async () => {
  expect(
    await printed(`${TASKS}if __name__ == '__main__':
    with mp.Pool(2) as pool:
        print(pool.map(square, range(10)))
        print(pool.starmap(add, [(1, 2), (3, 4)]))
        print(list(pool.imap(square, range(5), chunksize=2)))
        print(sorted(pool.imap_unordered(square, range(5))))
        r = pool.apply_async(square, (7,), callback=lambda v: print('callback', v)); print(r.get()); r.wait(); print(r.ready(), r.successful())
        r = pool.apply_async(fails, (7,), error_callback=lambda e: print('error', e))
        try: r.get()
        except ValueError as e: print('ValueError', e, type(e.__cause__).__name__)
        r = pool.apply_async(slow, (1,))
        try: r.get(timeout=0.1)
        except TimeoutError as e: print('TimeoutError', e)
        print(r.get())
        try: pool.map(fails, [0])
        except ValueError as e: print(e)
        print(pool.apply(add, (1, 1)))
        m = pool.map_async(square, range(4)); print(m.get())
`),
  ).toBe(`
[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]
[3, 7]
[0, 1, 4, 9, 16]
[0, 1, 4, 9, 16]
callback 49
49
True True
error no 7
ValueError no 7 RemoteTraceback
TimeoutError 
1
no 0
2
[0, 1, 4, 9]
`);
});

test('a pool whose workers are replaced; one that is closed, one that is terminated', async () => {
  expect(
    await printed(`${TASKS}if __name__ == '__main__':
    pool = mp.Pool(2, initializer=init, initargs=(42,), maxtasksperchild=1)
    print(pool.map(use, range(2), chunksize=1))
    pids = pool.map(pid, range(2), chunksize=1)
    print(len(set(pids)))
    pool.close(); pool.join()
    try: pool.map(square, [1])
    except ValueError as e: print(e)
    pool = mp.Pool(1); print(pool); pool.terminate(); pool.join(); print('end')
`),
  ).toBe(`
[42, 42]
2
Pool not running
<multiprocessing.pool.Pool state=RUN pool_size=1>
end
`);
});

test('executors of threads and of processes, and one whose process dies', async () => {
  expect(
    await printed(`
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED, TimeoutError
from concurrent.futures.process import BrokenProcessPool
import os, time, threading
def square(x): return x * x
def dies(): os._exit(3)
def fails(): raise KeyError('k')
if __name__ == '__main__':
    with ThreadPoolExecutor(3) as ex:
        print(list(ex.map(square, range(6))))
        f = ex.submit(pow, 2, 10); print(f.result(), f.done())
        f = ex.submit(fails)
        try: f.result()
        except KeyError as e: print('KeyError', e)
        print(sorted(f.result() for f in as_completed([ex.submit(square, n) for n in range(4)])))
    with ProcessPoolExecutor(2) as ex:
        print(list(ex.map(square, range(6))))
        print(list(ex.map(square, range(6), chunksize=3)))
        f = ex.submit(fails)
        try: f.result()
        except KeyError as e: print('KeyError', e, type(e.__cause__).__name__)
        f = ex.submit(square, 5); f.add_done_callback(lambda f: print('done', f.result())); f.result()
        print(sorted(f.result() for f in as_completed([ex.submit(square, n) for n in range(4)])))
        f = ex.submit(time.sleep, 0.5)
        try: f.result(timeout=0.1)
        except TimeoutError as e: print('TimeoutError')
        done, rest = wait([f]); print(len(done), len(rest))
    with ProcessPoolExecutor(1) as ex:
        f = ex.submit(dies)
        try: f.result()
        except BrokenProcessPool as e: print(e)
        try: ex.submit(square, 1)
        except BrokenProcessPool as e: print(e)
    try: ex.submit(square, 1)
    except RuntimeError as e: print(type(e).__name__)
`),
  ).toBe(`
[0, 1, 4, 9, 16, 25]
1024 True
KeyError 'k'
[0, 1, 4, 9]
[0, 1, 4, 9, 16, 25]
[0, 1, 4, 9, 16, 25]
KeyError 'k' _RemoteTraceback
done 25
[0, 1, 4, 9]
TimeoutError
1 0
A process in the process pool was terminated abruptly while the future was running or pending.
A child process terminated abruptly, the process pool is not usable anymore
BrokenProcessPool
`);
});
