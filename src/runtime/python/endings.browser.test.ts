import { expect, test } from 'vitest';
import { EndCause, Kind } from '../../abi/record.ts';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { run } = inPythonTwice();

test('a process can be terminated and killed in any state', async () => {
  const { stdout, stderr } = await run(`
import multiprocessing as mp, os, sys, time, threading, signal
def sleeps(ready): ready.send(1); time.sleep(1000)
def locks(ready):
    ready.send(1); l = threading.Lock(); l.acquire(); l.acquire()
def mplock(ready):
    ready.send(1); l = mp.Lock(); l.acquire(); l.acquire()
def gets(ready): ready.send(1); mp.Queue().get()
def receives(ready):
    ready.send(1); r, w = mp.Pipe(); r.recv()
def spins(ready):
    ready.send(1)
    while True: pass
def threads(ready):
    t = threading.Thread(target=time.sleep, args=(1000,)); t.start(); ready.send(1); t.join()
def pools(ready):
    with mp.Pool(1) as pool:
        ready.send(1); pool.apply(time.sleep, (1,))
def handles(ready):
    def handler(n, f): print('handled', n, flush=True); sys.exit(9)
    signal.signal(signal.SIGTERM, handler); ready.send(1); time.sleep(1000)
def ignores(ready):
    signal.signal(signal.SIGTERM, signal.SIG_IGN); ready.send(1); time.sleep(0.3)
if __name__ == '__main__':
    for target in (sleeps, locks, mplock, gets, receives, spins, threads, pools, handles, ignores):
        r, w = mp.Pipe(False)
        p = mp.Process(target=target, args=(w,)); p.start(); w.close(); r.recv(); time.sleep(0.05)
        p.terminate(); p.join(); print(target.__name__, p.exitcode)
    r, w = mp.Pipe(False)
    p = mp.Process(target=ignores, args=(w,)); p.start(); r.recv(); p.kill(); p.join(); print(p.exitcode)
    p = mp.Process(target=sleeps, args=(w,)); p.start(); p.terminate(); p.join(); print('at once', p.exitcode)
    p.terminate(); p.kill(); print('again', p.exitcode)
    p = mp.Process(target=sleeps, args=(w,)); p.start(); r.recv()
    try: p.close()
    except ValueError as e: print(e)
    p.kill(); p.join(); p.close()
    try: p.exitcode
    except ValueError as e: print(e)
    try: os.kill(99999, 0)
    except ProcessLookupError as e: print(e)
    pid = os.getpid(); print(os.kill(pid, 0))
`);
  expect(stdout).toBe(`sleeps -15
locks -15
mplock -15
gets -15
receives -15
spins -15
threads -15
pools -15
handled 15
handles 9
ignores 0
-9
at once -15
again -15
Cannot close a process while it is still running. You should first call join() or terminate().
process object is closed
[Errno 3] No such process
None
`);
  // Those of `mplock`, `gets` and `pools`, as on Linux.
  expect(stderr).toContain('There appear to be 10 leaked semaphore objects to clean up at shutdown: {');
});

test('who starts more processes than there may be gets an error, and others come when some have ended', async () => {
  const { stdout, stderr, status } = await run(
    `
import multiprocessing as mp, time
def spawns(depth):
    process = mp.Process(target=spawns, args=(depth + 1,))
    process.start()
    process.join()
if __name__ == '__main__':
    processes = []
    try:
        while True:
            process = mp.Process(target=time.sleep, args=(100,))
            process.start()
            processes.append(process)
    except OSError as error:
        print(type(error).__name__, error, len(processes))
    for process in processes: process.terminate()
    for process in processes: process.join()
    process = mp.Process(target=spawns, args=(0,))
    process.start()
    process.join()
    print(process.exitcode)
`,
    { hosts: 4 },
  );
  expect(stdout).toBe('BlockingIOError [Errno 11] Resource temporarily unavailable 3\n0\n');
  expect(stderr).toMatch(
    /^Process Process-5:1:1:\nTraceback[^]*\nBlockingIOError: \[Errno 11\] Resource temporarily unavailable\n.*\n?$/,
  );
  expect(status.state).toBe('finished');
});

