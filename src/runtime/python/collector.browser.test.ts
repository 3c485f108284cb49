import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed } = inPythonTwice();

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
