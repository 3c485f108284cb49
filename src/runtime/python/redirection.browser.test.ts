import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { said } = inPythonTwice();

test('what stands for the standard output gets what is printed, until the page stands for it again', async () => {
  expect(
    await said(`
import os, sys
from multiprocessing import Process
def main():
    read_end, write_end = os.pipe()
    saved = os.dup(1)
    print('before')
    os.dup2(write_end, 1)
    print('printed')
    os.write(1, b'written\\n')
    sys.stdout.buffer.write(b'buffered\\n')
    sys.stdout.flush()
    child = Process(target=print, args=('by a child',))
    child.start()
    child.join()
    os.dup2(saved, 1)
    os.close(saved)
    os.close(write_end)
    print('after')
    with open(read_end) as file: print(file.readlines())
if __name__ == '__main__': main()
`),
  ).toBe("before\nafter\n['printed\\n', 'written\\n', 'buffered\\n', 'by a child\\n']\n");
});

test('the standard input and what is complained of can be turned over, too', async () => {
  expect(
    await said(`
import os, sys, traceback
read_end, write_end = os.pipe()
os.write(write_end, b'first\\nsecond\\n')
os.dup2(read_end, 0)
os.dup2(write_end, 2)
print(input(), sys.stdin.readline().strip())
try: 1 / 0
except ZeroDivisionError: traceback.print_exc()
print('end', file=sys.stderr)
os.close(write_end)
sys.stderr.close()
os.close(2)
print(sys.stdin.read().splitlines()[-2:])
`),
  ).toBe("first second\n['ZeroDivisionError: division by zero', 'end']\n");
});

test('a number that stands for nothing takes no place, and a stream of the program’s own is left alone', async () => {
  expect(
    await said(`
import io, os, sys
read_end, write_end = os.pipe()
try: os.dup2(77, write_end)
except OSError as error: print(error)
print(os.write(write_end, b'x'), os.read(read_end, 9))
mine = sys.stdout = io.StringIO()
saved = os.dup(1)
os.dup2(write_end, 1)
print('mine')
sys.__stdout__.write('its\\n')
sys.__stdout__.flush()
os.dup2(saved, 1)
sys.stdout = sys.__stdout__
print(repr(mine.getvalue()), os.read(read_end, 9))
`),
  ).toBe("[Errno 9] Bad file descriptor\n1 b'x'\n'mine\\n' b'its\\n'\n");
});
