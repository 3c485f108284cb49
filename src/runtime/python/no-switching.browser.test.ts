import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashLog } from '../../replay/hash.ts';
import { LogStore } from '../../replay/log-store.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { DEEP_RECURSION } from '../fixtures/deep-recursion.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

const PROCESSES = `
import os, signal, time
from multiprocessing import Lock, Pipe, Process, Value

def work(lock, total, end, n):
    for _ in range(3):
        with lock:
            total.value += n
    end.send((n, os.getpid()))
    end.close()

def wait():
    time.sleep(1000)

if __name__ == '__main__':
    lock, total = Lock(), Value('i', 0)
    pipes = [Pipe() for _ in range(2)]
    children = [Process(target=work, args=(lock, total, theirs, n + 1)) for n, (_, theirs) in enumerate(pipes)]
    for child in children:
        child.start()
    for child, (ours, _) in zip(children, pipes):
        print(ours.recv() == (children.index(child) + 1, child.pid))
        child.join()
    print(total.value, [child.exitcode for child in children])
    sleeper = Process(target=wait)
    sleeper.start()
    time.sleep(0.1)
    sleeper.terminate()
    sleeper.join()
    print(sleeper.exitcode)
    signal.signal(signal.SIGUSR1, lambda number, frame: print('signal', number))
    os.kill(os.getpid(), signal.SIGUSR1)
`;

const SECOND_THREAD = `
import threading
from multiprocessing import Pool, Queue

def attempt(what, call):
    try:
        call()
    except RuntimeError as error:
        print(what, str(error).split(':')[0])

if __name__ == '__main__':
    try:
        threading.Thread(target=print).start()
    except RuntimeError as error:
        print(error)
    attempt('Queue', lambda: Queue().put(1))
    attempt('Pool', lambda: Pool(1))
    print(threading.active_count())
`;

describe('where the browser cannot suspend a stack', () => {
  let machine: Machine;
  let usual: Machine;
  beforeAll(async () => {
    [machine, usual] = await Promise.all([createPythonMachine({ switchesThreads: false }), createPythonMachine()]);
  }, 120_000);
  afterAll(() => {
    machine.dispose();
    usual.dispose();
  });

  function hashOf({ memory }: Machine): string {
    const log = new LogStore();
    log.take(memory);
    return hashLog(log);
  }

  test('processes of one thread work, as they do everywhere', async () => {
    const { status, stdout, stderr } = await runPython(machine, PROCESSES);
    expect(stderr).toBe('');
    expect(status.state).toBe('finished');
    expect(stdout).toBe('True\nTrue\n9 [0, 0]\n-15\nsignal 10\n');
    const here = hashOf(machine);
    await runPython(usual, PROCESSES);
    expect(hashOf(usual)).toBe(here);
  });

  test('they work in live mode', async () => {
    const { status, stdout } = await runPython(machine, PROCESSES, { mode: 'live' });
    expect([status.state, stdout]).toEqual(['finished', 'True\nTrue\n9 [0, 0]\n-15\nsignal 10\n']);
  });

  test('a second thread is refused, and says which browsers have it; so is what needs one', async () => {
    const { status, stdout, stderr } = await runPython(machine, SECOND_THREAD);
    expect(stderr).toBe('');
    expect(status.state).toBe('finished');
    expect(stdout.split('\n')).toEqual([
      "can't start new thread: this browser cannot suspend a stack of WebAssembly. " +
        'Chrome and Edge can from version 137 on, Firefox 153 can; processes work without',
      "Queue can't start new thread",
      "Pool can't start new thread",
      '1',
      '',
    ]);
  });

  test('recursion without end raises RecursionError, and what is deeply nested can be freed', async () => {
    const source = "exec(compile(open('helper.txt').read(), '<helper>', 'exec'))\nattempt()\nattempt()\n";
    for (const run of [1, 2]) {
      const { status, stdout, stderr } = await runPython(machine, source, {}, { 'helper.txt': DEEP_RECURSION });
      expect(stderr, `run ${run}`).toBe('');
      expect([status.state, stdout]).toEqual(['finished', "{'RecursionError'}\n{'RecursionError'}\n"]);
    }
  });
});
