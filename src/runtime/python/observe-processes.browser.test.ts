import { afterAll, beforeAll, expect, test } from 'vitest';
import { ObjectKind, PartRole } from '../../abi/objects.ts';
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

const run = (source: string): Promise<FixtureRun> => runPython(machine, source, { hosts: 64 });

test('processes use the same objects, by the same names', { timeout: 60_000 }, async () => {
  const ran = await run(`import time
from multiprocessing import *
def work(lock, room, green, changed):
    with lock:
        time.sleep(0.3)
    green.wait()
    with room:
        pass
    with changed:
        changed.notify_all()
if __name__ == '__main__':
    lock = Lock()
    room = BoundedSemaphore(2)
    green = Event()
    changed = Condition()
    child = Process(target=work, args=(lock, room, green, changed), name='child')
    child.start()
    time.sleep(0.1)
    with lock:
        pass
    with changed:
        green.set()
        changed.wait()
    child.join()
`);
  expect(ran.stderr).toBe('');
  const objects = ran.records.filter(({ kind }) => kind === Kind.OBJECT);
  expect(objects.map(({ aux, a }) => [aux, ran.textOf(a)])).toEqual([
    [ObjectKind.LOCK, 'lock'],
    [ObjectKind.BOUNDED_SEMAPHORE, 'room'],
    [ObjectKind.EVENT, 'green'],
    [ObjectKind.RLOCK, 'changed.lock'],
    [ObjectKind.CONDITION, 'changed'],
  ]);
  expect(told(ran)).toMatchInlineSnapshot(`
    [
      "MainProcess: START - (0)",
      "MainProcess: START child OK 2",
      "MainProcess: SLEEP - (10)",
      "MainProcess: Blocked by SLEEP -",
      "child: ACQUIRE lock OK 0",
      "child: SLEEP - (30)",
      "child: Blocked by SLEEP -",
      "MainProcess: SLEEP - OK 0",
      "MainProcess: ACQUIRE lock (-1)",
      "MainProcess: Blocked by LOCK lock",
      "child: SLEEP - OK 0",
      "child: RELEASE lock OK 0",
      "child: WAIT green (-1)",
      "child: Blocked by EVENT green",
      "MainProcess: ACQUIRE lock OK 0",
      "MainProcess: RELEASE lock OK 0",
      "MainProcess: ACQUIRE changed.lock (-1)",
      "MainProcess: ACQUIRE changed.lock OK 1",
      "MainProcess: SET green (0)",
      "MainProcess: Blocked by EVENT green",
      "child: Blocked by EVENT green",
      "MainProcess: SET green OK 1",
      "MainProcess: WAIT changed (-1)",
      "MainProcess: RELEASE changed.lock (0)",
      "MainProcess: RELEASE changed.lock OK 0",
      "MainProcess: Blocked by CONDITION changed",
      "child: WAIT green OK 0",
      "child: ACQUIRE room (-1)",
      "child: ACQUIRE room OK 1",
      "child: RELEASE room (0)",
      "child: RELEASE room OK 2",
      "child: ACQUIRE changed.lock (-1)",
      "child: ACQUIRE changed.lock OK 1",
      "child: NOTIFY_ALL changed (-1)",
      "child: Blocked by CONDITION changed",
      "MainProcess: ACQUIRE changed.lock (-1)",
      "MainProcess: Blocked by LOCK changed.lock",
      "child: NOTIFY_ALL changed OK 1",
      "child: RELEASE changed.lock (0)",
      "child: RELEASE changed.lock OK 0",
      "MainProcess: ACQUIRE changed.lock OK 1",
      "MainProcess: WAIT changed OK 0",
      "MainProcess: RELEASE changed.lock (0)",
      "MainProcess: RELEASE changed.lock OK 0",
      "MainProcess: JOIN child (-1)",
      "MainProcess: JOIN child OK 0",
    ]
  `);
});

