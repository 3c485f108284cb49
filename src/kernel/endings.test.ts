import { describe, expect, test, vi } from 'vitest';
import { Control } from '../abi/control.ts';
import { BUCKETS_AT, MAILBOXES_AT } from '../abi/layout.ts';
import { allocateObject } from '../abi/object-table.ts';
import { ObjectKind } from '../abi/objects.ts';
import { EndCause, Kind, RunEnd } from '../abi/record.ts';
import { SpawnError } from '../abi/slot.ts';
import { compute, join, logWords, ofKind, openLab, textOf, twoSpinners } from './lab.fixture.ts';

// Running into the limits takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

describe('how runs end', () => {
  test('two threads that wait for each other are a deadlock, with both named', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'spawn', target: 'stuck', name: 'left', data: 0 };
        yield { ask: 'spawn', target: 'stuck', name: 'right', data: 1 };
      },
      *stuck(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(Number(env.data)), expected: 0 };
      },
    });
    const entries = await lab.run({ launcher: true });
    const status = await lab.kernel.run({});
    expect(status).toMatchObject({ state: 'deadlock', message: 'left waits for something; right waits for something' });
    expect(entries.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.DEADLOCK });
    expect(textOf(lab, entries.at(-1)?.a ?? 0)).toBe(status.message);
  });

  test('who waits at his own bell waits for something that the log does not know, and not for himself', async () => {
    let own = 0;
    const lab = await openLab({
      *main(env) {
        yield { ask: 'spawn', target: 'stuck', name: 'alone', data: 0 };
        own = env.child().object;
      },
      *stuck(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0, object: own };
      },
    });
    await lab.run({ launcher: true });
    expect((await lab.kernel.run({})).message).toBe('alone waits for something');
  });

  test('a deadlock names an object without a name as the page does: its kind, and its number among its kind', async () => {
    const lab = await openLab({
      *main(env) {
        const [, , lock] = [ObjectKind.LOCK, ObjectKind.EVENT, ObjectKind.LOCK].map((kind) =>
          allocateObject(env.memory, kind, 0, 1),
        );
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0, object: lock ?? 0 };
      },
    });
    await lab.run();
    expect((await lab.kernel.run({})).message).toBe('MainProcess waits for lock 2');
  });

  test('a deadlock names the objects that are waited for, and counts those who are too many to name', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        for (let child = 0; child < 5; child += 1) yield { ask: 'spawn', target: 'stuck', name: `child-${child}` };
        yield* join(env, env.child().object);
      },
      *stuck(env) {
        yield { ask: 'wait', word: env.word(0), expected: 0 };
      },
    });
    await lab.run();
    const { message } = await lab.kernel.run({});
    expect(message).toMatch(/^MainProcess waits for child-4; child-0 waits for something; .*; and 2 more wait$/);
  });

  test('the next load ends what a deadlock left behind, and leaves no trace of it', async () => {
    const lab = await openLab({
      *main(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'wait', word: env.word(0), expected: 0 };
      },
    });
    await lab.run();
    const before = logWords(lab.memory);
    await lab.run();
    expect(logWords(lab.memory)).toEqual(before);
    expect(lab.hosts.demands.filter((demand) => demand.kind === 'host-wanted')).toHaveLength(1);
  });

  test('a run pauses at the limit of steps, and goes on for as many again', async () => {
    const lab = await openLab({
      *main() {
        for (;;) yield { ask: 'checkpoint' };
      },
    });
    await lab.load();
    expect(await lab.kernel.run({})).toMatchObject({ state: 'limit', steps: 200_000, message: '200000 steps' });
    expect(await lab.kernel.run({ steps: 5 })).toMatchObject({ state: 'paused', steps: 200_005 });
    expect(await lab.kernel.run({})).toMatchObject({ state: 'limit', steps: 400_000 });
  });

  test('a program that never steps is stopped by the limit of records', async () => {
    const lab = await openLab({
      *main() {
        for (;;) yield { ask: 'sleep', ticks: 0 };
      },
    });
    await lab.load();
    const status = await lab.kernel.run({});
    expect(status).toMatchObject({ state: 'limit', steps: 0, message: '1000000 records' });
  });

  test('a main process without a host is a failed run that says so', async () => {
    const lab = await openLab(twoSpinners);
    lab.hosts.refuse = true;
    const status = await lab.load();
    expect(status.state).toBe('failed');
    expect(status.message).toContain('no host');
    expect(lab.entries()).toMatchObject([{ kind: Kind.END, aux: RunEnd.FAILED }]);
  });

  test('one process more than there are hosts is refused cleanly', async () => {
    const results: (number | void)[] = [];
    const lab = await openLab({
      *main() {
        for (let child = 0; child < 4; child += 1) results.push(yield { ask: 'spawn', target: 'spin' });
      },
      *spin() {
        yield* compute(2);
      },
    });
    await lab.run({ hosts: 4 });
    expect(results).toEqual([2, 3, 4, SpawnError.NO_HOST]);
  });

  test('a host that ended carries the next process', async () => {
    const lab = await openLab({
      *main(env) {
        for (let child = 0; child < 10; child += 1) {
          yield { ask: 'checkpoint' };
          yield { ask: 'spawn', target: 'child' };
          yield* join(env, env.child().object);
        }
      },
      *child() {
        yield* compute(1);
      },
    });
    await lab.run({ hosts: 2 });
    expect((await lab.kernel.run({})).state).toBe('finished');
    expect(lab.hosts.demands).toHaveLength(2);
  });

  test('a launcher that blocks fails the run, one that raises fails it with its message', async () => {
    const blocked = await openLab({
      *main() {
        yield { ask: 'sleep', ticks: 1 };
      },
    });
    expect(await blocked.load({ launcher: true })).toMatchObject({ state: 'failed' });
    const raised = await openLab({
      *main() {
        yield { ask: 'raise', message: 'ValueError: no such job' };
      },
    });
    const status = await raised.load({ launcher: true });
    expect(status).toMatchObject({ state: 'failed', message: 'ValueError: no such job' });
  });
});

