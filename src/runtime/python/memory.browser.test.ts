import { expect, test } from 'vitest';
import { runPython } from '../fixtures/python.fixture.ts';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { said: printed, machine } = inPythonTwice();

test('a mapped file and the file are the same bytes', async () => {
  expect(
    await printed(`
import mmap, os
with open('data', 'wb') as f:
    f.write(b'0123456789' * 1000)
with open('data', 'r+b') as f:
    m = mmap.mmap(f.fileno(), 0)
    print(len(m), m[:4], m.size(), mmap.PAGESIZE)
    m[:4] = b'abcd'
    f.seek(0)
    print(f.read(8), os.pread(f.fileno(), 4, 0))
    f.seek(4)
    f.write(b'WXYZ')
    f.flush()
    print(m[:10], m.find(b'789', 100))
m[9990:] = b'the end...'
m.flush()
print(open('data', 'rb').read()[-10:])
twin = mmap.mmap(os.open('data', os.O_RDWR), 5000)
twin[0], m[1] = 65, 66
print(m[:3] == twin[:3], m[:3])
twin.close()
m.close()
with open('data', 'rb') as f:
    with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as m:
        print(m[:2])
        try:
            m[0] = 1
        except TypeError as error:
            print(error)
    m = mmap.mmap(f.fileno(), 4096, offset=4096, access=mmap.ACCESS_COPY)
    m[:3] = b'own'
    print(m[:6])
    m.close()
    for attempt in (lambda: mmap.mmap(f.fileno(), 20000, access=mmap.ACCESS_READ), lambda: mmap.mmap(f.fileno(), 10),
                    lambda: mmap.mmap(f.fileno(), 10, offset=1, access=mmap.ACCESS_READ), lambda: m[0]):
        try:
            attempt()
        except (OSError, ValueError) as error:
            print(type(error).__name__, error)
print(open('data', 'rb').read()[4096:4102])
m = mmap.mmap(-1, 100)
m.write(b'hello')
m.seek(0)
print(m.read(5), m.tell(), len(m))
os.unlink('data')
`),
  ).toBe(`10000 b'0123' 10000 4096
b'abcd4567' b'abcd'
b'abcdWXYZ89' 107
b'the end...'
True b'ABc'
b'AB'
mmap can't modify a readonly memory map.
b'own901'
ValueError mmap length is greater than file size
PermissionError [Errno 13] Permission denied
OSError [Errno 22] Invalid argument
ValueError mmap closed or invalid
b'678901'
b'hello' 5 100
`);
});

test('values and arrays are the same memory in all processes', async () => {
  expect(
    await printed(`
import multiprocessing as mp
from ctypes import Structure, c_double, c_int
class Point(Structure):
    _fields_ = [('x', c_int), ('y', c_double)]
def count(value, array, raw, points, text):
    for n in range(10):
        with value.get_lock():
            value.value += 1
        with array.get_lock():
            array[n % len(array)] += n
    raw[0] += 1
    points[1].y *= 2
    text.value = text.value[::-1]
if __name__ == '__main__':
    value, array = mp.Value('i', 5), mp.Array('d', [0.5, 1.5, 2.5])
    raw, points, text = mp.RawArray('q', 1000), mp.Array(Point, [(1, 2.0), (3, 4.0)], lock=False), mp.Array('c', b'hello')
    processes = [mp.Process(target=count, args=(value, array, raw, points, text)) for _ in range(3)]
    for process in processes: process.start()
    for process in processes: process.join()
    print(value.value, array[:], raw[:3], [(p.x, p.y) for p in points], text.value)
    big = mp.RawArray('b', 3_000_000)
    print(len(big), value, mp.Value('d', lock=False), mp.Value('l'), mp.RawArray('I', 2)._type_)
`),
  ).toBe(`35 [54.5, 37.5, 47.5] [3, 0, 0] [(1, 2.0), (3, 32.0)] b'olleh'
3000000 <Synchronized wrapper for c_int(35)> c_double(0.0) <Synchronized wrapper for c_long(0)> <class 'ctypes.c_uint'>
`);
});

test('who reads, computes and writes without a lock loses what another has written meanwhile', async () => {
  expect(
    await printed(`
import multiprocessing as mp
def count(value):
    for _ in range(20):
        seen = value.value
        value.value = seen + 1
if __name__ == '__main__':
    value = mp.Value('i', 0, lock=False)
    processes = [mp.Process(target=count, args=(value,)) for _ in range(2)]
    for process in processes: process.start()
    for process in processes: process.join()
    print(20 <= value.value < 40)
`),
  ).toBe('True\n');
});

