import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

test('what C fails with has the number, the words and the class that it has on Linux', async () => {
  const run = await runPython(
    machine,
    `
import errno, os, pathlib, shutil
os.mkdir('d')
open('d/f', 'w').close()
open('plain', 'w').close()
for attempt in (lambda: open('no'), lambda: os.mkdir('d'), lambda: os.rmdir('d'), lambda: os.listdir('plain'), lambda: os.close(999),
                lambda: open('plain/x'), lambda: open('d', 'w'), lambda: os.rename('no', 'yes'), lambda: os.read(999, 1),
                lambda: os.readlink('plain'), lambda: os.rename('plain', '/tmp/plain'), lambda: os.chdir('no'),
                lambda: open('x' * 300, 'w'), lambda: pathlib.Path('no').read_text(), lambda: shutil.copy('no', 'yes'),
                lambda: open('plain', 'x'), lambda: os.lseek(os.open('plain', 0), -1, 0)):
    try:
        attempt()
    except OSError as error:
        print(type(error).__name__, error.errno, error, error.args[0], errno.errorcode[error.errno])
print(pathlib.Path('no').exists(), os.path.exists('plain/x'))
`,
  );
  expect(run.stderr).toBe('');
  // As python3 3.11 prints it.
  expect(run.stdout.split('\n')).toEqual([
    "FileNotFoundError 2 [Errno 2] No such file or directory: 'no' 2 ENOENT",
    "FileExistsError 17 [Errno 17] File exists: 'd' 17 EEXIST",
    "OSError 39 [Errno 39] Directory not empty: 'd' 39 ENOTEMPTY",
    "NotADirectoryError 20 [Errno 20] Not a directory: 'plain' 20 ENOTDIR",
    'OSError 9 [Errno 9] Bad file descriptor 9 EBADF',
    "NotADirectoryError 20 [Errno 20] Not a directory: 'plain/x' 20 ENOTDIR",
    "IsADirectoryError 21 [Errno 21] Is a directory: 'd' 21 EISDIR",
    "FileNotFoundError 2 [Errno 2] No such file or directory: 'no' -> 'yes' 2 ENOENT",
    'OSError 9 [Errno 9] Bad file descriptor 9 EBADF',
    "OSError 22 [Errno 22] Invalid argument: 'plain' 22 EINVAL",
    "OSError 18 [Errno 18] Invalid cross-device link: 'plain' -> '/tmp/plain' 18 EXDEV",
    "FileNotFoundError 2 [Errno 2] No such file or directory: 'no' 2 ENOENT",
    `OSError 36 [Errno 36] File name too long: '${'x'.repeat(300)}' 36 ENAMETOOLONG`,
    "FileNotFoundError 2 [Errno 2] No such file or directory: 'no' 2 ENOENT",
    "FileNotFoundError 2 [Errno 2] No such file or directory: 'no' 2 ENOENT",
    "FileExistsError 17 [Errno 17] File exists: 'plain' 17 EEXIST",
    'OSError 22 [Errno 22] Invalid argument 22 EINVAL',
    'False False',
    '',
  ]);
});

test('what Python makes of an error number is what it is on Linux', async () => {
  const run = await runPython(
    machine,
    `
import errno, os, pickle, copy
for number in (1, 2, 4, 11, 13, 17, 28, 32, 44, 104, 110, 111):
    error = OSError(number, os.strerror(number))
    print(type(error).__name__, error, repr(pickle.loads(pickle.dumps(error))) == repr(error))
class Own(FileNotFoundError):
    def __new__(cls, *args):
        return super().__new__(cls, *args)
print(repr(Own(2, 'own')), OSError(2, 'words').filename, OSError(44, 'x'), errno.EAGAIN, errno.EWOULDBLOCK, os.strerror(9999))
try:
    raise OSError('only words')
except OSError as error:
    print(error.errno, error)
`,
  );
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe(`PermissionError [Errno 1] Operation not permitted True
FileNotFoundError [Errno 2] No such file or directory True
InterruptedError [Errno 4] Interrupted system call True
BlockingIOError [Errno 11] Resource temporarily unavailable True
PermissionError [Errno 13] Permission denied True
FileExistsError [Errno 17] File exists True
OSError [Errno 28] No space left on device True
BrokenPipeError [Errno 32] Broken pipe True
OSError [Errno 44] Channel number out of range True
ConnectionResetError [Errno 104] Connection reset by peer True
TimeoutError [Errno 110] Connection timed out True
ConnectionRefusedError [Errno 111] Connection refused True
Own(2, 'own') None [Errno 44] x 11 11 Unknown error 9999
None only words
`);
});
