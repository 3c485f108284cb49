import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ObjectKind } from '../../abi/objects.ts';
import { Kind } from '../../abi/record.ts';
import type { Machine } from '../../ui/host/machine.ts';
import type { FixtureRun } from '../fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';
import { told } from '../fixtures/told.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

const linesOf = ({ records }: FixtureRun): number[] =>
  records.filter(({ kind }) => kind === Kind.LINE).map(({ a }) => a);

describe('objects of threading', () => {
  test('are called as the program calls them', async () => {
    const run = await runPython(
      machine,
      `
import threading
from threading import Lock, RLock, Condition, Semaphore, BoundedSemaphore, Event, Barrier
lock = Lock()
class Account:
    def __init__(self):
        self.lock = RLock()
account = Account()
forks = [Lock() for _ in range(3)]
chairs = []
chairs.append(Semaphore(2))
table = {}
table['door'] = BoundedSemaphore(3)
ready = Condition()
start, stop = Event(), Event()
a, b, c, d = Lock(), RLock(), Lock(), Semaphore(2)
class Hut(Barrier):
    def __init__(self, parties):
        super().__init__(parties)
hut = Hut(2)
def local():
    inner = Lock()
local()
`,
    );
    expect(run.stderr).toBe('');
    const objects = run.records.filter(({ kind }) => kind === Kind.OBJECT);
    expect(objects.map(({ aux, a, b, c }) => [aux, run.textOf(a), b, c])).toEqual([
      [ObjectKind.LOCK, 'lock', 0, 0],
      [ObjectKind.RLOCK, 'self.lock', 0, 0],
      [ObjectKind.LOCK, 'forks[0]', 0, 0],
      [ObjectKind.LOCK, 'forks[1]', 0, 0],
      [ObjectKind.LOCK, 'forks[2]', 0, 0],
      [ObjectKind.SEMAPHORE, 'chairs[0]', 2, 0x7fff_ffff],
      [ObjectKind.BOUNDED_SEMAPHORE, "table['door']", 3, 3],
      [ObjectKind.RLOCK, 'ready.lock', 0, 0],
      [ObjectKind.CONDITION, 'ready', objects[7]?.object, 0],
      [ObjectKind.EVENT, 'start', 0, 0],
      [ObjectKind.EVENT, 'stop', 0, 0],
      [ObjectKind.LOCK, 'a', 0, 0],
      [ObjectKind.RLOCK, 'b', 0, 0],
      [ObjectKind.LOCK, 'c', 0, 0],
      [ObjectKind.SEMAPHORE, 'd', 2, 0x7fff_ffff],
      [ObjectKind.BARRIER, 'hut', 0, 2],
      [ObjectKind.LOCK, 'inner', 0, 0],
    ]);
  });

  test('log what is done with them, and say what a thread waits for', async () => {
    const run = await runPython(
      machine,
      `
import threading, time
lock = threading.Lock()
green = threading.Event()
room = threading.Semaphore(1)
changed = threading.Condition()
hut = threading.Barrier(2)
def work():
    with lock:
        time.sleep(0.05)
    green.wait()
    with room:
        pass
    with changed:
        changed.notify_all()
    hut.wait()
worker = threading.Thread(target=work, name='worker')
worker.start()
time.sleep(0.01)
with lock:
    pass
green.set()
room.acquire()
with changed:
    room.release()
    changed.wait()
hut.wait()
worker.join()
`,
    );
    expect(run.stderr).toBe('');
    expect(told(run)).toMatchInlineSnapshot(`
      [
        "MainProcess: START - (0)",
        "MainProcess: Blocked by OTHER worker",
        "worker: ACQUIRE lock OK 0",
        "worker: SLEEP - (5)",
        "worker: Blocked by SLEEP -",
        "MainProcess: START worker OK 2",
        "MainProcess: SLEEP - (1)",
        "MainProcess: Blocked by SLEEP -",
        "MainProcess: SLEEP - OK 0",
        "MainProcess: ACQUIRE lock (-1)",
        "MainProcess: Blocked by LOCK lock",
        "worker: SLEEP - OK 0",
        "worker: RELEASE lock OK 0",
        "worker: WAIT green (-1)",
        "worker: Blocked by EVENT green",
        "MainProcess: ACQUIRE lock OK 0",
        "MainProcess: RELEASE lock OK 0",
        "MainProcess: SET green (0)",
        "MainProcess: SET green OK 1",
        "MainProcess: ACQUIRE room (-1)",
        "MainProcess: ACQUIRE room OK 0",
        "worker: WAIT green OK 0",
        "worker: ACQUIRE room (-1)",
        "worker: Blocked by SEMAPHORE room",
        "MainProcess: ACQUIRE changed.lock (-1)",
        "MainProcess: ACQUIRE changed.lock OK 1",
        "MainProcess: RELEASE room (1)",
        "MainProcess: RELEASE room OK 1",
        "worker: ACQUIRE room OK 0",
        "worker: RELEASE room (1)",
        "worker: RELEASE room OK 1",
        "MainProcess: WAIT changed (-1)",
        "MainProcess: RELEASE changed.lock (0)",
        "MainProcess: RELEASE changed.lock OK 0",
        "MainProcess: Blocked by CONDITION changed",
        "worker: ACQUIRE changed.lock (-1)",
        "worker: ACQUIRE changed.lock OK 1",
        "worker: NOTIFY_ALL changed (-1)",
        "worker: NOTIFY_ALL changed OK 1",
        "MainProcess: ACQUIRE changed.lock (-1)",
        "MainProcess: Blocked by LOCK changed.lock",
        "worker: RELEASE changed.lock (0)",
        "worker: RELEASE changed.lock OK 0",
        "worker: WAIT hut (-1)",
        "worker: ARRIVE hut OK 1",
        "worker: Blocked by BARRIER hut",
        "MainProcess: ACQUIRE changed.lock OK 1",
        "MainProcess: WAIT changed OK 0",
        "MainProcess: RELEASE changed.lock (0)",
        "MainProcess: RELEASE changed.lock OK 0",
        "MainProcess: WAIT hut (-1)",
        "MainProcess: ARRIVE hut OK 2",
        "MainProcess: PASS hut OK 0",
        "MainProcess: WAIT hut OK 1",
        "worker: WAIT hut OK 0",
        "MainProcess: JOIN worker (-1)",
        "MainProcess: JOIN worker OK 0",
      ]
    `);
  });
});

