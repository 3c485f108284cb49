import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '../abi/config.ts';
import { Control } from '../abi/control.ts';
import { EndCause, InputKind, Kind, Operation, Outcome } from '../abi/record.ts';
import type { Machine } from '../ui/host/machine.ts';
import {
  createFixtureMachine,
  readLog,
  runProgram,
  specOf,
  type FixtureRun,
  type LogRecord,
} from './fixtures/lab.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createFixtureMachine();
});
afterAll(() => machine.dispose());

const program = 'pool-claims';
const parameters = { claim: 'resized', tasks: 40, ticks: 5 };

const sizes = (records: readonly LogRecord[]): number[] =>
  records.filter(({ kind, aux }) => kind === Kind.DONE && aux === Operation.RESIZE).map(({ b }) => b);

/** Who did each task, in the order in which they were done. */
const doers = (records: readonly LogRecord[]): number[] =>
  records
    .filter(({ kind, aux, a }) => kind === Kind.DONE && aux === Operation.TASK && a === Outcome.OK)
    .map(({ tid }) => tid);

/** Processes beside the first that live, after each record. */
function workersAlive(records: readonly LogRecord[]): number[] {
  const main = 1;
  const workers = new Set<number>();
  const ended = new Set<number>();
  return records.map(({ kind, aux, tid }) => {
    if (kind === Kind.CREATED && aux === 0 && tid !== main) workers.add(tid);
    if (kind === Kind.TERMINATED && workers.has(tid)) ended.add(tid);
    return workers.size - ended.size;
  });
}

describe('in stepped mode', () => {
  const runWith = (...inputs: Input[]): Promise<FixtureRun> =>
    runProgram(machine, { program, parameters, machine: { cpus: 8 }, schedule: { picks: [], inputs } });

  test('a pool that is told to grow hires at once, and the new workers take tasks', async () => {
    const { stdout, records, status } = await runWith({ kind: 'pool', tick: 30, size: 5 });
    expect(status.state).toBe('finished');
    expect(stdout).toBe('40 5\n');
    expect(sizes(records)).toEqual([5]);
    expect(Math.max(...workersAlive(records))).toBe(5);
  });

  test('a pool that is told to shrink loses no task: whoever is too many ends after its own', async () => {
    const { stdout, records, status } = await runWith({ kind: 'pool', tick: 30, size: 1 });
    expect(status.state).toBe('finished');
    expect(stdout).toBe('40 2\n');
    expect(sizes(records)).toEqual([1]);
    expect(new Set(doers(records).slice(-30)).size).toBe(1);
    const ends = records.filter(({ kind, tid }) => kind === Kind.TERMINATED && tid > 1).map(({ aux }) => aux);
    expect(ends.every((cause) => cause === EndCause.RETURNED)).toBe(true);
  });

  test('the last wish of several counts, and the same inputs make the same run', async () => {
    const inputs: Input[] = [
      { kind: 'pool', tick: 25, size: 6 },
      { kind: 'pool', tick: 26, size: 1 },
      { kind: 'pool', tick: 40, size: 3 },
    ];
    const first = await runWith(...inputs);
    expect(first.stdout).toMatch(/^40 /);
    expect(sizes(first.records).at(-1)).toBe(3);
    expect(workersAlive(first.records).at(-1)).toBe(0);
    const second = await runWith(...inputs);
    expect(second.words).toEqual(first.words);
  });

  test('idle workers leave too', async () => {
    const idle = { claim: 'resized', tasks: 1, ticks: 200 };
    const schedule = { picks: [], inputs: [{ kind: 'pool', tick: 60, size: 1 } as const] };
    const { records, status } = await runProgram(machine, {
      program,
      parameters: idle,
      machine: { cpus: 4 },
      schedule,
    });
    expect(status.state).toBe('finished');
    const left = records.find(({ kind, tid }) => kind === Kind.TERMINATED && tid > 1);
    expect(left?.time).toBeLessThan(80);
  });

  test('more than the machine can carry: it says how many it has, and goes on', async () => {
    const schedule = { picks: [], inputs: [{ kind: 'pool', tick: 30, size: 9 } as const] };
    const { stdout, stderr, status } = await runProgram(machine, { program, parameters, hosts: 6, schedule });
    expect(status.state).toBe('finished');
    expect(stdout).toMatch(/^40 4\n$/);
    expect(stderr).toMatch(/^the pool has 4 workers, not 9: can't start a new process/);
  });

  test('a worker that is killed in its task is replaced, and its task is lost', async () => {
    const { records, status } = await runWith({ kind: 'kill', tick: 30, pid: 2 });
    expect(status).toMatchObject({ state: 'deadlock' });
    expect(status.message).toContain('(a task of it was lost when SpawnPoolWorker-1 ended)');
    expect(doers(records)).toHaveLength(39);
  });
});

test('in live mode a pool grows and shrinks while it runs', async () => {
  const { memory, kernel } = machine;
  await kernel.load(specOf({ program, parameters: { ...parameters, tasks: 60, ticks: 2 }, mode: 'live' }));
  const running = kernel.run({});
  const done = (): number => doers(readLog(machine).records).length;
  const resize = (size: number): void => {
    Atomics.store(memory.words, Control.INPUT_VALUE, size);
    Atomics.store(memory.words, Control.INPUT, InputKind.POOL);
    Atomics.add(memory.words, Control.DOORBELL, 1);
    Atomics.notify(memory.words, Control.DOORBELL);
  };
  await expect.poll(done).toBeGreaterThan(2);
  resize(4);
  await expect.poll(() => new Set(doers(readLog(machine).records)).size).toBe(4);
  resize(1);
  await running;
  const { records, stdout } = readLog(machine);
  expect(stdout).toBe('60 4\n');
  expect(sizes(records)).toEqual([4, 1]);
  expect(new Set(doers(records).slice(-5)).size).toBe(1);
});
