import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { said: printed } = inPythonTwice();

test('a file that is handed to a child has its position in common with the parent', async () => {
  expect(
    await printed(`
import os, subprocess, sys
f = os.open('shared', os.O_RDWR | os.O_CREAT)
os.write(f, b'first ')
child = "import os, sys; f = int(sys.argv[1]); os.write(f, b'second '); os.lseek(f, 3, os.SEEK_CUR); print(os.fstat(f).st_nlink, os.get_blocking(f))"
print(subprocess.run([sys.executable, '-c', child, str(f)], pass_fds=[f]).returncode, os.lseek(f, 0, os.SEEK_CUR))
os.write(f, b'third')
twin = os.dup(f)
os.lseek(twin, 0, os.SEEK_SET)
print(os.read(f, 100))
os.unlink('shared')
os.close(f)
child = "import os, sys; f = int(sys.argv[1]); os.lseek(f, 6, 0); print(os.read(f, 6), os.fstat(f).st_nlink)"
subprocess.run([sys.executable, '-c', child, str(twin)], pass_fds=[twin])
print(os.read(twin, 100))
try:
    subprocess.run([sys.executable, '-c', 'pass'], pass_fds=[57])
except OSError as error:
    print(error)
`),
  ).toBe(`1 True
0 16
b'first second \\x00\\x00\\x00third'
b'second' 0
b' \\x00\\x00\\x00third'
[Errno 9] Bad file descriptor
`);
});

test('the standard streams of a child go where its parent says', async () => {
  expect(
    await printed(`
import subprocess, sys
child = "import sys; print('out', sys.stdin.read().upper()); print('err', file=sys.stderr)"
run = lambda **kwargs: subprocess.run([sys.executable, '-c', child], text=True, **kwargs)
done = run(input='given', capture_output=True)
print(done.returncode, repr(done.stdout), repr(done.stderr))
with open('log', 'w+') as log, open('input', 'w+') as source:
    source.write('from a file')
    source.seek(0)
    run(stdin=source, stdout=log, stderr=subprocess.STDOUT)
    log.seek(0)
    print(log.read().splitlines())
print(run(input='lost', stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).stderr)
grandchild = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
print(subprocess.run([sys.executable, '-c', grandchild], input=b'deep', capture_output=True).stdout)
print(subprocess.check_output([sys.executable, '-c', 'import sys; sys.exit(print(3))']))
try:
    subprocess.run(['ls', '-l'])
except FileNotFoundError as error:
    print(error)
`),
  ).toBe(`0 'out GIVEN\\n' 'err\\n'
['out FROM A FILE', 'err']
err

b'out DEEP\\n'
b'3\\n'
[Errno 2] No such file or directory: 'ls'
`);
});
