import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { run, printed } = inPythonTwice();

test('a process runs a function, with arguments, in an interpreter of its own', async () => {
  expect(
    await printed(`
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
`),
  ).toBe(`
<Process name='Process-1' parent=1 initial>
True None 2
__mp_main__ 3 [4] 1 Process-1 2 1 1
False 0 <Process name='Process-1' pid=2 parent=1 stopped exitcode=0> 2
`);
});

test('exit codes are those of CPython: returned, exited, raised, terminated, killed', async () => {
  const result = await run(
    `
import multiprocessing, os, sys, time
def ok(): pass
def exits(): sys.exit(5)
def text(): sys.exit('message')
def raises(): raise ValueError('wrong')
def leaves():
    try:
        os._exit(7)
    except BaseException:
        print('never')
def waits(): time.sleep(1000)
if __name__ == '__main__':
    for target in (ok, exits, text, raises, leaves):
        process = multiprocessing.Process(target=target)
        process.start()
        process.join()
        print(target.__name__, process.exitcode)
    for end in ('terminate', 'kill'):
        process = multiprocessing.Process(target=waits)
        process.start()
        process.join(0.1)
        print(process.exitcode)
        getattr(process, end)()
        process.join()
        print(process)
`,
  );
  expect(result.stdout).toBe(`ok 0
exits 5
text 1
raises 1
leaves 7
None
<Process name='Process-6' pid=7 parent=1 stopped exitcode=-SIGTERM>
None
<Process name='Process-7' pid=8 parent=1 stopped exitcode=-SIGKILL>
`);
  expect(result.stderr).toContain(`message
Process Process-4:
Traceback (most recent call last):
`);
  expect(result.stderr).toContain(`in raises
    def raises(): raise ValueError('wrong')
                  ^^^^^^^^^^^^^^^^^^^^^^^^^
ValueError: wrong
`);
  expect(result.status.state).toBe('finished');
});

test('locks and semaphores keep processes apart', async () => {
  expect(
    await printed(`
import multiprocessing as mp, time
def count(lock, semaphore, bounded, rlock, results):
    with semaphore:
        with lock:
            time.sleep(0.01)
        with rlock, rlock:
            results.put(1)
if __name__ == '__main__':
    lock, semaphore, bounded, rlock = mp.Lock(), mp.Semaphore(2), mp.BoundedSemaphore(2), mp.RLock()
    results = mp.SimpleQueue()
    processes = [mp.Process(target=count, args=(lock, semaphore, bounded, rlock, results)) for _ in range(3)]
    for process in processes: process.start()
    for process in processes: process.join()
    print(sum(results.get() for _ in range(3)))
    print(lock, semaphore, bounded, rlock)
    lock.acquire()
    print(lock, lock.acquire(False), lock.acquire(timeout=0.1))
    lock.release()
    for action in (lock.release, bounded.release, rlock.release):
        try:
            action()
        except Exception as error:
            print(type(error).__name__, error)
    semaphore.release()
    print(semaphore.get_value())
`),
  ).toBe(`
3
<Lock(owner=None)> <Semaphore(value=2)> <BoundedSemaphore(value=2, maxvalue=2)> <RLock(None, 0)>
<Lock(owner=MainProcess)> False False
ValueError semaphore or lock released too many times
ValueError semaphore or lock released too many times
AssertionError attempt to release recursive lock not owned by thread
3
`);
});

test('events, conditions and barriers', async () => {
  expect(
    await printed(`
import multiprocessing as mp
def waits(event, results):
    event.wait()
    results.put('event')
def consumes(condition, ready, results):
    with condition:
        ready.release()
        condition.wait()
        results.put('condition')
def meets(barrier, results):
    barrier.wait()
    results.put('barrier')
if __name__ == '__main__':
    results = mp.SimpleQueue()
    event, condition, barrier, ready = mp.Event(), mp.Condition(), mp.Barrier(3), mp.Semaphore(0)
    print(event.is_set(), event.wait(0.1))
    processes = [mp.Process(target=waits, args=(event, results)) for _ in range(2)]
    for process in processes: process.start()
    event.set()
    for process in processes: process.join()
    processes = [mp.Process(target=consumes, args=(condition, ready, results)) for _ in range(2)]
    for process in processes: process.start()
    for process in processes: ready.acquire()
    with condition:
        condition.notify_all()
    for process in processes: process.join()
    processes = [mp.Process(target=meets, args=(barrier, results)) for _ in range(2)]
    for process in processes: process.start()
    barrier.wait()
    for process in processes: process.join()
    print([results.get() for _ in range(6)], event.is_set(), barrier.n_waiting, barrier.broken)
    try:
        barrier.wait(0.1)
    except Exception as error:
        print(type(error).__name__, barrier.broken)
`),
  ).toBe(`
False False
['event', 'event', 'condition', 'condition', 'barrier', 'barrier'] True 0 False
BrokenBarrierError True
`);
});

test('who does not close the write end waits for ever', async () => {
  const result = await run(`
import multiprocessing as mp
def reads(reader, writer):
    try:
        while True: reader.recv()
    except EOFError:
        print('never')
if __name__ == '__main__':
    reader, writer = mp.Pipe(duplex=False)
    process = mp.Process(target=reads, args=(reader, writer))
    process.start()
    reader.close()
    writer.close()
    process.join()
`);
  expect(result.stdout).toBe('');
  expect(result.status.state).toBe('deadlock');
});
