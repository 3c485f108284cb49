import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

/** What the program prints; it may print nothing to its standard error. */
async function printed(source: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const run = await runPython(machine, source, {}, files);
  expect(run.stderr).toBe('');
  expect(run.status.state).toBe('finished');
  return run.stdout;
}

test('files keep what is written, appended, overwritten and cut', async () => {
  // As python3 3.11 prints it.
  expect(
    await printed(`
import os
with open('a.txt', 'w') as f:
    f.write('one\\ntwo\\n')
with open('a.txt', 'a') as f:
    f.write('three\\n')
print(open('a.txt').read().split(), os.path.getsize('a.txt'))
with open('a.txt', 'r+b') as f:
    f.seek(4)
    f.write(b'TWO')
    f.seek(-6, os.SEEK_END)
    print(f.read(), f.tell())
    f.truncate(7)
    f.seek(10)
    f.write(b'!')
print(open('a.txt', 'rb').read())
with open('a.txt', 'w') as f:
    print(f.tell(), os.fstat(f.fileno()).st_size)
with open('big', 'wb') as f:
    for n in range(70):
        f.write(bytes([n]) * 65536)
with open('big', 'rb') as f:
    f.seek(4_500_000)
    print(f.read(1), os.path.getsize('big'))
os.truncate('big', 5000)
os.truncate('big', 9000)
print(open('big', 'rb').read() == bytes(9000))
`),
  ).toBe(`['one', 'two', 'three'] 14
b'three\\n' 14
b'one\\nTWO\\x00\\x00\\x00!'
0 0
b'D' 4587520
True
`);
});

test('folders are made, listed in the order in which their files came, renamed and removed', async () => {
  expect(
    await printed(`
import os, stat
os.makedirs('d/e')
for name in 'cab':
    open(f'd/{name}', 'w').close()
print(os.listdir('d'), sorted(entry.name for entry in os.scandir('d') if entry.is_dir()))
os.rename('d/a', 'd/z')
os.replace('d/b', 'd/c')
print(os.listdir('d'), os.path.exists('d/a'))
os.symlink('z', 'd/link')
open('d/link', 'w').write('through')
print(os.readlink('d/link'), open('d/z').read(), stat.filemode(os.lstat('d/link').st_mode))
print(stat.filemode(os.stat('d/z').st_mode), stat.filemode(os.stat('d').st_mode))
for attempt in (lambda: os.rmdir('d'), lambda: os.mkdir('d'), lambda: os.unlink('d'), lambda: open('d/x/y'),
                lambda: open('d/z', 'x'), lambda: os.listdir('d/z'), lambda: open('d', 'w'), lambda: os.rename('no', 'yes')):
    try:
        attempt()
    except OSError as error:
        print(type(error).__name__)
os.unlink('d/link')
os.unlink('d/z')
os.unlink('d/c')
os.rmdir('d/e')
os.rmdir('d')
print(os.listdir('.'), os.getcwd())
open('many', 'w').close()
os.mkdir('m')
for n in range(100):
    open(f'm/{n}', 'w').close()
for n, entry in enumerate(os.scandir('m')):
    os.unlink(f'm/{n}')
    if n < 90:
        os.unlink(f'm/{99 - n}') if n < 40 else None
print(os.listdir('m') == [])
`),
  ).toBe(`['e', 'c', 'a', 'b'] ['e']
['e', 'z', 'c'] False
z through lrwxrwxrwx
-rw-r--r-- drwxr-xr-x
OSError
FileExistsError
IsADirectoryError
FileNotFoundError
FileExistsError
NotADirectoryError
IsADirectoryError
FileNotFoundError
['main.py'] /home/learner
True
`);
});

test('a file without a name lives until the last who has it open closes it, and its room is free again', async () => {
  expect(
    await printed(`
import os, tempfile
for n in range(12):
    with tempfile.TemporaryFile() as f:
        f.write(bytes(20_000_000))
        f.seek(0)
        print(len(f.read()), end=' ')
f = open('kept', 'w+')
twin = os.dup(f.fileno())
os.unlink('kept')
f.write('still there')
f.close()
print(os.pread(twin, 100, 0), os.path.exists('kept'))
os.close(twin)
print(os.listdir('/tmp'))
`),
  ).toBe(`${'20000000 '.repeat(12)}b'still there' False\n[]\n`);
});

test('a full disk says so, and is usable again when something is removed', async () => {
  expect(
    await printed(`
import os
with open('full', 'wb', buffering=0) as f:
    try:
        while True:
            f.write(bytes(1 << 20))
    except OSError as error:
        print(error.strerror)
print(os.path.getsize('full') > 50_000_000)
os.unlink('full')
with open('small', 'w') as f:
    f.write('fits')
print(open('small').read())
`),
  ).toBe('No space left on device\nTrue\nfits\n');
});

