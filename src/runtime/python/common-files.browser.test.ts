import { describe, expect, test } from 'vitest';
import type { FixtureRun } from '../fixtures/lab.fixture.ts';
import { runPython } from '../fixtures/python.fixture.ts';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { run, machine } = inPythonTwice();

type Files = Readonly<Record<string, string>>;

/** Stepped, where the second run must write the same log, and live. */
const MODES: readonly (readonly [mode: string, run: (source: string, files: Files) => Promise<FixtureRun>])[] = [
  ['stepped', (source, files) => run(source, {}, files)],
  ['stepped at random', (source, files) => run(source, { machine: { policy: 'random', seed: 3, cpus: 3 } }, files)],
  ['live', (source, files) => runPython(machine(), source, { mode: 'live' }, files)],
];

describe.each(MODES)('all processes have one file system: %s', (mode, runs) => {
  async function printed(source: string, files: Files = {}): Promise<string> {
    const { status, stderr, stdout } = await runs(source, files);
    expect(stderr).toBe('');
    expect(status.state).toBe('finished');
    return `\n${stdout}`;
  }

  test('a child reads by path what its parent has written, and the parent what the child has, while both live', async () => {
    expect(
      await printed(`
import os
from multiprocessing import Pipe, Process
def child(turn):
    turn.recv()
    print('child reads', open('from-parent.txt').read(), os.listdir())
    os.makedirs('deep/er')
    with open('deep/er/from-child.txt', 'w') as f:
        f.write('sense')
    with open('from-parent.txt', 'r+') as f:
        f.seek(5)
        f.write('bite')
    turn.send(None)
    turn.recv()
    print('child reads', open('/home/learner/deep/er/from-child.txt').read())
if __name__ == '__main__':
    turn, theirs = Pipe()
    process = Process(target=child, args=(theirs,))
    process.start()
    kept = open('from-parent.txt', 'w+')
    kept.write('dogs bark')
    kept.flush()
    turn.send(None)
    turn.recv()
    kept.seek(0)
    print('parent reads', kept.read(), open('deep/er/from-child.txt').read(), os.listdir('deep'))
    open('deep/er/from-child.txt', 'a').write(' and more')
    turn.send(None)
    process.join()
    print(process.exitcode)
`),
    ).toBe(`
child reads dogs bark ['main.py', 'from-parent.txt']
parent reads dogs bite sense ['er']
child reads sense and more
0
`);
  });

  test('what two processes append is all there, each process in its own order', async () => {
    // Live, both are to write at the same moment.
    const lines = mode === 'live' ? 3000 : 20;
    expect(
      await printed(`
from multiprocessing import Barrier, Process
LINES = ${lines}
def log(name, together):
    with open('log.txt', 'ab', buffering=0) as f:
        together.wait()
        for n in range(LINES):
            f.write(f'{name} {n}\\n'.encode())
            if n == 9:
                together.wait()
if __name__ == '__main__':
    together = Barrier(2)
    processes = [Process(target=log, args=(name, together)) for name in 'ab']
    for process in processes: process.start()
    for process in processes: process.join()
    lines = open('log.txt').read().splitlines()
    for name in 'ab':
        print([line for line in lines if line[0] == name] == [f'{name} {n}' for n in range(LINES)])
    print(len(lines), {line[0] for line in lines[:20]} == {'a', 'b'})
`),
    ).toBe(`\nTrue\nTrue\n${2 * lines} True\n`);
  });

  test('a child imports a module that lies beside the program, and one that the program has written', async () => {
    expect(
      await printed(
        `
from multiprocessing import Process
import beside
def child():
    import written
    print(written.NAME, written.__file__, written is not beside)
    print(beside.seen)
if __name__ == '__main__':
    with open('written.py', 'w') as f:
        f.write('NAME = "written"\\nfrom beside import seen\\nseen.append(NAME)\\n')
    for target in (child, beside.work):
        process = Process(target=target)
        process.start()
        process.join()
        print(process.exitcode, beside.seen)
`,
        { 'beside.py': 'seen = []\ndef work():\n    import written\n    print("work", written.NAME, seen)\n' },
      ),
    ).toBe(`
written /home/learner/written.py True
['written']
0 []
work written ['written']
0 []
`);
  });

  test('what one process renames or removes is renamed or removed for the others, who keep what they have open', async () => {
    expect(
      await printed(`
import os
from multiprocessing import Pipe, Process
def child(turn):
    kept = open('two.txt')
    turn.send(None)
    turn.recv()
    print('child', os.path.exists('one.txt'), open('uno.txt').read(), os.path.exists('two.txt'), kept.read())
    os.replace('uno.txt', 'three.txt')
    os.unlink('four.txt')
    os.rmdir('folder')
    turn.send(None)
if __name__ == '__main__':
    for name in ('one', 'two', 'three', 'four'):
        open(name + '.txt', 'w').write(name)
    os.mkdir('folder')
    kept, removed = open('three.txt'), open('four.txt')
    turn, theirs = Pipe()
    process = Process(target=child, args=(theirs,))
    process.start()
    turn.recv()
    os.rename('one.txt', 'uno.txt')
    os.unlink('two.txt')
    turn.send(None)
    turn.recv()
    print('parent', sorted(os.listdir()), open('three.txt').read(), kept.read(), removed.read())
    process.join()
    print(process.exitcode)
`),
    ).toBe(`
child False one False two
parent ['main.py', 'three.txt'] one three four
0
`);
  });
});
