import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Control, Mode } from '../../abi/control.ts';
import { EndCause, Kind, PreemptCause } from '../../abi/record.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';
import type { FixtureRun } from '../fixtures/lab.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

const live = (source: string): Promise<FixtureRun> => runPython(machine, source, { mode: 'live', hosts: 16 });

const { CREATED, READY, DISPATCHED, PREEMPTED, BLOCKED, TERMINATED } = Kind;
/** What may follow upon each, for one thread. A waker's word may come before that of who is woken. */
const NEXT: Readonly<Record<number, readonly number[]>> = {
  [CREATED]: [READY, TERMINATED],
  [READY]: [DISPATCHED, TERMINATED],
  [DISPATCHED]: [PREEMPTED, BLOCKED, TERMINATED],
  [PREEMPTED]: [DISPATCHED, TERMINATED],
  [BLOCKED]: [READY, TERMINATED],
  [TERMINATED]: [],
};

/** Every thread's states follow upon each other as they may, and of a process's threads one at most is Running. */
function expectSound({ records }: FixtureRun): void {
  const last = new Map<number, number>();
  const pids = new Map<number, number>();
  const running = new Map<number, number>();
  for (const { kind, tid, a } of records) {
    if (NEXT[kind] === undefined) continue;
    if (kind === CREATED) pids.set(tid, a);
    else expect(NEXT[last.get(tid) ?? -1], `thread ${tid}: ${last.get(tid)} → ${kind}`).toContain(kind);
    last.set(tid, kind);
    const pid = pids.get(tid) ?? 0;
    if (kind === DISPATCHED) {
      expect(running.get(pid) ?? 0, `process ${pid} runs two threads`).toBe(0);
      running.set(pid, tid);
    } else if (running.get(pid) === tid) {
      running.delete(pid);
    }
  }
  expect([...last.values()].filter((kind) => kind !== TERMINATED)).toEqual([]);
}

describe('threads of a process', () => {
  test('take turns by the switch interval while they compute', async () => {
    const run = await live(`
import threading
turns = []
def busy(name):
    while len(turns) < 10:
        if not turns or turns[-1] != name:
            turns.append(name)
threads = [threading.Thread(target=busy, args=(name,)) for name in 'ab']
for thread in threads: thread.start()
for thread in threads: thread.join()
print('done')
`);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe('done\n');
    const switches = run.records.filter(({ kind, aux }) => kind === PREEMPTED && aux === PreemptCause.QUANTUM);
    expect(switches.length).toBeGreaterThanOrEqual(9);
    expectSound(run);
  });

  test('sleep at the same time, and wake in time', async () => {
    const run = await live(`
import threading, time
begin = time.perf_counter()
threads = [threading.Thread(target=time.sleep, args=(0.2,)) for _ in range(5)]
for thread in threads: thread.start()
for thread in threads: thread.join()
passed = time.perf_counter() - begin
print(0.2 <= passed < 0.9)
`);
    expect(run.stdout).toBe('True\n');
    expectSound(run);
  });

  test('wait for each other with and without a limit', async () => {
    const run = await live(`
import threading
lock = threading.Lock()
print(lock.acquire(), lock.acquire(timeout=0.05))
event, seen = threading.Event(), []
def waits():
    event.wait()
    seen.append(threading.current_thread().name)
threads = [threading.Thread(target=waits) for _ in range(4)]
for thread in threads: thread.start()
event.set()
for thread in threads: thread.join()
print(len(seen), event.wait(1))
`);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe('True False\n4 True\n');
    expectSound(run);
  });
});

