import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed } = inPythonTwice();

test('listeners and clients, with a key; connections go through queues', async () => {
  expect(
    await printed(`
import multiprocessing as mp
from multiprocessing.connection import Listener, Client
import socket, os, time
def client(address, family):
    with Client(address, family, authkey=b'secret') as c:
        print(c.recv()); c.send(c.recv() + 1)
def wrong(address):
    try: Client(address, authkey=b'wrong')
    except mp.AuthenticationError as e: print('AuthenticationError', e)
def sender(q):
    r, w = mp.Pipe(False)
    q.put(r)
    w.send('over a sent connection')
    time.sleep(0.5)
def answers(q):
    conn = q.get()
    conn.send(('got', os.getpid() > 0)); conn.close()
if __name__ == '__main__':
    for family in ('AF_UNIX', 'AF_INET'):
        with Listener(None, family, authkey=b'secret') as listener:
            p = mp.Process(target=client, args=(listener.address, family)); p.start()
            with listener.accept() as c:
                c.send([1, 2]); c.send(41); print(c.recv())
            p.join(); print(p.exitcode)
    with Listener(authkey=b'right') as listener:
        p = mp.Process(target=wrong, args=(listener.address,)); p.start()
        try: listener.accept()
        except mp.AuthenticationError as e: print('AuthenticationError', e)
        p.join()
    q = mp.Queue()
    p = mp.Process(target=sender, args=(q,)); p.start()
    r = q.get(); print(r.recv()); p.join()
    try: r.recv()
    except EOFError: print('EOFError')
    q2 = mp.Queue(); here, there = mp.Pipe()
    p = mp.Process(target=answers, args=(q2,)); p.start()
    q2.put(there); print(here.recv()); p.join(); print(p.exitcode)
`),
  ).toBe(`
[1, 2]
42
0
[1, 2]
42
0
AuthenticationError digest received was wrong
AuthenticationError digest sent was rejected
over a sent connection
EOFError
('got', True)
0
`);
});

test('managers: all kinds of shared objects, own ones, errors over the wire', async () => {
  expect(
    await printed(`
import multiprocessing as mp
from multiprocessing.managers import BaseManager, SyncManager
import os, time, queue
class Counter:
    def __init__(self, start=0): self.value = start
    def add(self, n): self.value += n; return self.value
    def get(self): return self.value
    def fails(self): raise ValueError('in the server')
class MyManager(BaseManager): pass
MyManager.register('Counter', Counter)
def work(d, l, lock, counter, q):
    for n in range(3):
        with lock:
            d['n'] = d.get('n', 0) + 1
        l.append(n)
        counter.add(n)
    q.put(os.getpid())
if __name__ == '__main__':
    with mp.Manager() as manager, MyManager() as mine:
        d, l, lock, q = manager.dict(), manager.list(), manager.Lock(), manager.Queue()
        counter = mine.Counter(10)
        ps = [mp.Process(target=work, args=(d, l, lock, counter, q)) for _ in range(2)]
        for p in ps: p.start()
        for p in ps: p.join()
        print(d, sorted(l), counter.get(), q.qsize(), sorted(q.get() for _ in range(2)) == sorted(p.pid for p in ps))
        ns = manager.Namespace(); ns.x = 5; print(ns, ns.x)
        ev = manager.Event(); ev.set(); print(ev.is_set())
        v = manager.Value('i', 3); v.value += 1; print(v.value, v)
        a = manager.Array('i', [1, 2]); a[0] = 7; print(a[0], a[:], len(a))
        sem = manager.BoundedSemaphore(1); print(sem.acquire(), sem.acquire(False)); sem.release()
        try: sem.release()
        except ValueError as e: print(e)
        cond = manager.Condition(); 
        with cond: print(cond.wait(0.1))
        barrier = manager.Barrier(1); print(barrier.wait(), barrier.parties)
        try: d['missing']
        except KeyError as e: print('KeyError', e)
        try: counter.fails()
        except ValueError as e: print('ValueError', e)
        try: manager.Queue().get(timeout=0.1)
        except queue.Empty: print('Empty')
        nested = manager.dict(); nested['l'] = manager.list([1]); nested['l'].append(2); print(nested['l'])
        print(sorted(d.keys()), list(manager.list('abc')), repr(l)[:12], len(str(l)))
        it = iter(manager.list(range(3)))
        print(list(it))
        r = manager.RLock(); print(r.acquire(), r.acquire()); r.release(); r.release()
        try: l[100]
        except IndexError as e: print(e)
        jq = manager.JoinableQueue(); jq.put(1); jq.get(); jq.task_done(); jq.join()
    print('done')
`),
  ).toBe(`
{'n': 6} [0, 0, 1, 1, 2, 2] 16 2 True
Namespace(x=5) 5
True
4 Value('i', 4)
7 array('i', [7, 2]) 2
True False
Semaphore released too many times
False
0 1
KeyError 'missing'
ValueError in the server
Empty
[1, 2]
['n'] ['a', 'b', 'c'] <ListProxy o 18
[0, 1, 2]
True True
list index out of range
done
`);
});
