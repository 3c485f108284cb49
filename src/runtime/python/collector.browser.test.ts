import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed, run } = inPythonTwice();

/** What the collector calls in the midst of anything comes to the kernel. */
test('threads take turns while one of them collects, and its collection goes on', async () => {
  const { stdout, stderr, status } = await run(
    `
import sys
sys.path.insert(0, '/tmp')
with open('/tmp/race.py', 'w') as file: file.write('''
import gc, random, threading, time
from multiprocessing import util
class Cycle:
    def __init__(self):
        self.itself = self
        util.Finalize(self, time.sleep, (0,), exitpriority=random.randint(1, 100))
def finalizes():
    while not finish:
        time.sleep(random.random() * 1e-1)
        util._run_finalizers()
def makes():
    made = {}
    while not finish:
        made[random.getrandbits(5)] = {Cycle() for _ in range(10)}
def run():
    global finish
    finish = False
    gc.set_threshold(5, 5, 5)
    threads = [threading.Thread(target=target) for target in (finalizes, makes, makes)]
    for thread in threads: thread.start()
    time.sleep(0.1)
    finish = True
    for thread in threads: thread.join()
''')
import race
race.run()
print('done')
`,
    { stepBy: 'operation' },
  );
  expect(stderr).toBe('');
  expect(stdout).toBe('done\n');
  expect(status.state).toBe('finished');
});

test('what goes with a thread may come to the kernel when it goes', async () => {
  expect(
    await printed(`
import threading, time
class Last:
    def __del__(self):
        time.sleep(0.01)
        print('gone')
def work(last): pass
thread = threading.Thread(target=work, args=(Last(),))
thread.start()
del thread
time.sleep(1)
import _thread
_thread.start_new_thread(work, (Last(),))
time.sleep(1)
`),
  ).toBe('\ngone\ngone\n');
});

test('what names still hold at the end is deleted, and finds the others', async () => {
  expect(
    await printed(`
import threading, _thread, time
class Last:
    def __init__(self, name): self.name = name
    def __del__(self):
        print(self.name, said)
        try: _thread.start_new_thread(print, ())
        except PythonFinalizationError as error: print(error)
said = 'still there'
last, lasts = Last('a'), [Last('b')]
threading.Thread(target=time.sleep, args=(0.1,), daemon=True).start()
`),
  ).toBe(`
a still there
can't create new thread at interpreter shutdown
b still there
can't create new thread at interpreter shutdown
`);
});

test('what the collector finalizes may call the kernel, whenever it runs', async () => {
  expect(
    await printed(`
import gc, os, threading, time
gc.set_threshold(7)
class Holder:
    def __init__(self): self.me = self; self.ends = os.pipe(); self.lock = threading.Lock()
    def __del__(self):
        with self.lock:
            for end in self.ends: os.close(end)
def work(n):
    for _ in range(30):
        Holder()
        time.sleep(0)
        with lock: total.append(n)
lock, total = threading.Lock(), []
ts = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(len(total), gc.isenabled())
gc.collect()
r, w = os.pipe(); print(r, w)
`),
  ).toBe('\n120 True\n3 4\n');
});
