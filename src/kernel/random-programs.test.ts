import fc from 'fast-check';
import { expect, test } from 'vitest';
import { POLICY_NAMES, type MachineConfig, type Schedule } from '../abi/config.ts';
import { Kind, RunEnd } from '../abi/record.ts';
import { asTid } from '../base/ids.ts';
import { compute, logWords, openLab, specOf, type SpecChange } from './lab.fixture.ts';
import { LogChecker } from './log-checker.fixture.ts';
import type { Env, Programs, Script } from './scripted-hosts.fixture.ts';

type Op =
  | { readonly op: 'compute' | 'sleep' | 'io'; readonly n: number }
  | { readonly op: 'wait'; readonly word: number; readonly ticks: number }
  | { readonly op: 'set'; readonly word: number; readonly count: number }
  | { readonly op: 'clear'; readonly word: number }
  | { readonly op: 'kill'; readonly pid: number }
  | {
      readonly op: 'spawn';
      readonly body: number;
      readonly thread: boolean;
      readonly daemon: boolean;
      readonly priority: number;
    };

const small = fc.integer({ min: 0, max: 6 });
const word = fc.integer({ min: 0, max: 2 });
const opOf: fc.Arbitrary<Op> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('compute' as const), n: small }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('sleep' as const, 'io' as const), n: small }) },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constant('wait' as const), word, ticks: fc.constantFrom(-1, -1, 0, 3, 9) }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('set' as const), word, count: fc.constantFrom(-1, 1) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('clear' as const), word }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('kill' as const), pid: small }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('spawn' as const),
      body: small,
      thread: fc.boolean(),
      daemon: fc.boolean(),
      priority: fc.integer({ min: 0, max: 3 }),
    }),
  },
);

const bodies = fc.array(fc.array(opOf, { maxLength: 8 }), { minLength: 2, maxLength: 6 });

const machineOf: fc.Arbitrary<MachineConfig> = fc.record({
  cpus: fc.integer({ min: 1, max: 4 }),
  policy: fc.constantFrom(...POLICY_NAMES),
  quantum: fc.integer({ min: 1, max: 3 }),
  levels: fc.integer({ min: 1, max: 3 }),
  allotment: fc.integer({ min: 1, max: 2 }),
  boost: fc.constantFrom(0, 5, 11),
  seed: fc.integer({ min: 0, max: 1000 }),
});

const scheduleOf: fc.Arbitrary<Schedule> = fc.record({
  picks: fc.array(
    fc.record({ tick: fc.integer({ min: 0, max: 30 }), tid: fc.integer({ min: 1, max: 8 }).map(asTid) }),
    { maxLength: 5 },
  ),
  inputs: fc.array(
    fc.record({ kind: fc.constant('kill' as const), tick: fc.integer({ min: 0, max: 30 }), pid: small }),
    { maxLength: 2 },
  ),
});

/** The main process starts all bodies at once. They may only spawn later ones, so every program ends or blocks. */
function programsOf(all: readonly (readonly Op[])[]): Programs {
  function* body(env: Env): Script {
    const own = typeof env.data === 'number' ? env.data : 0;
    for (const op of all[own] ?? []) yield* execute(env, own, op);
  }
  function* main(env: Env): Script {
    yield { ask: 'checkpoint' };
    for (let data = 1; data < all.length; data += 1) {
      yield { ask: 'spawn', target: 'body', data, priority: (data * 7) % 4 };
    }
    yield* body(env);
  }
  return { main, body };
}

function* execute(env: Env, own: number, op: Op): Script {
  const { words } = env.memory;
  switch (op.op) {
    case 'compute':
      yield* compute(op.n);
      return;
    case 'sleep':
    case 'io':
      yield { ask: op.op, ticks: op.n };
      return;
    case 'wait':
      yield { ask: 'wait', word: env.word(op.word), expected: 0, ticks: op.ticks };
      return;
    case 'set':
      yield { ask: 'checkpoint' };
      Atomics.store(words, env.word(op.word), 1);
      yield { ask: 'wake', word: env.word(op.word), count: op.count };
      return;
    case 'clear':
      Atomics.store(words, env.word(op.word), 0);
      return;
    case 'kill':
      yield { ask: 'kill', pid: op.pid };
      return;
    case 'spawn': {
      const { thread, daemon, priority } = op;
      yield { ask: 'spawn', target: 'body', data: own + 1 + op.body, thread, daemon, priority };
    }
  }
}

async function runWhole(programs: Programs, change: SpecChange): Promise<Int32Array> {
  const lab = await openLab(programs);
  await lab.run(change);
  return logWords(lab.memory);
}

const PATIENCE_MS = 60_000;

test(
  'random programs under random policies keep every rule of the machine, and give the same log twice',
  async () => {
    const ends = new Set<number>();
    await fc.assert(
      fc.asyncProperty(bodies, machineOf, scheduleOf, async (all, machine, schedule) => {
        const change = { machine, schedule };
        const programs = programsOf(all);
        const lab = await openLab(programs);
        const entries = await lab.run(change);
        new LogChecker(specOf(change).machine).check(entries);
        const last = entries.at(-1);
        expect(last?.kind).toBe(Kind.END);
        ends.add(last?.aux ?? 0);
        const words = logWords(lab.memory);
        expect(await runWhole(programs, change)).toEqual(words);
      }),
      { numRuns: 1000, seed: 20_240_611 },
    );
    expect(ends).toEqual(new Set([RunEnd.FINISHED, RunEnd.DEADLOCK]));
  },
  PATIENCE_MS,
);

test(
  'picks made while a random program runs give the same log when they are replayed',
  async () => {
    const every = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(bodies, machineOf, every, async (all, machine, stops) => {
        const programs = programsOf(all);
        const lab = await openLab(programs);
        await lab.load({ machine });
        for (const steps of stops) {
          await lab.kernel.run({ steps });
          // A refusal is an answer, too.
          await lab.kernel.pick(asTid(steps)).catch(() => null);
          if (steps === 5) await lab.kernel.kill(2).catch(() => null);
        }
        await lab.kernel.run({});
        const words = logWords(lab.memory);
        new LogChecker(specOf({ machine }).machine).check(lab.entries());
        expect(await runWhole(programs, { machine, schedule: await lab.kernel.schedule() })).toEqual(words);
      }),
      { numRuns: 500, seed: 20_240_612 },
    );
  },
  PATIENCE_MS,
);
