import { ObjectKind } from '../abi/objects.ts';
import { Kind, Operation, Outcome } from '../abi/record.ts';
import { ThreadKind } from '../abi/slot.ts';
import type { FixtureRun } from '../runtime/fixtures/lab.fixture.ts';

/** `read_end` → `readEnd`: each language has its own way to write a name. */
const asWritten = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const keyOf = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(names).find((name) => names[name] === value) ?? String(value);

/**
 * What each thread of a program has done, in its own order, by its name: an operation, upon what, and what came of it. Without what the
 * languages do in ways of their own: threads of the library, global variables, output.
 */
export function operationsOf(run: FixtureRun): Record<string, readonly string[]> {
  const objects = new Map<number, string>();
  const globals = new Set<number>();
  const threads = new Map<number, string[]>();
  const done: Record<string, readonly string[]> = {};
  for (const { kind, aux, tid, object, a, b } of run.records) {
    const operations = threads.get(tid);
    switch (kind) {
      case Kind.CREATED:
        objects.set(object, run.textOf(b));
        if (aux === ThreadKind.LIBRARY) break;
        threads.set(tid, []);
        done[nameFor(run.textOf(b), done)] = threads.get(tid) ?? [];
        break;
      case Kind.OBJECT:
        if (aux === ObjectKind.GLOBAL) globals.add(object);
        objects.set(object, `${keyOf(ObjectKind, aux)} ${asWritten(run.textOf(a))}`.trimEnd());
        break;
      case Kind.DONE:
        operations?.push(`${keyOf(Operation, aux)} ${objects.get(object) ?? ''} ${keyOf(Outcome, a)}`);
        break;
      case Kind.LOAD:
      case Kind.STORE:
        if (!globals.has(object)) operations?.push(`${keyOf(Kind, kind)} ${objects.get(object) ?? ''}`);
        break;
    }
  }
  return done;
}

function nameFor(name: string, taken: Record<string, unknown>): string {
  let free = name;
  for (let n = 2; free in taken; n += 1) free = `${name} ${n}`;
  return free;
}
