import { afterAll, beforeAll, expect, test } from 'vitest';
import { asTid } from '../../base/ids.ts';
import { Kind } from '../../abi/record.ts';
import { LogStore } from '../../replay/log-store.ts';
import { Variables, type ThreadVariables } from '../../replay/variables.ts';
import type { Machine } from '../../ui/host/machine.ts';
import type { FixtureRun, Spec } from '../fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

const run = (source: string, spec: Partial<Spec> = {}): Promise<FixtureRun> =>
  runPython(machine, source, { hosts: 64, ...spec });

function variablesOfRun(): Variables {
  const log = new LogStore();
  log.take(machine.memory);
  const variables = new Variables(log);
  variables.extend();
  return variables;
}

/** What a thread sees before the `nth` step that it makes at a line. */
function before({ records }: FixtureRun, line: number, nth = 1, tid = 1): ThreadVariables | null {
  const steps = records.flatMap(({ kind, a, tid: who }, n) =>
    kind === Kind.LINE && a === line && who === tid ? [n] : [],
  );
  return variablesOfRun().of(asTid(tid), steps[nth - 1] ?? 0);
}

const texts = (variables: readonly { name: string; value: string; changed: boolean }[] | undefined): string[] =>
  (variables ?? []).map(({ name, value, changed }) => `${changed ? '*' : ''}${name}=${value}`);

test('locals and globals are those of the moment, and what changed is marked', async () => {
  const ran = await run(`import threading
total = 0
def add(n, items):
    global total
    for i in range(n):
        items.append(i)
        total += i
    return total
names = ['a']
result = add(2, names)
del names
print(result)
`);
  expect(ran.stderr).toBe('');
  const inside = before(ran, 7, 2);
  expect(inside?.frames.map(({ name }) => name)).toEqual(['<module>', 'add']);
  expect(texts(inside?.frames[1]?.variables)).toEqual(['n=2', "*items=['a', 0, 1]", 'i=1']);
  expect(texts(inside?.globals)).toEqual(['total=0', "*names=['a', 0, 1]"]);
  expect(texts(before(ran, 12)?.globals)).toEqual(['total=1', 'result=1']);
});

test('showing a value runs nothing of the program, and is short', async () => {
  const ran = await run(`import threading
class Loud:
    def __init__(self):
        self.size = 3
        self.me = self
    def __repr__(self):
        print('loud')
        raise ValueError
    def __eq__(self, other):
        print('equal')
        return False
    def __len__(self):
        print('length')
        return 1
class Sly(dict):
    def __iter__(self):
        print('sly')
        return iter(())
loud = Loud()
sly = Sly(a=1)
long = list(range(1000))
text = 'x' * 1000
big = 10 ** 5000
nested = [[[[[1]]]]]
lock = threading.Lock()
worker = threading.Thread(name='W', target=print)
one = (1,)
x = None
end = 1
`);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toBe('');
  expect(texts(before(ran, 29)?.globals)).toEqual([
    'loud=Loud(size=3, me=Loud(size=3, me=Loud(size=3, me=…)))',
    'sly=Sly()',
    'long=[0, 1, 2, 3, 4, 5, 6, 7, …]',
    `text='${'x'.repeat(40)}'…`,
    'big=<int, 16610 bits>',
    'nested=[[[…]]]',
    'lock=<lock>',
    'worker=<Thread W>',
    'one=(1,)',
    '*x=None',
  ]);
});

test('each thread has functions of its own', async () => {
  const ran = await run(`from threading import Thread
def work(n):
    half = n / 2
    return half
for n in (1, 2):
    Thread(target=work, args=(n,)).start()
`);
  expect(ran.stderr).toBe('');
  const seen = [2, 3].map((tid) => texts(before(ran, 4, 1, tid)?.frames[0]?.variables));
  expect(seen).toEqual([
    ['n=1', '*half=0.5'],
    ['n=2', '*half=1.0'],
  ]);
});

test('can be left out of the log', async () => {
  const ran = await run('x = 1\ny = 2\n', { variables: false });
  expect(ran.records.filter(({ kind }) => kind === Kind.VARIABLE || kind === Kind.FRAME)).toEqual([]);
});

test('do not keep what the program has let go of', async () => {
  const ran = await run(`class Noisy:
    def __del__(self):
        print('gone')
def f():
    noisy = Noisy()
    x = 1
f()
print('after')
`);
  expect(ran.stdout).toBe('gone\nafter\n');
});
