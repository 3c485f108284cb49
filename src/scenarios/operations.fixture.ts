import { ObjectKind } from '../abi/objects.ts';
import { Kind, Operation } from '../abi/record.ts';
import { ThreadKind } from '../abi/slot.ts';
import type { FixtureRun } from '../runtime/fixtures/lab.fixture.ts';
import type { ParameterValues } from './scenario.ts';

/** What each thread of a program has done, in its own order, by its name. */
export type Operations = Readonly<Record<string, readonly string[]>>;

/** What the two languages do in ways of their own, in every lesson. */
export const EVERYWHERE: readonly { readonly what: RegExp; readonly because: string; readonly instead?: string }[] = [
  {
    what: /^IO /,
    instead: 'SLEEP ',
    because: 'TypeScript programs use a simulated device; Python has none, so its programs sleep meanwhile',
  },
  {
    what: /^(ACQUIRE|RELEASE) LOCK \S*\.wlock$/,
    because:
      'what is put into a queue of CPython is written by the queue’s feeder, a thread of the library; here by who puts it',
  },
  {
    what: /^(START|JOIN) (ResultHandler|QueueFeederThread)$/,
    because: 'threads of the library: a pool has one here and three in CPython, a queue none here and one in CPython',
  },
  {
    what: /^STORE MANAGED /,
    because: 'a manager’s server answers in its main thread here; in CPython each client has a thread of the library',
  },
];

/** Threads that only one language has, by lesson; '': in every one. */
export const OWN_THREADS: Readonly<Record<string, { readonly names: readonly string[]; readonly because: string }>> = {
  '': { names: ['ResultHandler'], because: 'the pool’s handler; in CPython its like are threads of the library' },
  workload: { names: ['MainProcess'], because: 'the launcher, which is not shown; Python has none' },
};

/** Threads that the Python program calls otherwise, by lesson. */
const CALLED_OTHERWISE: Readonly<
  Record<string, { readonly what: RegExp; readonly instead: string; readonly because: string }>
> = {
  workload: { what: /^J(?=\d)/, instead: 'P', because: 'P1 is the main process there, which is shown' },
};

/** What is left out where lessons are compared, because their programs must say it differently. */
export const OWN_OPERATIONS: Readonly<Record<string, { readonly what: RegExp; readonly because: string }>> = {
  workload: { what: /^SLEEP $/, because: 'the launcher lets a process arrive; in Python it sleeps until then' },
};

/** Threads that are as good as each other: which of them does what, is not compared. */
export const ALIKE: Readonly<Record<string, { readonly names: RegExp; readonly because: string }>> = {
  'pool-size': {
    names: /^SpawnPoolWorker-/,
    because: 'who of the pool gets a task, depends on when it is handed on; in CPython another thread does that',
  },
};

/** What makes times less important: a statement of one language takes other ticks than its twin in the other. */
export const OWN_MACHINE: Readonly<Record<string, { readonly cpus: number; readonly because: string }>> = {
  'readers-writers': { cpus: 8, because: 'who meets whom in the room is a matter of time' },
  philosophers: { cpus: 8, because: 'how often a philosopher tries in vain is a matter of time' },
};

/** Under these parameters only what is printed is compared. */
export const ONLY_PRINTED: Readonly<
  Record<string, { readonly when: (values: ParameterValues) => boolean; readonly because: string }>
> = {
  condition: {
    when: ({ producers }) => Number(producers) > 1,
    because:
      'in CPython whoever notifies waits until all whom it wakes have said that they are awake, and so comes later than here',
  },
};

/** `read_end` → `readEnd`: each language has its own way to write a name. */
export const asWritten = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const keyOf = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(names).find((name) => names[name] === value) ?? String(value);

/** An operation, and upon what; without threads of the library, global variables, output. */
export function operationsOf(run: FixtureRun): Record<string, string[]> {
  const objects = new Map<number, string>();
  const hidden = new Set<number>();
  const threads = new Map<number, string[]>();
  const done: Record<string, string[]> = {};
  for (const { kind, aux, tid, object, a, b } of run.records) {
    const operations = threads.get(tid);
    switch (kind) {
      case Kind.CREATED:
        objects.set(object, run.textOf(b));
        if (aux === ThreadKind.LIBRARY) hidden.add(object);
        else threads.set(tid, (done[freeName(run.textOf(b), done)] = []));
        break;
      case Kind.OBJECT:
        if (aux === ObjectKind.GLOBAL) hidden.add(object);
        objects.set(object, `${keyOf(ObjectKind, aux)} ${asWritten(run.textOf(a))}`);
        break;
      case Kind.DONE:
        if (!hidden.has(object)) operations?.push(`${keyOf(Operation, aux)} ${objects.get(object) ?? ''}`);
        break;
      case Kind.LOAD:
      case Kind.STORE:
        if (!hidden.has(object)) operations?.push(`${keyOf(Kind, kind)} ${objects.get(object) ?? ''}`);
        break;
    }
  }
  return done;
}

function freeName(name: string, taken: Record<string, unknown>): string {
  let free = name;
  for (let n = 2; free in taken; n += 1) free = `${name} ${n}`;
  return free;
}

/** What remains to be compared of this lesson. */
export function comparable(lesson: string, operations: Operations): Record<string, string[]> {
  const without = [...(OWN_THREADS['']?.names ?? []), ...(OWN_THREADS[lesson]?.names ?? [])];
  const alike = ALIKE[lesson]?.names;
  const compared: Record<string, string[]> = {};
  const together: string[] = [];
  for (const [name, done] of Object.entries(operations)) {
    if (without.includes(name)) continue;
    const said = done.flatMap((operation) => inBoth(lesson, operation));
    if (alike?.test(name) === true) together.push(...said);
    else compared[calledAlike(lesson, name)] = sortedEnd(said);
  }
  return together.length === 0 ? compared : { ...compared, together: together.toSorted() };
}

function calledAlike(lesson: string, name: string): string {
  const rule = CALLED_OTHERWISE[lesson];
  return rule === undefined ? name : name.replace(rule.what, rule.instead);
}

/** As both languages would say it; nothing, if only one does it. */
function inBoth(lesson: string, operation: string): string[] {
  const rule = EVERYWHERE.find(({ what }) => what.test(operation));
  const said = rule === undefined ? operation : rule.instead && operation.replace(rule.what, rule.instead);
  return said === undefined || OWN_OPERATIONS[lesson]?.what.test(said) === true ? [] : [said];
}

/** At its end a process waits for its children: CPython keeps them in a set, which has no order that anybody could name. */
function sortedEnd(operations: readonly string[]): string[] {
  let from = operations.length;
  while (from > 0 && operations[from - 1]?.startsWith('JOIN ') === true) from -= 1;
  return [...operations.slice(0, from), ...operations.slice(from).toSorted()];
}
