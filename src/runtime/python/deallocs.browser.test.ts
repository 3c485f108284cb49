import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed } = inPythonTwice();

/** What each holds another of its kind in: twenty thousand are freed, each in the midst of the one before. */
const NESTED = {
  lists: 'x = [x]',
  tuples: 'x = (x,)',
  dicts: "x = {'k': x}",
  sets: 'x = frozenset([x])',
  closures: 'x = (lambda y: lambda: y)(x)',
  iterators: 'x = iter([x])',
  maps: 'x = map(x, ())',
  partials: 'x = functools.partial(print, x)',
  exceptions: 'x = ValueError(x)',
  generators: 'x = (lambda y: (_ for _ in [y]))(x)',
  methods: 'x = Keeper(x).held.__str__ if n == 0 else types.MethodType(print, x)',
  objects: 'x = Keeper(x)',
  'objects with slots': 'x = Slots(x)',
  'classes derived from list': 'x = Derived([x])',
  'all of them': 'x = [(Keeper({0: functools.partial(print, Derived([frozenset([Slots(x)])]))}),)]',
};

test.each(Object.entries(NESTED))('%s in each other can be freed, however many there are', async (_, nest) => {
  expect(
    await printed(
      `
import functools, gc, types
class Keeper:
    def __init__(self, held): self.held = held
class Slots:
    __slots__ = ('held',)
    def __init__(self, held): self.held = held
    def __hash__(self): return 1
class Derived(list):
    pass
def nested():
    x = None
    for n in range(20_000):
        ${nest}
    return x
x = nested()
del x
x = nested()
y = x
x = None
print(y is not None, end=' ')
del y
gc.collect()
print('done')
`,
      { stepBy: 'operation' },
    ),
  ).toBe('\nTrue done\n');
});

test('all that is freed is finalised once, and the collector goes on knowing what it knew', async () => {
  expect(
    await printed(`
import gc, weakref
class Counted:
    gone = 0
    def __init__(self, held): self.held = [held]
    def __del__(self): Counted.gone += 1
def nested(n):
    x = None
    for _ in range(n): x = Counted((x,))
    return x
x = nested(1_000)
del x
print(Counted.gone)
cycle = nested(500)
cycle.held.append(cycle)
watched = weakref.ref(cycle)
del cycle
print(Counted.gone, watched() is not None)
gc.collect()
print(Counted.gone, watched())
class Back:
    kept = None
    def __init__(self, held): self.held = held
    def __del__(self): Back.kept = self
deep = Back('x')
for _ in range(1_000): deep = [deep]
del deep
print(Back.kept.held, gc.is_tracked(Back.kept))
`),
  ).toBe('\n1000\n1000 True\n1500 None\nx True\n');
});

test('threads that are switched in the midst of a free have each their own', async () => {
  expect(
    await printed(`
import threading, time
gone = []
class Slow:
    def __init__(self, name, held): self.name, self.held = name, held
    def __del__(self):
        time.sleep(0.001)
        gone.append((self.name, threading.current_thread().name))
def work(name):
    x = None
    for _ in range(70): x = [Slow(name, x)]
    del x
threads = [threading.Thread(target=work, args=(name,), name=name) for name in 'abc']
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(gone), all(owner == freed for owner, freed in gone))
print(len({owner for owner, _ in gone[:6]}))
`),
  ).toBe('\n210 True\n3\n');
});