test('shared memory is found by its name, in the same process and in others, until it is unlinked', async () => {
  expect(
    await printed(`
import multiprocessing as mp, os, struct
from multiprocessing.shared_memory import ShareableList, SharedMemory
def work(name, items, barrier):
    memory = SharedMemory(name)
    print(memory.size, bytes(memory.buf[:5]), memory.name == name)
    struct.pack_into('<I', memory.buf, 100, 0xdeadbeef)
    items[1] += 0.5
    items[2] = 'changed'
    memory.close()
    barrier.wait()
    barrier.wait()
    try:
        SharedMemory(name)
    except FileNotFoundError as error:
        print(error.errno, error.strerror, error.filename == '/' + name)
if __name__ == '__main__':
    memory = SharedMemory(create=True, size=5000, name='procession')
    memory.buf[:5] = b'bytes'
    twin = SharedMemory('procession')
    twin.buf[4] = ord('!')
    print(bytes(memory.buf[:5]), memory, os.listdir('/dev/shm'))
    items = ShareableList([1, 2.5, 'text is', None, b'raw', True])
    barrier = mp.Barrier(2)
    process = mp.Process(target=work, args=('procession', items, barrier))
    process.start()
    barrier.wait()
    print(struct.unpack_from('<I', memory.buf, 100), list(items), items.index('changed'))
    for call in (lambda: SharedMemory('procession', create=True, size=10), lambda: SharedMemory('none'),
                 lambda: SharedMemory(create=True, size=0), lambda: SharedMemory('a/b', create=True, size=1)):
        try:
            call()
        except (OSError, ValueError) as error:
            print(type(error).__name__, error)
    twin.close()
    memory.close()
    memory.unlink()
    barrier.wait()
    process.join()
    items.shm.close()
    items.shm.unlink()
    print(os.listdir('/dev/shm'))
`),
  ).toBe(`b'byte!' SharedMemory('procession', size=5000) ['procession']
5000 b'byte!' True
(3735928559,) [1, 3.0, 'changed', None, b'raw', True] 2
FileExistsError [Errno 17] File exists: '/procession'
FileNotFoundError [Errno 2] No such file or directory: '/none'
ValueError 'size' must be a positive number different from zero
OSError [Errno 22] Invalid argument: '/a/b'
2 No such file or directory True
[]
`);
});

test('what was never unlinked is told at the end, as by the resource tracker of CPython', async () => {
  const { stdout, stderr, status } = await runPython(
    machine(),
    `
import multiprocessing as mp, os
from multiprocessing.shared_memory import SharedMemory
def attach(name):
    SharedMemory(name).close()
if __name__ == '__main__':
    lock = mp.Lock()
    kept, freed = SharedMemory(create=True, size=10, name='kept'), SharedMemory(create=True, size=10)
    for memory in (kept, freed):
        process = mp.Process(target=attach, args=(memory.name,))
        process.start()
        process.join()
    freed.unlink()
    print(os.listdir('/dev/shm'))
`,
  );
  expect(status.state).toBe('finished');
  expect(stdout).toBe("['kept']\n");
  expect(stderr).toContain(
    "UserWarning: resource_tracker: There appear to be 1 leaked shared_memory objects to clean up at shutdown: {'/kept'}\n",
  );
});

test("a manager of shared memory frees it at its end; a pool's workers write to it", async () => {
  expect(
    await printed(`
import multiprocessing as mp, os
from multiprocessing.managers import SharedMemoryManager
from multiprocessing.shared_memory import SharedMemory
def square(name, index):
    memory = SharedMemory(name)
    memory.buf[index] = index * index
    memory.close()
if __name__ == '__main__':
    with SharedMemoryManager() as manager:
        memory = manager.SharedMemory(size=8)
        items = manager.ShareableList([1, 'two'])
        with mp.Pool(2) as pool:
            pool.starmap(square, [(memory.name, index) for index in range(8)])
        print(list(memory.buf), list(items), len(os.listdir('/dev/shm')))
    print(os.listdir('/dev/shm'))
`),
  ).toBe("[0, 1, 4, 9, 16, 25, 36, 49] [1, 'two'] 2\n[]\n");
});

test('processes that really run at once see what was written under a lock', async () => {
  const { stdout, stderr, status } = await runPython(
    machine(),
    `
import multiprocessing as mp
def count(value, array):
    for n in range(200):
        with value.get_lock():
            value.value += 1
            array[n] += 1
if __name__ == '__main__':
    value, array = mp.Value('i', 0), mp.Array('b', 200, lock=False)
    processes = [mp.Process(target=count, args=(value, array)) for _ in range(3)]
    for process in processes: process.start()
    for process in processes: process.join()
    print(value.value, set(array))
`,
    { mode: 'live' },
  );
  expect(stderr).toBe('');
  expect(status.state).toBe('finished');
  expect(stdout).toBe('600 {3}\n');
});
