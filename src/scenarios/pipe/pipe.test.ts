import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { waitForGraph } from '../../replay/wait-for-graph.ts';
import { inOrder } from '../events.fixture.ts';
import { NodeLab, type FinishedRun } from '../node-lab.fixture.ts';
import { linesOf, oneTo } from '../twin.ts';
import { pipe } from './scenario.ts';
import { twin } from './twin.ts';

const endings = ({ replay }: FinishedRun): string[] =>
  replay.at(replay.records).threads.map(({ name, end }) => `${name} ${end?.code}`);

const wholeMessages = ({ stdout }: FinishedRun): string[] => linesOf(stdout).filter((line) => line.includes(' got '));

describe('pipe', { timeout: 120_000 }, () => {
  let lab: NodeLab;
  beforeAll(async () => {
    lab = await NodeLab.open();
  }, 60_000);
  afterAll(() => lab.close());

  test('answers its first question: R2 takes a piece of the message for a length, and R1 misses it', async () => {
    const run = await lab.run(pipe);
    expect(
      inOrder(
        run.replay,
        'receive?thread=R1&nth=3',
        'preempted?thread=R1&nth=3',
        'receive?thread=R2&nth=3',
        'receive?thread=R1&nth=4',
        'terminated?thread=R1&cause=raised',
        'terminated?thread=R2&cause=raised',
      ),
    ).toBe(true);
    expect(wholeMessages(run)).toEqual(['Reader 1 got message 1', 'Reader 2 got message 2']);
    expect(endings(run)).toEqual(['MainProcess 0', 'R1 1', 'R2 1']);
  });

  test('answers its second question: a reader that keeps the write end open waits for ever, and for itself', async () => {
    const run = await lab.run(pipe, { readers: 1, close: false });
    expect(run.state).toBe('deadlock');
    expect(wholeMessages(run)).toEqual(oneTo(4).map((n) => `Reader 1 got message ${n}`));
    const { cycles, missing } = waitForGraph(run.replay.at(run.replay.records));
    expect([...cycles.flatMap(({ threads }) => threads), ...missing.map(({ thread }) => thread)]).toEqual([2]);
    for (const readers of [1, 3]) {
      for (const policy of POLICY_NAMES) {
        const { state } = await lab.run(pipe, { readers, locked: true, close: false }, { policy, cpus: 2 });
        expect(state, policy).toBe('deadlock');
      }
    }
  });

  test('without the lock tears messages in most of 200 random runs, and never ends one in a deadlock', async () => {
    let torn = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const run = await lab.run(pipe, { messages: 8 }, { policy: 'random', cpus: 1 + (seed % 3), seed });
      expect(run.state, String(seed)).toBe('finished');
      if (wholeMessages(run).length < 8) torn += 1;
    }
    expect(torn).toBeGreaterThan(100);
  });

  test('with the lock every message reaches one reader whole, under every policy and 1,000 seeds', async () => {
    const machines: Partial<MachineConfig>[] = POLICY_NAMES.flatMap((policy) =>
      [1, 2, 4].map((cpus) => ({ policy, cpus, quantum: 1 })),
    );
    for (let seed = 0; seed < 1000; seed += 1) machines.push({ policy: 'random', cpus: 1 + (seed % 3), seed });
    for (const [n, machine] of machines.entries()) {
      const values = { messages: 6, readers: 2 + (n % 3), locked: true, close: true };
      const { state, stdout } = await lab.run(pipe, values, machine);
      expect(state, JSON.stringify(machine)).toBe('finished');
      expect(twin.normalise(stdout), JSON.stringify(machine)).toEqual(twin.expected(values));
    }
  });
});