describe('steps', () => {
  test('are statements, on however many lines they stand', async () => {
    const run = await runPython(
      machine,
      `"""Docstring."""
x = dict(
    a=1,
    b=2,
)
y = [i
     for i in range(3)
     if i]
class C:
    z = 1
    def m(self): return 1
for i in range(2): pass
n = 0
while n < 2: n += 1
f = lambda q: (
    q + 1)
f(1)
exec('a = 1\\nb = 2')
print(sum(k for k in range(3)))
`,
    );
    expect(run.stderr).toBe('');
    expect(linesOf(run)).toEqual([2, 6, 9, 10, 11, 12, 12, 12, 13, 14, 14, 14, 15, 17, 18, 19]);
  });

  test('leave no trace of ours where the program fails', async () => {
    const run = await runPython(
      machine,
      `import threading, time, signal, traceback
try:
    threading.Lock().release()
except RuntimeError:
    traceback.print_exc()
try:
    time.sleep(-1)
except ValueError:
    traceback.print_exc()
def stop(number, frame):
    raise KeyboardInterrupt
signal.signal(signal.SIGINT, stop)
main = signal.SIGINT
def interrupt():
    time.sleep(0.1)
    import os
    os.kill(os.getpid(), main)
threading.Thread(target=interrupt).start()
try:
    while True:
        x = 1
except KeyboardInterrupt:
    traceback.print_exc()
threading.Lock().release()
`,
    );
    expect(run.stderr).not.toContain('_procession');
    expect(run.stderr).toContain('File "/home/learner/main.py", line 3, in <module>');
    expect(run.stderr).toMatch(
      /line (20|21), in <module>\n.*\n(.*\n)?  File "\/home\/learner\/main.py", line 11, in stop/,
    );
    expect(run.status.state).toBe('finished');
  });
});

test('the library is not listened to but where something is observed', async () => {
  const run = await runPython(
    machine,
    `
import queue, sys, threading, textwrap
monitoring = sys.monitoring
events = monitoring.events
textwrap.dedent('  x')
waiting = queue.Queue()
waiting.put(1)
def names(mask):
    return [name for name in dir(events) if name.isupper() and getattr(events, name) & mask == getattr(events, name) != 0]
def mine(): pass
mine()
print(names(monitoring.get_events(4)))
print(names(monitoring.get_local_events(4, textwrap.dedent.__code__)), names(monitoring.get_local_events(4, queue.Queue.put.__code__)))
print(names(monitoring.get_local_events(4, threading.Condition.wait.__code__)), names(monitoring.get_local_events(4, mine.__code__)))
`,
  );
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe(`['PY_START', 'PY_UNWIND']
[] []
[] ['CALL', 'LINE']
`);
});