describe('processes', () => {
  test('compute at the same time, each in an interpreter of its own', async () => {
    const run = await live(`
from multiprocessing import Process, SimpleQueue, Lock
def work(lock, queue, name):
    for n in range(20):
        with lock:
            queue.put((name, n))
if __name__ == '__main__':
    lock, queue = Lock(), SimpleQueue()
    children = [Process(target=work, args=(lock, queue, name)) for name in 'abc']
    for child in children: child.start()
    got = [queue.get() for _ in range(60)]
    for child in children: child.join()
    print(all([n for who, n in got if who == name] == list(range(20)) for name in 'abc'), [child.exitcode for child in children])
`);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe('True [0, 0, 0]\n');
    expectSound(run);
  });

  test('are terminated while they compute, sleep and wait', async () => {
    const run = await live(`
import time
from multiprocessing import Process, Lock
def compute():
    while True: pass
def wait(lock):
    lock.acquire()
if __name__ == '__main__':
    lock = Lock()
    lock.acquire()
    children = [Process(target=compute), Process(target=time.sleep, args=(100,)), Process(target=wait, args=(lock,))]
    for child in children: child.start()
    time.sleep(0.1)
    for child in children: child.terminate()
    for child in children: child.join()
    print([child.exitcode for child in children])
`);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe('[-15, -15, -15]\n');
    expectSound(run);
  });

  test('that are terminated while they wait leave the lock to the next one', async () => {
    const run = await live(`
import time
from multiprocessing import Lock, Process, SimpleQueue
def take(lock, ready):
    ready.put(None)
    with lock: print('taken')
if __name__ == '__main__':
    lock, ready = Lock(), SimpleQueue()
    lock.acquire()
    children = [Process(target=take, args=(lock, ready)) for _ in range(3)]
    for child in children:
        child.start()
        ready.get()
        time.sleep(0.1)
    for child in children[:2]: child.terminate()
    for child in children[:2]: child.join()
    lock.release()
    children[2].join()
    print([child.exitcode for child in children])
`);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe('taken\n[-15, -15, 0]\n');
    expectSound(run);
  });

  test('that end while a daemon thread of theirs waits leave the lock to the next one', async () => {
    const run = await live(`
import time
from multiprocessing import Lock, Process, SimpleQueue
from threading import Thread
def take(lock): lock.acquire()
def leave(lock):
    Thread(target=take, args=(lock,), daemon=True).start()
    time.sleep(0.1)
def follow(lock, ready):
    ready.put(None)
    take(lock)
    print('taken')
if __name__ == '__main__':
    lock, ready = Lock(), SimpleQueue()
    lock.acquire()
    first = Process(target=leave, args=(lock,))
    first.start()
    first.join()
    second = Process(target=follow, args=(lock, ready))
    second.start()
    ready.get()
    time.sleep(0.1)
    lock.release()
    second.join()
    print(first.exitcode, second.exitcode)
`);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe('taken\n0 0\n');
    expectSound(run);
  });

  test('get signals in any state, and handle them', async () => {
    const run = await live(`
import os, signal, threading, time
def handler(number, frame):
    raise TimeoutError(signal.Signals(number).name)
signal.signal(signal.SIGUSR1, handler)
def send():
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGUSR1)
def compute():
    while True: pass
def other():
    thread = threading.Thread(target=compute, daemon=True)
    thread.start()
    thread.join()
for state in (compute, lambda: time.sleep(100), threading.Lock().__enter__, other):
    threading.Thread(target=send).start()
    try:
        if state.__name__ == '__enter__':
            state()
        state()
    except TimeoutError as error:
        print(error)
`);
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe('SIGUSR1\n'.repeat(4));
    expectSound(run);
  });

  test('that wait for each other for ever are a deadlock', async () => {
    const run = await live(`
from threading import Lock
lock = Lock()
lock.acquire()
lock.acquire()
`);
    expect(run.status.state).toBe('deadlock');
  });
});

test('CPU time is that of who has the interpreter lock, and passes for nobody who sleeps', async () => {
  const { stdout, stderr } = await live(`
import threading, time
def busy(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end: pass
def took(function, *args):
    clocks = time.perf_counter, time.process_time, time.thread_time
    before = [clock() for clock in clocks]
    function(*args)
    return [after - was for after, was in zip([clock() for clock in clocks], before)]
def together():
    threads = [threading.Thread(target=busy, args=(0.05,)) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
real, process, thread = took(time.sleep, 0.3)
print(real >= 0.3, process < 0.1, thread < 0.1)
real, process, thread = took(busy, 0.1)
print(real >= 0.1, process >= 0.1, thread >= 0.1, process <= real + 0.05)
real, process, thread = took(together)
print(process >= 0.1, thread < 0.05, process <= real + 0.05)
`);
  expect(stderr).toBe('');
  expect(stdout).toBe('True True True\nTrue True True True\nTrue True True\n');
});

test('a run is stopped while it computes, and the next one is clean', async () => {
  await runPython(machine, 'print("stepped")\n');
  const running = live('while True: pass\n');
  const { words } = machine.memory;
  // Not the run before it, which was stepped.
  const isUnderWay = (): boolean =>
    Atomics.load(words, Control.MODE) === Mode.LIVE && Atomics.load(words, Control.LOG_HEAD) > 2;
  await expect.poll(isUnderWay, { timeout: 20_000 }).toBe(true);
  Atomics.store(words, Control.PAUSE, 1);
  const run = await running;
  expect(run.records.at(-2)).toMatchObject({ kind: TERMINATED, aux: EndCause.KILLED });
  expect((await live('print("next")\n')).stdout).toBe('next\n');
  expect((await runPython(machine, 'print("and stepped")\n')).stdout).toBe('and stepped\n');
});

test('a call of C that does not come back ends its process after a while, and says so', async () => {
  const run = await live('sum(range(10 ** 13))\n');
  expect(run.records.find(({ kind }) => kind === TERMINATED)).toMatchObject({ aux: EndCause.HUNG, a: 1 });
});
