import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed } = inPythonTwice();

test('tasks, threads, streams, time-outs', async () => {
  expect(
    await printed(`
import asyncio, time, threading, os
async def say(n):
    await asyncio.sleep(n / 10); return n
def block(x):
    time.sleep(0.2); return x, threading.current_thread() is threading.main_thread()
async def main():
    t = time.monotonic()
    print(await asyncio.gather(say(1), say(2), say(3)))
    print(0.28 < time.monotonic() - t < 0.5)
    print(await asyncio.gather(asyncio.to_thread(block, 1), asyncio.to_thread(block, 2)))
    q = asyncio.Queue()
    async def produce():
        for n in range(3): await q.put(n)
    async def consume(): return [await q.get() for _ in range(3)]
    print((await asyncio.gather(produce(), consume()))[1])
    try:
        async with asyncio.timeout(0.1): await asyncio.sleep(10)
    except TimeoutError: print('timeout')
    async def handle(reader, writer):
        line = await reader.readline(); writer.write(line.upper()); await writer.drain(); writer.close()
    server = await asyncio.start_unix_server(handle, 'asock')
    async with server:
        reader, writer = await asyncio.open_unix_connection('asock')
        writer.write(b'hello\\n'); print(await reader.readline()); writer.close()
    server = await asyncio.start_server(handle, '127.0.0.1', 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b'tcp\\n'); print(await reader.readline()); writer.close()
    async with asyncio.TaskGroup() as g:
        ts = [g.create_task(say(n)) for n in (2, 1)]
    print([t.result() for t in ts])
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, block, 3))
asyncio.run(main())
print('again', asyncio.run(say(1)))
def in_thread(): print('thread', asyncio.run(say(2)))
t = threading.Thread(target=in_thread); t.start(); t.join()
try: asyncio.get_running_loop()
except RuntimeError as e: print(e)
if os.path.exists('asock'): os.unlink('asock')
`),
  ).toBe(`
[1, 2, 3]
True
[(1, False), (2, False)]
[0, 1, 2]
timeout
b'HELLO\\n'
b'TCP\\n'
[2, 1]
(3, False)
again 1
thread 2
no running event loop
`);
});

test('signals reach the loop', async () => {
  expect(
    await printed(`
import asyncio, signal, os, threading, time
async def main():
    loop = asyncio.get_running_loop()
    got = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, got.set)
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR1)).start()
    await asyncio.wait_for(got.wait(), 2)
    print('signal')
    loop.remove_signal_handler(signal.SIGUSR1)
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    try: await asyncio.sleep(10)
    except asyncio.CancelledError: print('cancelled'); raise
try: asyncio.run(main())
except KeyboardInterrupt: print('KeyboardInterrupt')
`),
  ).toBe(`
signal
cancelled
KeyboardInterrupt
`);
});