test('shared variables say what is read and written, and barriers who has arrived', async () => {
  const ran = await run(`from multiprocessing import *
hut = Barrier(1)
n = Value('i', 5)
cells = Array('d', [0, 1.5])
n.value += 1
cells[-1] = n.value
n.value = 2 ** 31
with n.get_lock():
    print(cells[1])
hut.wait()
`);
  expect(ran.stderr).toBe('');
  const said = told(ran);
  expect(said).toEqual([
    'MainProcess: STORE cells[1] = 1.5',
    'MainProcess: LOAD n[0] = 5',
    'MainProcess: STORE n[0] = 6',
    'MainProcess: LOAD n[0] = 6',
    'MainProcess: STORE cells[1] = 6',
    'MainProcess: STORE n[0] = -2147483648',
    'MainProcess: ACQUIRE n.lock (-1)',
    'MainProcess: ACQUIRE n.lock OK 1',
    'MainProcess: LOAD cells[1] = 6',
    'MainProcess: RELEASE n.lock (0)',
    'MainProcess: RELEASE n.lock OK 0',
    'MainProcess: WAIT hut (-1)',
    'MainProcess: ARRIVE hut OK 1',
    'MainProcess: PASS hut OK 0',
    'MainProcess: WAIT hut OK 0',
  ]);
  // `n.value += 1` is two steps, and so is `cells[-1] = n.value`.
  const steps = ran.records.filter(({ kind, a }) => kind === Kind.LINE && (a === 5 || a === 6));
  expect(steps.map(({ a }) => a)).toEqual([5, 5, 6, 6]);
});

/** What objects there are, and what they are made of, in the order of their records: `QUEUE queue`, `PIPE queue.pipe = PIPE of queue`. */
function made({ records, textOf }: FixtureRun): string[] {
  const names = new Map<number, string>();
  return records.flatMap(({ kind, aux, object, a, b }) => {
    if (kind === Kind.CREATED) names.set(object, textOf(b));
    if (kind === Kind.PART) return [`${names.get(object)} = ${keyOf(PartRole, aux)} of ${names.get(a)}`];
    if (kind !== Kind.OBJECT) return [];
    names.set(object, textOf(a));
    return [`${keyOf(ObjectKind, aux)} ${textOf(a)}`];
  });
}

const keyOf = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(names).find((name) => names[name] === value) ?? String(value);

/** Whole messages that went into the pipe of this name. */
function messages({ records, textOf }: FixtureRun, name: string, kind: number): string[] {
  const pipe = records.find((one) => one.kind === Kind.OBJECT && textOf(one.a) === name)?.object;
  return records.filter((one) => one.kind === kind && one.object === pipe && one.b === 1).map(({ c }) => textOf(c));
}