test("times are the machine's", async () => {
  expect(
    await printed(`
import os, time
open('t', 'w').close()
before = os.stat('t')
time.sleep(5)
open('t', 'a').write('x')
print(os.stat('t').st_mtime - before.st_mtime >= 5, abs(os.stat('t').st_mtime - time.time()) < 1)
os.utime('t', (1000.5, 2000.25))
print(os.stat('t').st_atime, os.stat('t').st_mtime, os.stat('t').st_ino > os.stat('main.py').st_ino)
`),
  ).toBe('True True\n1000.5 2000.25 True\n');
});

test('the program imports modules of its own, and tracebacks show their lines', async () => {
  const run = await runPython(
    machine,
    'import helper, os\nprint(helper.__file__, __file__, os.listdir())\nhelper.fail()\n',
    {},
    { 'helper.py': 'def fail():\n    raise ValueError("here")\n' },
  );
  expect(run.stdout).toBe("/home/learner/helper.py /home/learner/main.py ['main.py', 'helper.py']\n");
  expect(run.stderr).toContain('line 2, in fail\n    raise ValueError("here")\n');
});

test('a run begins with an empty disk', async () => {
  expect(await printed('open("left", "w").close()\nopen("/tmp/left", "w").close()\n')).toBe('');
  expect(await printed('import os\nprint(os.listdir(), os.listdir("/tmp"), os.listdir("/dev/shm"))\n')).toBe(
    "['main.py'] [] []\n",
  );
});

test('what was not closed is written at the end of the process', async () => {
  expect(await printed('f = open("/dev/stdout", "w")\nprint("late", file=f)\n')).toBe('late\n');
});

test('what a killed process had open and mapped is closed when its parent waits for it', async () => {
  expect(
    await printed(`
import mmap, multiprocessing as mp, os, shutil, tempfile, time
def hold(event):
    f = tempfile.TemporaryFile(buffering=0)
    f.write(bytes(30_000_000))
    mapped = tempfile.TemporaryFile()
    mapped.truncate(1_000_000)
    m = mmap.mmap(mapped.fileno(), 1_000_000)
    mapped.close()
    event.set()
    time.sleep(1000)
if __name__ == '__main__':
    free = shutil.disk_usage('/tmp').free
    for n in range(5):
        event = mp.Event()
        process = mp.Process(target=hold, args=(event,))
        process.start()
        event.wait()
        used = free - shutil.disk_usage('/tmp').free
        process.kill()
        process.join()
        print(used > 31_000_000, shutil.disk_usage('/tmp').free > free - 100_000)
`),
  ).toBe('True True\n'.repeat(5));
});

test('a full disk is an error with a number, so are too many open files', async () => {
  expect(
    await printed(`
import mmap, os
with open('full', 'wb', buffering=0) as f:
    try:
        while True:
            f.write(bytes(1 << 20))
    except OSError as error:
        print(error)
    with open('hole', 'wb+') as hole:
        hole.truncate(100_000)
        try:
            mmap.mmap(hole.fileno(), 100_000)
        except OSError as error:
            print(error)
opened = []
try:
    while True:
        opened.append(open('full'))
except OSError as error:
    print(error)
print(len(opened) // 100 * 100)
`),
  ).toBe(`[Errno 28] No space left on device
[Errno 12] Cannot allocate memory
[Errno 24] Too many open files: 'full'
1000
`);
});

test('modules are looked for beside the program, and where an interpreter is only if it was started so', async () => {
  // As python3 3.11 prints it.
  expect(
    await printed(`
import os, subprocess, sys
os.mkdir('sub')
for name in ('inner', 'run'):
    with open(f'sub/{name}.py', 'w') as f:
        f.write('import sys; print(__name__, sys.path[0].rpartition("/")[2] or "here")')
os.chdir('sub')
print(sys.path.count(''), sys.path[0] == os.path.dirname(os.path.abspath(__file__)))
try:
    import inner
except ModuleNotFoundError as error:
    print(error)
for arguments in (['-c', 'import inner'], ['-m', 'run'], ['run.py'], ['-P', 'run.py'], ['-I', '-c', 'import sys; print("" in sys.path)'],
                  ['-P', '-m', 'run']):
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    print(arguments[-1].split()[0], done.stdout.strip().replace('python314.zip', 'no').replace('python311.zip', 'no') or done.stderr.split(': ')[-1].strip())
`),
  ).toBe(`0 True
No module named 'inner'
import inner here
run __main__ sub
run.py __main__ sub
run.py __main__ no
import False
run No module named run
`);
});
