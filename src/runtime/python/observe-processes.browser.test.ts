import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** Memory of one process stands in for shared memory: what is seen of it is the same. */
const PRIVATE_MEMORY = `import multiprocessing.heap
class Arena:
    def __init__(self, size, fd=-1):
        self.size, self.fd, self.buffer = size, 1, bytearray(size)
multiprocessing.heap.Arena = Arena
`;

test('shared variables say what is read and written, and barriers who has arrived', async () => {
  const ran = await run(`${PRIVATE_MEMORY}from multiprocessing import *
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
  const steps = ran.records.filter(({ kind, a }) => kind === Kind.LINE && (a === 10 || a === 11));
  expect(steps.map(({ a }) => a)).toEqual([10, 10, 11, 11]);
});
