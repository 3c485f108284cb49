import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import type { FixtureRun } from '../fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

/** Prints a line for each thing that a run could leave to the next. */
const LOOK = `
import atexit, builtins, gc, json, locale, multiprocessing, os, random, signal, socket, sys, threading, time, warnings
def look():
    print('threading', sorted(vars(threading)))
    print('builtins', sorted(vars(builtins)))
    print('patched', json.dumps([1]), time.sleep, sys.excepthook, threading.excepthook)
    print('modules', sorted(sys.modules))
    print('environment', sorted(os.environ.items()))
    print('path', sys.path)
    print('meta_path', sys.meta_path, len(sys.path_hooks))
    print('argv', sys.argv)
    print('signals', [signal.getsignal(number) for number in sorted(signal.valid_signals())])
    print('chance', random.random() == random.Random(1).random())
    print('directory', os.getcwd())
    print('files', os.listdir('/home/learner'), os.listdir('/tmp'), os.listdir('/dev/shm'))
    print('descriptor', (descriptor := os.open('/home/learner/main.py', os.O_RDONLY)), os.close(descriptor))
    print('streams', sys.stdout, sys.stderr, sys.stdin)
    print('threads', threading.enumerate(), threading.get_native_id())
    print('processes', multiprocessing.active_children(), os.getpid(), multiprocessing.Process().name)
    print('collector', gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.callbacks)
    print('recursion', sys.getrecursionlimit())
    print('switch interval', sys.getswitchinterval())
    print('thread stack', threading.stack_size())
    print('warnings', warnings.filters)
    print('digits', sys.get_int_max_str_digits())
    print('tracing', sys.gettrace(), sys.getprofile())
    print('socket limit', socket.getdefaulttimeout())
if __name__ == '__main__':
    look()
`;

/** Changes all of it, leaves a thread and a process that never end, and ends by an exception itself. */
const CHANGE = `
import types
def for_ever():
    while True: time.sleep(1)
def child(): for_ever()
if __name__ == '__main__':
    multiprocessing.Process(target=child, daemon=True).start()
    threading.Thread(target=for_ever, daemon=True).start()
    def busy():
        while True: pass
    threading.Thread(target=busy, daemon=True).start()
    threading.x = 1
    builtins.left = 1
    json.dumps = lambda value: 'patched'
    time.sleep = lambda seconds: None
    sys.modules['left'] = types.ModuleType('left')
    os.environ['LEFT'] = 'left'
    sys.path.append('/left')
    sys.meta_path.pop()
    sys.argv.append('left')
    signal.signal(signal.SIGUSR1, lambda *_: print('handled'))
    random.seed(1)
    os.mkdir('/home/learner/left')
    os.chdir('/home/learner/left')
    for folder in ('/home/learner', '/tmp', '/dev/shm'):
        open(folder + '/left.txt', 'w').close()
    kept = open('kept', 'w')
    sys.stdin = kept
    gc.disable()
    gc.set_threshold(1, 2, 3)
    sys.setrecursionlimit(300)
    sys.setswitchinterval(0.5)
    threading.stack_size(1 << 20)
    warnings.simplefilter('error')
    sys.set_int_max_str_digits(700)
    socket.setdefaulttimeout(3)
    sys.setprofile(lambda *_: None)
    look()
    atexit.register(lambda: print('at the end'))
    def recur(): recur()
    recur()
`;

const run = (source: string, mode: 'stepped' | 'live'): Promise<FixtureRun> =>
  runPython(machine, source, { mode, machine: { cpus: 2 } });

/** What was looked at, by the first word. */
const linesOf = ({ stdout }: FixtureRun): string[] => stdout.trimEnd().split('\n');
const LOOKED_AT = LOOK.match(/(?<=print\(')[\w ]+/g) ?? [];

test.each(['stepped', 'live'] as const)('nothing that a run changes is there in the next: %s', async (mode) => {
  const before = await run(LOOK, 'stepped');
  expect(before.stderr).toBe('');
  expect(linesOf(before)).toHaveLength(LOOKED_AT.length);

  const changing = await run(LOOK + CHANGE, mode);
  expect(changing.stderr).toMatch(/RecursionError: maximum recursion depth exceeded\n$/);
  expect(changing.stdout).toMatch(/\nat the end\n$/);
  const changed = linesOf(changing).slice(LOOKED_AT.length, -1);
  // Else this test would look where nothing can be left.
  expect(LOOKED_AT.filter((_, n) => changed[n] === linesOf(before)[n])).toEqual([]);

  // The run that follows at once is of the same mode.
  for (const next of [mode, mode === 'live' ? 'stepped' : 'live'] as const) {
    const after = await run(LOOK, next);
    expect(after.stderr).toBe('');
    expect(linesOf(after)).toEqual(linesOf(before));
    expect(after.status.state).toBe('finished');
    if (next === 'stepped') expect(after.words).toEqual(before.words);
  }
});