describe('lost hosts', () => {
  const withChild = (ask: 'hang' | 'die') => ({
    *main(env: Parameters<typeof join>[0]) {
      yield { ask: 'checkpoint' } as const;
      yield { ask: 'spawn', target: 'bad' } as const;
      yield* join(env, env.child().object);
      yield { ask: 'checkpoint' } as const;
      yield { ask: 'spawn', target: 'good' } as const;
      yield* join(env, env.child().object);
    },
    *bad() {
      yield { ask: 'checkpoint' } as const;
      yield { ask } as const;
    },
    *good() {
      yield* compute(2);
    },
  });

  test('a host without a checkpoint for 5 s ends its process with that reason, and its slot is used again', async () => {
    const lab = await openLab(withChild('hang'));
    const entries = await lab.run({ hosts: 2 });
    const [ended] = ofKind(entries, Kind.TERMINATED);
    expect(ended).toMatchObject({ tid: 2, aux: EndCause.HUNG, a: 1 });
    expect(textOf(lab, ended?.b ?? 0)).toBe('no checkpoint for 5 s');
    expect(lab.hosts.demands).toEqual([
      { kind: 'host-wanted', slot: 0 },
      { kind: 'host-wanted', slot: 1 },
      { kind: 'host-unwanted', slot: 1 },
      { kind: 'host-wanted', slot: 1 },
    ]);
    expect((await lab.kernel.run({})).state).toBe('finished');
  });

  test('a worker that dies ends its process with that reason', async () => {
    const lab = await openLab(withChild('die'));
    const entries = await lab.run();
    expect(ofKind(entries, Kind.TERMINATED)[0]).toMatchObject({ tid: 2, aux: EndCause.HOST_DIED, a: 1 });
    expect((await lab.kernel.run({})).state).toBe('finished');
  });

  test('a host that gives its turn back without a request has lost its thread', async () => {
    const lab = await openLab(twoSpinners);
    lab.hosts.stumble = true;
    const entries = await lab.run();
    expect(ofKind(entries, Kind.TERMINATED)).toMatchObject([{ tid: 1, aux: EndCause.HOST_DIED }]);
  });

  test('what a lost host has left behind in the words of the lot and the log is gone in the next run', async () => {
    const lab = await openLab(withChild('die'));
    const { words } = lab.memory;
    await lab.load();
    words.fill(1, BUCKETS_AT, MAILBOXES_AT);
    Atomics.store(words, Control.LOG_WAITERS, 1);
    await lab.run();
    expect(words.slice(BUCKETS_AT, MAILBOXES_AT).every((word) => word === 0)).toBe(true);
    expect(Atomics.load(words, Control.LOG_WAITERS)).toBe(0);
  });

  test('a host that hangs before its first checkpoint ends its process from New', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'hang' };
      },
    });
    const entries = await lab.run();
    expect(entries.map((entry) => entry.kind)).toEqual([Kind.CREATED, Kind.TERMINATED, Kind.END]);
  });
});
