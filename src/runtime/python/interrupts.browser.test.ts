import { expect, test } from 'vitest';
import { runPython } from '../fixtures/python.fixture.ts';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { said, machine } = inPythonTwice();

const WAITS = `
import multiprocessing as mp, os, signal, threading, time

def interrupts(pid):
    time.sleep(0.3)
    os.kill(pid, signal.SIGINT)
def attempt(name, wait):
    interrupter = kind(target=interrupts, args=(os.getpid(),))
    try:
        interrupter.start()
        print(name, 'returned', wait())
    except KeyboardInterrupt:
        print(name, 'interrupted')
    interrupter.join()
def waits(by):
    global kind; kind = by
    lock, tasks, (reader, writer) = mp.Lock(), mp.Queue(), mp.Pipe(False)
    process = mp.Process(target=time.sleep, args=(1000,)); process.start()
    stopped = threading.Event()
    thread = threading.Thread(target=stopped.wait, daemon=True); thread.start()
    lock.acquire()
    attempt('lock', lock.acquire)
    lock.release(); print(lock.acquire(timeout=1))
    attempt('queue', tasks.get)
    tasks.put('put'); print(tasks.get())
    attempt('recv', reader.recv)
    attempt('poll', lambda: reader.poll(None))
    writer.send('sent'); print(reader.recv())
    attempt('process', process.join)
    process.join(0); print(process.exitcode)
    process.terminate(); process.join(); print(process.exitcode)
    attempt('thread', thread.join)
    print(thread.is_alive()); stopped.set(); thread.join(); print(thread.is_alive())
def pools():
    with mp.Pool(1) as pool:
        result = pool.apply_async(time.sleep, (2,))
        attempt('pool', result.get)
        print(result.get(), pool.apply(abs, (-2,)))
if __name__ == '__main__':
    waits(threading.Thread)
    pools()
    child = mp.Process(target=waits, args=(mp.Process,)); child.start(); child.join(); print(child.exitcode)
`;
const OF_WAITS = `lock interrupted
True
queue interrupted
put
recv interrupted
poll interrupted
sent
process interrupted
None
-15
thread interrupted
True
False
`;
const EXPECTED = `${OF_WAITS}pool interrupted
None 2
${OF_WAITS}0
`;

test('KeyboardInterrupt ends whatever the main thread waits for, and what it waited for is still good', async () => {
  expect(await said(WAITS)).toBe(EXPECTED);
});

test('so it does in live mode', async () => {
  const { stdout, stderr, status } = await runPython(machine(), WAITS, { mode: 'live' });
  expect([stdout, stderr, status.state]).toEqual([EXPECTED, '', 'finished']);
});
