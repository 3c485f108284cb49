import { expect, test } from 'vitest';
import { Kind } from '../../abi/record.ts';
import { runPython } from '../fixtures/python.fixture.ts';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { run, machine } = inPythonTwice();

const STATES = `
import multiprocessing as mp, os, select, socket, time

def joins(ready, lock, never):
    process = mp.Process(target=time.sleep, args=(3,)); process.start()
    ready(); process.join()
def waits(ready, lock, never):
    condition = mp.Condition(lock)
    with condition:
        ready(); condition.wait()
def meets(ready, lock, never):
    barrier = mp.Barrier(2); ready(); barrier.wait()
def notices(ready, lock, never):
    event = mp.Event(); ready(); event.wait()
def accepts(ready, lock, never):
    with socket.socket() as server:
        server.bind(('127.0.0.1', 0)); server.listen(); ready(); server.accept()
def selects(ready, lock, never):
    here, there = socket.socketpair(); ready(); select.select([here], [], [])
def calls(ready, lock, never):
    ready(); never.wait()
def fills(ready, lock, never):
    reader, writer = mp.Pipe(False); ready()
    while True: writer.send_bytes(bytes(10_000))
def computes(ready, lock, never):
    ready()
    while True: pass
def pools(ready, lock, never):
    with mp.Pool(1) as pool:
        ready(); pool.apply(time.sleep, (3,))

def work(target, writer, lock, never):
    def ready(): writer.send(os.getpid())
    target(ready, lock, never)

def echoes(connection, lock):
    for word in iter(connection.recv, None):
        with lock: connection.send(word.upper())

if __name__ == '__main__':
    lock, manager = mp.Lock(), mp.Manager()
    never = manager.Event()
    here, there = mp.Pipe()
    other = mp.Process(target=echoes, args=(there, lock)); other.start()
    for target in (joins, waits, meets, notices, accepts, selects, calls, fills, computes, pools):
        reader, writer = mp.Pipe(False)
        process = mp.Process(target=work, args=(target, writer, lock, never)); process.start()
        print(reader.recv() == process.pid, end=' ')
        process.join(0.2); print(process.is_alive(), end=' ')
        process.terminate(); process.join()
        here.send(target.__name__)
        print(here.recv(), process.exitcode, lock.acquire(timeout=1)); lock.release()
    here.send(None); other.join(); print(other.exitcode, never.is_set()); manager.shutdown()
`;

test.each(['stepped', 'live'] as const)('whatever a process does, terminate() ends it alone: %s', async (mode) => {
  const { stdout, stderr, status } = mode === 'live' ? await runPython(machine(), STATES, { mode }) : await run(STATES);
  expect(stdout).toBe(`True True JOINS -15 True
True True WAITS -15 True
True True MEETS -15 True
True True NOTICES -15 True
True True ACCEPTS -15 True
True True SELECTS -15 True
True True CALLS -15 True
True True FILLS -15 True
True True COMPUTES -15 True
True True POOLS -15 True
0 False
`);
  // As on Linux: those of the seven whose semaphores were theirs alone, and the pool's worker, which outlives the pool.
  expect(stderr).toContain('There appear to be 18 leaked semaphore objects to clean up at shutdown: {');
  expect(stderr.match(/^[A-Z]\w+Error.*$/gmu)).toEqual([
    'BrokenPipeError: [Errno 32] Broken pipe',
    'BrokenPipeError: [Errno 32] Broken pipe',
  ]);
  expect(status.state).toBe('finished');
});

test('a program that waits for a line is terminated by its child, which goes on', async () => {
  const { stdout, stderr, status, records } = await run(`
import multiprocessing as mp, os, signal, time
def ends(lock):
    os.kill(os.getppid(), signal.SIGTERM)
    time.sleep(0.5)
    with lock: print('goes on', os.getppid() > 0)
if __name__ == '__main__':
    lock = mp.Lock()
    mp.Process(target=ends, args=(lock,)).start()
    print('heard', input('name? '))
`);
  expect([stdout, stderr, status.state]).toEqual(['name? goes on True\n', '', 'finished']);
  const ends = records.filter(({ kind }) => kind === Kind.TERMINATED).map(({ tid, a }) => [tid, a]);
  expect(ends).toEqual([
    [1, -15],
    [2, 0],
  ]);
});