test('a queue is what it is made of, and shows what is in it', { timeout: 60_000 }, async () => {
  const ran = await run(`from multiprocessing import *
class Point:
    def __init__(self, x): self.x = x
def work(queue, jobs):
    queue.put([1, 'two'])
    queue.put(Point(3))
    jobs.get()
    jobs.task_done()
if __name__ == '__main__':
    queue = Queue(2)
    jobs = JoinableQueue()
    child = Process(target=work, args=(queue, jobs), name='child')
    child.start()
    print(queue.get(), queue.get().x)
    jobs.put('job')
    jobs.join()
    child.join()
`);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toBe("[1, 'two'] 3\n");
  expect(made(ran)).toEqual([
    'QUEUE queue',
    'PIPE queue.pipe',
    'queue.pipe = PIPE of queue',
    'LOCK queue.rlock',
    'queue.rlock = READ_LOCK of queue',
    'LOCK queue.wlock',
    'queue.wlock = WRITE_LOCK of queue',
    'BOUNDED_SEMAPHORE queue.slots',
    'queue.slots = SLOTS of queue',
    'JOINABLE_QUEUE jobs',
    'PIPE jobs.pipe',
    'jobs.pipe = PIPE of jobs',
    'LOCK jobs.rlock',
    'jobs.rlock = READ_LOCK of jobs',
    'LOCK jobs.wlock',
    'jobs.wlock = WRITE_LOCK of jobs',
    'SEMAPHORE jobs.unfinished',
    'jobs.unfinished = UNFINISHED of jobs',
    'RLOCK jobs.allDone.lock',
    'CONDITION jobs.allDone',
    'jobs.allDone = ALL_DONE of jobs',
    'jobs.allDone.lock = LOCK of jobs.allDone',
  ]);
  expect(messages(ran, 'queue.pipe', Kind.SEND)).toEqual(["[1, 'two']", 'Point(x=3)']);
  expect(messages(ran, 'queue.pipe', Kind.RECEIVE)).toEqual(["[1, 'two']", 'Point(x=3)']);
  expect(told(ran).filter((line) => /^child: |^MainProcess: (GET|Blocked|TASK|JOIN jobs)/.test(line)))
    .toMatchInlineSnapshot(`
    [
      "MainProcess: GET queue (-1)",
      "MainProcess: Blocked by PIPE_EMPTY queue.pipe",
      "child: ACQUIRE queue.slots (-1)",
      "child: ACQUIRE queue.slots OK 1",
      "child: Blocked by OTHER QueueFeederThread",
      "child: PUT queue OK 0",
      "child: ACQUIRE queue.slots (-1)",
      "child: ACQUIRE queue.slots OK 0",
      "child: PUT queue OK 0",
      "child: GET jobs (-1)",
      "child: ACQUIRE jobs.rlock OK 0",
      "child: Blocked by PIPE_EMPTY jobs.pipe",
      "MainProcess: GET queue OK 0",
      "MainProcess: GET queue OK 0",
      "MainProcess: Blocked by OTHER QueueFeederThread",
      "MainProcess: JOIN jobs (-1)",
      "MainProcess: Blocked by CONDITION jobs.allDone",
      "child: RELEASE jobs.rlock OK 0",
      "child: GET jobs OK 0",
      "child: ACQUIRE jobs.allDone.lock (-1)",
      "child: ACQUIRE jobs.allDone.lock OK 1",
      "child: ACQUIRE jobs.unfinished (0)",
      "child: ACQUIRE jobs.unfinished OK 0",
      "child: NOTIFY_ALL jobs.allDone (-1)",
      "child: Blocked by CONDITION jobs.allDone",
      "MainProcess: Blocked by LOCK jobs.allDone.lock",
      "child: NOTIFY_ALL jobs.allDone OK 1",
      "child: RELEASE jobs.allDone.lock (0)",
      "child: RELEASE jobs.allDone.lock OK 0",
      "child: TASK_DONE jobs OK 0",
      "child: JOIN QueueFeederThread (-1)",
      "child: Blocked by JOIN QueueFeederThread",
      "MainProcess: JOIN jobs OK 0",
      "MainProcess: Blocked by JOIN child",
      "child: JOIN QueueFeederThread OK 0",
      "MainProcess: Blocked by JOIN QueueFeederThread",
    ]
  `);
});

test('a pipe has two ends, of which each process has some', { timeout: 60_000 }, async () => {
  const ran = await run(`from multiprocessing import *
def work(mine, other):
    other.close()
    mine.send('hello')
    mine.send_bytes(b'xyz')
    try:
        mine.recv()
    except EOFError:
        print('end')
if __name__ == '__main__':
    here, there = Pipe()
    child = Process(target=work, args=(there, here), name='child')
    child.start()
    there.close()
    print(here.recv(), here.recv_bytes(), here.poll(0.05))
    here.close()
    child.join()
`);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toBe("hello b'xyz' False\nend\n");
  expect(made(ran)).toEqual(['PIPE there→here', 'PIPE here→there', 'here→there = REVERSE of there→here']);
  expect(messages(ran, 'there→here', Kind.RECEIVE)).toEqual(['hello', "b'xyz'"]);
  expect(told(ran).filter((line) => /→/.test(line))).toMatchInlineSnapshot(`
    [
      "MainProcess: CLOSE here→there OK 0",
      "MainProcess: RECEIVE there→here (0)",
      "MainProcess: Blocked by PIPE_EMPTY there→here",
      "child: CLOSE there→here OK 0",
      "child: SEND there→here OK 0",
      "child: SEND there→here OK 0",
      "MainProcess: RECEIVE there→here OK 0",
      "child: RECEIVE here→there (0)",
      "child: Blocked by PIPE_EMPTY here→there",
      "MainProcess: RECEIVE there→here OK 0",
      "MainProcess: POLL there→here (5)",
      "MainProcess: Blocked by PIPE_EMPTY there→here",
      "MainProcess: POLL there→here TIMED_OUT 0",
      "MainProcess: CLOSE there→here OK 0",
      "child: RECEIVE here→there ERROR 0",
    ]
  `);
});