test('there may be hundreds of threads, each with a stack of its own; one of them can end the process', async () => {
  const { stdout, status, records } = await run(
    `
import os, threading, time
def work():
    def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
    done.wait()
    depths.append(deep(100))
threads, done, depths = [], threading.Event(), []
try:
    while True:
        thread = threading.Thread(target=work)
        thread.start()
        threads.append(thread)
except RuntimeError as error:
    print(error, len(threads))
done.set()
for thread in threads: thread.join()
print(set(depths))
threading.Thread(target=os._exit, args=(7,)).start()
time.sleep(10)
print('never')
`,
    { stepBy: 'operation', hosts: 16 },
  );
  expect(stdout).toMatch(/^can't start new thread 240\n\{100\}\n$/);
  expect(records.find(({ kind, tid }) => kind === Kind.TERMINATED && tid === 1)?.a).toBe(7);
  expect(status.state).toBe('finished');
});

test('KeyboardInterrupt ends a child with 1 and the program by its signal, both with a traceback', async () => {
  const { stdout, stderr, records } = await run(`
import multiprocessing as mp, os, signal, time, threading
def waits():
    try:
        time.sleep(100)
    except KeyboardInterrupt:
        print('interrupted')
        raise
if __name__ == '__main__':
    process = mp.Process(target=waits)
    process.start()
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGINT)
    process.join()
    print(process.exitcode)
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    time.sleep(100)
`);
  expect(stdout).toBe('interrupted\n1\n');
  expect(stderr.match(/^KeyboardInterrupt$/gm)).toHaveLength(2);
  expect(records.find(({ kind, tid }) => kind === Kind.TERMINATED && tid === 1)?.a).toBe(-2);
});

test('what breaks the interpreter ends its process alone, as a wrong address does', async () => {
  const { stdout, stderr, status } = await run(`
import ctypes, multiprocessing as mp, threading, time
def crash():
    ctypes.string_at(2**32 - 16)
def in_thread():
    threading.Thread(target=crash).start()
    time.sleep(100)
if __name__ == '__main__':
    codes = []
    for target in (crash, in_thread):
        process = mp.Process(target=target)
        process.start()
        process.join()
        codes.append(process.exitcode)
    print(codes)
`);
  expect(stdout).toContain('[-11, -11]\n');
  const words = 'Fatal Python error: Segmentation fault (RuntimeError: memory access out of bounds)\n';
  expect(stderr.split(words)).toHaveLength(3);
  expect(status.state).toBe('finished');
});

test('an exception that nobody has caught ends a thread or a process, and the log says so; sys.exit() is none', async () => {
  const { records, stderr } = await run(`
import multiprocessing as mp, sys, threading
def fails(): raise ValueError('wrong')
def leaves(): sys.exit(3)
def catches():
    import traceback
    try: fails()
    except ValueError: traceback.print_exc()
if __name__ == '__main__':
    for kind in (threading.Thread, mp.Process):
        for target in (fails, leaves, catches):
            one = kind(target=target)
            one.start(); one.join()
    threading._register_atexit(lambda: threading._register_atexit(fails))
`);
  expect(stderr.match(/ValueError: wrong/gu)).toHaveLength(4);
  expect(stderr).toContain("RuntimeError: can't register atexit after shutdown");
  const ends = records.filter(({ kind }) => kind === Kind.TERMINATED);
  expect(ends.map(({ tid, aux, a }) => [tid, aux, a])).toEqual([
    [2, EndCause.RAISED, 1],
    [3, EndCause.RETURNED, 0],
    [4, EndCause.RETURNED, 0],
    [5, EndCause.RAISED, 1],
    [6, EndCause.EXITED, 3],
    [7, EndCause.RETURNED, 0],
    [1, EndCause.RETURNED, 0],
  ]);
});

test('so it does the program itself', async () => {
  const { records, stderr } = await run('raise KeyError(1)');
  expect(stderr).toContain('KeyError: 1');
  expect(records.find(({ kind }) => kind === Kind.TERMINATED)).toMatchObject({ tid: 1, aux: EndCause.RAISED, a: 1 });
});
