import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PIPE_CAPACITY } from '../abi/limits.ts';
import { BlockReason, EndCause, Kind } from '../abi/record.ts';
import type { Machine } from '../ui/host/machine.ts';
import { createFixtureMachine, runProgram, type FixtureRun, type Spec } from './fixtures/lab.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createFixtureMachine();
});
afterAll(() => machine.dispose());

const run = (spec: Spec): Promise<FixtureRun> => runProgram(machine, spec);
const linesOf = ({ records }: FixtureRun, tid: number): number[] =>
  records.filter((record) => record.kind === Kind.LINE && record.tid === tid).map(({ a }) => a);

describe('stepped runs repeat themselves', () => {
  const parameters = { workers: 3, rounds: 8, locked: true };
  test.each(['rr', 'random', 'lottery', 'mlfq'] as const)('word for word under %s, two CPUs', async (policy) => {
    const spec: Spec = { program: 'count', parameters, machine: { policy, cpus: 2, seed: 7, quantum: 1 } };
    const first = await run(spec);
    await run({ program: 'event-claims', parameters: { claim: 'setWakesAll' } });
    const second = await run(spec);
    expect(first.stdout).toBe('24\n');
    expect(second.words).toEqual(first.words);
  });

  test('word for word with a manager, whose server waits for several things at once', async () => {
    const spec: Spec = {
      program: 'manager-claims',
      parameters: { claim: 'race', locked: false },
      machine: { policy: 'random', cpus: 2, seed: 5 },
    };
    const first = await run(spec);
    const second = await run(spec);
    expect(first.status.state).toBe('finished');
    expect(second.words).toEqual(first.words);
  });

  test('on another machine, with other hosts, too', async () => {
    const spec: Spec = { program: 'count', parameters, machine: { policy: 'random', seed: 3 } };
    const here = await run(spec);
    const other = await createFixtureMachine();
    const there = await runProgram(other, spec);
    other.dispose();
    expect(there.words).toEqual(here.words);
  });
});

// No contract of both modes: live, the victim may hold the lock by then, and takes it with it, as in CPython;
// `live-port.test.ts` has the moment before.
test('a waiter that is killed when it was chosen passes the lock on', async () => {
  const { stdout, status } = await run({ program: 'lock-claims', parameters: { claim: 'killedWhenChosen' } });
  expect(stdout).toBe('got it: True\n-15 0\n');
  expect(status.state).toBe('finished');
});

describe('a step', () => {
  test('is one source line, and a second visible operation of a line is a step of its own', async () => {
    const lines = linesOf(await run({ program: 'count', parameters: { workers: 1, rounds: 2, locked: true } }), 2);
    // 4 for; 5 acquire; 6 load, 6 store; 7 release; 4 back at the head …; the last 4 finds the end.
    expect(lines).toEqual([4, 5, 6, 6, 7, 4, 5, 6, 6, 7, 4]);
  });

  test('by operation: statements are no steps, only what others can see', async () => {
    const spec: Spec = { program: 'count', parameters: { workers: 1, rounds: 2, locked: true }, stepBy: 'operation' };
    expect(linesOf(await run(spec), 2)).toEqual([5, 6, 6, 7, 5, 6, 6, 7]);
  });

  test('a burst of three and one of two are five steps, and the I/O between them is none', async () => {
    const spec: Spec = { program: 'bursts', stepBy: 'operation', launcher: true, machine: { policy: 'fcfs' } };
    const { records, status } = await run(spec);
    const when = (kind: number): number[] => records.filter((record) => record.kind === kind).map(({ time }) => time);
    expect(status.state).toBe('finished');
    expect(when(Kind.LINE)).toEqual([0, 1, 2, 7, 8]);
    expect(when(Kind.BLOCKED)).toEqual([2]);
    expect(when(Kind.READY)).toEqual([0, 7]);
    expect(records.find(({ kind }) => kind === Kind.BLOCKED)?.aux).toBe(BlockReason.IO);
  });
});

describe('a statement whose parts are calls', () => {
  test('is at its own line again when they have returned', async () => {
    const { records } = await run({ program: 'calls', parameters: { endless: false } });
    expect(records.find(({ kind }) => kind === Kind.BLOCKED)).toMatchObject({ aux: BlockReason.LOCK, b: 15 });
  });

  test('that never return ends with the same error in the same step everywhere', async () => {
    const { stdout, records, status } = await run({ program: 'calls', parameters: { endless: true } });
    expect(status.state).toBe('finished');
    expect(stdout).toBe('RecursionError\n');
    expect(records.filter(({ kind, a }) => kind === Kind.LINE && a === 8)).toHaveLength(998);
  });
});

// No contract of both modes: live, a record may come a little later than what it says.
describe('a pipe', () => {
  const claim = (name: string): Promise<FixtureRun> =>
    run({ program: 'pipe-claims', parameters: { claim: name }, machine: { quantum: 1 } });

  test('never holds more than fits, and gives nothing that was not written', async () => {
    const { records } = await claim('longMessages');
    const changes = records.map(({ kind, a }) => (kind === Kind.SEND ? a : kind === Kind.RECEIVE ? -a : 0));
    let inside = 0;
    const fills = changes.map((change) => (inside += change));
    expect([Math.min(...fills), Math.max(...fills), fills.at(-1)]).toEqual([0, PIPE_CAPACITY, 0]);
  });

  test('gives two readers without turns pieces of each other’s messages', async () => {
    const { stdout } = await claim('twoReaders');
    expect(stdout).toMatch(/^OSError: bad message length$/m);
    expect(stdout).toMatch(/^UnpicklingError: pickle data was truncated$/m);
  });

  test('of a killed process is closed in the same tick', async () => {
    const { records } = await claim('killedWriter');
    const killed = records.find(({ kind, a }) => kind === Kind.TERMINATED && a === -9);
    const closed = records.find(({ kind, aux, tid }) => kind === Kind.PIPE_END && aux === 0 && tid === killed?.tid);
    expect(closed).toMatchObject({ time: killed?.time, a: 1, c: 0 });
  });
});

describe('a host that fails', () => {
  test('its worker dies: its process ends and says why, and the same program runs again', async () => {
    for (let n = 0; n < 2; n += 1) {
      const { stdout, records, status } = await run({ program: 'die' });
      expect(status.state).toBe('finished');
      expect(stdout).toBe('child ended with 1\n');
      const end = records.find(({ kind, tid }) => kind === Kind.TERMINATED && tid === 2);
      expect(end?.aux).toBe(EndCause.HOST_DIED);
    }
  });
});