test('a pool lends its workers to tasks, and says whose result is waited for', { timeout: 60_000 }, async () => {
  const ran = await run(`from multiprocessing import *
def square(n): return n * n
def note(value): print('done', value)
if __name__ == '__main__':
    workers = Pool(1)
    answer = workers.apply_async(square, (3,), callback=note)
    print(answer.get())
    print(workers.map(square, range(3), 2))
    workers.close()
    workers.join()
`);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toBe('done 9\n9\n[0, 1, 4]\n');
  expect(made(ran).filter((line) => !line.includes('Lock'))).toMatchInlineSnapshot(`
    [
      "POOL workers",
      "SIMPLE_QUEUE workers.tasks",
      "PIPE workers.tasks.pipe",
      "workers.tasks.pipe = PIPE of workers.tasks",
      "workers.tasks = TASKS of workers",
      "SIMPLE_QUEUE workers.results",
      "PIPE workers.results.pipe",
      "workers.results.pipe = PIPE of workers.results",
      "workers.results = RESULTS of workers",
      "SpawnPoolWorker-1 = WORKER of workers",
      "Thread-3 (_handle_results) = HANDLER of workers",
      "RESULT answer",
      "RESULT result 2",
    ]
  `);
  expect(messages(ran, 'workers.tasks.pipe', Kind.SEND)).toEqual([
    'square(3)',
    'map(square, [0, 1])',
    'map(square, [2])',
    'None',
  ]);
  expect(messages(ran, 'workers.results.pipe', Kind.RECEIVE)).toEqual(['9', '[0, 1]', '[4]', 'None']);
  expect(told(ran).filter((line) => /SUBMIT|TASK|CALLBACK|RESULT|GET/.test(line))).toMatchInlineSnapshot(`
    [
      "MainProcess: SUBMIT workers OK 1",
      "MainProcess: GET answer (-1)",
      "MainProcess: Blocked by RESULT answer",
      "SpawnPoolWorker-1: TASK workers (1)",
      "SpawnPoolWorker-1: TASK workers OK 1",
      "Thread-3 (_handle_results): CALLBACK workers (1)",
      "Thread-3 (_handle_results): CALLBACK workers OK 1",
      "MainProcess: GET answer OK 0",
      "MainProcess: SUBMIT workers OK 2",
      "MainProcess: SUBMIT workers OK 3",
      "MainProcess: GET result 2 (-1)",
      "MainProcess: Blocked by RESULT result 2",
      "SpawnPoolWorker-1: TASK workers (2)",
      "SpawnPoolWorker-1: TASK workers OK 2",
      "SpawnPoolWorker-1: TASK workers (3)",
      "SpawnPoolWorker-1: TASK workers OK 3",
      "MainProcess: GET result 2 OK 0",
    ]
  `);
});

test('a manager keeps what its clients ask for', { timeout: 60_000 }, async () => {
  const ran = await run(`from multiprocessing import *
def work(data): data['n'] += 1
if __name__ == '__main__':
    with Manager() as manager:
        data = manager.dict(n=1)
        child = Process(target=work, args=(data,), name='child')
        child.start()
        child.join()
        print(data['n'])
`);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toBe('2\n');
  const all = made(ran);
  expect(all.slice(0, 4)).toEqual([
    'MANAGER manager',
    'SyncManager-1 = SERVER of manager',
    'MANAGED data',
    'data = MANAGED of manager',
  ]);
  expect(told(ran).filter((line) => /^child|STORE/.test(line))).toMatchInlineSnapshot(`
    [
      "Thread-2 (handle_request): STORE data[0] = {'n': 1}",
      "child: REQUEST data (0)",
      "child: Blocked by OTHER SyncManager-1",
      "child: Blocked by OTHER SyncManager-1",
      "child: Blocked by OTHER SyncManager-1",
      "child: Blocked by OTHER SyncManager-1",
      "child: Blocked by PIPE_EMPTY replies",
      "child: REQUEST data OK 0",
      "child: REQUEST data (0)",
      "child: Blocked by PIPE_EMPTY replies",
      "Thread-5 (handle_request): STORE data[0] = {'n': 2}",
      "child: REQUEST data OK 0",
    ]
  `);
});
