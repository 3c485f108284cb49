import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed, run } = inPythonTwice();

test('what is C in CPython and ours here is pickled, called and named as C', async () => {
  expect(
    await printed(`
import os, pickle, threading, time, warnings
for lock in (threading.Lock(), threading.RLock(), threading.Condition(), threading.local()):
    try: pickle.dumps(lock)
    except TypeError as error: print(error)
for function in (os.getpid, os.kill, time.sleep):
    print(pickle.loads(pickle.dumps(function)) is function, function)
class Uses:
    pid = os.getpid
print(Uses().pid() == os.getpid())
try:
    class Lock(type(threading.Lock())): pass
except TypeError as error: print(error)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    threading.RLock(1)
print(seen[0].category.__name__)
print(threading.Lock.__module__, threading.get_ident.__module__)
`),
  ).toBe(`
cannot pickle '_thread.lock' object
cannot pickle '_thread.RLock' object
cannot pickle '_thread.RLock' object
cannot pickle '_thread._local' object
True <built-in function getpid>
True <built-in function kill>
True <built-in function sleep>
True
type '_thread.lock' is not an acceptable base type
DeprecationWarning
_thread _thread
`);
});

test('a thread joins the main thread, and a handle says when it was not started or was', async () => {
  expect(
    await printed(`
import _thread, threading, time
def joins(): threading.main_thread().join(); print('end of the thread')
threading.Thread(target=joins).start()
handle = _thread._ThreadHandle()
for call in (handle.join, handle._set_done):
    try: call()
    except RuntimeError as error: print(error)
_thread.start_joinable_thread(lambda: None, handle=handle)
try: _thread.start_joinable_thread(lambda: None, handle=handle)
except RuntimeError as error: print(error)
handle.join()
time.sleep(0.1)
print('end of the program')
`),
  ).toBe(`
thread not started
thread not started
thread already started
end of the program
end of the thread
`);
});

test('interrupt_main interrupts whatever the main thread does', async () => {
  expect(
    await printed(`
import _thread, signal, threading, time
threading.Timer(0.1, _thread.interrupt_main).start()
try: time.sleep(100)
except KeyboardInterrupt: print('interrupted')
signal.signal(signal.SIGINT, signal.SIG_IGN)
_thread.interrupt_main()
try: _thread.interrupt_main(1000)
except ValueError as error: print(error)
`),
  ).toBe('\ninterrupted\nsignal number out of range\n');
});

test('processes are spawned and in no other way, and one that is closed says so', async () => {
  expect(
    await printed(`
import multiprocessing as mp, os, subprocess, sys
if __name__ == '__main__':
    print(mp.get_all_start_methods(), mp.get_start_method())
    try: mp.set_start_method('fork', force=True)
    except ValueError as error: print(error)
    process = mp.Process(target=print, args=('spawned',))
    process.start(); process.join(); process.close()
    for call in (process.join, process.terminate, process.kill):
        try: call()
        except ValueError as error: print(error)
    os.makedirs('/tmp/path')
    with open('/tmp/path/found.py', 'w') as file: file.write('print("found")')
    for options in ([], ['-E'], ['-I']):
        env = {**os.environ, 'PYTHONPATH': '/tmp/path'}
        done = subprocess.run([sys.executable, *options, '-c', 'import found'], env=env, capture_output=True, text=True)
        print(done.stdout.strip(), done.returncode)
`),
  ).toBe(`
['spawn'] spawn
cannot find context for 'fork'
spawned
process object is closed
process object is closed
process object is closed
found 0
 1
 1
`);
});

test('a thread that is busy in a lock, or deep in functions of C, is preempted', async () => {
  expect(
    await printed(
      `
import sys
sys.path.insert(0, '/tmp')
with open('/tmp/busy.py', 'w') as file: file.write('''
import queue, threading, time
empty = queue.LifoQueue()
def asks():
    while not done:
        try: empty.get(False)
        except queue.Empty: pass
def spins():
    while not done: pass
def deep(n):
    return spins() if n == 0 else max([n - 1], key=deep)
def run():
    global done
    for target, args in ((asks, ()), (deep, (60,))):
        done = False
        thread = threading.Thread(target=target, args=args)
        thread.start()
        time.sleep(0.01)
        done = True
        thread.join()
        print(target.__name__, 'ends')
''')
import busy
busy.run()
`,
      { stepBy: 'operation' },
    ),
  ).toBe('\nasks ends\ndeep ends\n');
});

test('threads that poll a queue busily give way outside of its lock, so others can fill it', async () => {
  const { stdout, status } = await run(
    `
import queue, threading
def fill(n):
    started.wait()
    for item in range(n): line.put(item)
def poll():
    started.wait()
    while len(taken) < 8000:
        try: taken.append(line.get(False))
        except queue.Empty: pass
line, started, taken = queue.LifoQueue(), threading.Barrier(8), []
pollers = [threading.Thread(target=poll) for _ in range(4)]
fillers = [threading.Thread(target=fill, args=(2000,)) for _ in range(4)]
for thread in pollers + fillers: thread.start()
for thread in pollers + fillers: thread.join()
print(len(taken), line.empty())
`,
    { stepBy: 'operation' },
  );
  expect(stdout).toBe('8000 True\n');
  // Each turn of a poller takes some ten milliseconds: there may not be many in vain.
  expect(status.steps).toBeLessThan(400);
});
