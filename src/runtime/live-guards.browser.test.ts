import { afterAll, beforeAll, expect, test } from 'vitest';
import { EndCause, Kind, RunEnd } from '../abi/record.ts';
import type { Machine } from '../ui/host/machine.ts';
import { createFixtureMachine, runProgram } from './fixtures/lab.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createFixtureMachine();
});
afterAll(() => machine.dispose());

const HOLDERS = 6;

test.each([
  { born: false, claim: 'hold up nobody for ever' },
  { born: true, claim: 'do not keep a process from being started, nor the kernel from ending one' },
])(
  'hosts that are stopped while they hold guards of heap, tables, a pipe and waiters $claim',
  async ({ born }) => {
    const run = await runProgram(machine, { program: 'hold-guards', mode: 'live', parameters: { born } });
    const codes = Array.from({ length: HOLDERS }, () => 1).join();
    expect([run.status.state, run.stdout, run.stderr]).toEqual(['finished', `1 hello True\n${codes} 0\n`, '']);
    const ended = run.records.filter(({ kind }) => kind === Kind.TERMINATED).map(({ aux }) => aux);
    expect(ended.filter((cause) => cause === EndCause.HUNG || cause === EndCause.HOST_DIED)).toHaveLength(HOLDERS);
    expect(run.records.at(-1)).toMatchObject({ kind: Kind.END, aux: RunEnd.FINISHED });
  },
  60_000,
);

test('the machine is as good as new after it', async () => {
  const parameters = { workers: 3, rounds: 5, locked: true };
  const { status, stdout } = await runProgram(machine, { program: 'count', mode: 'live', parameters });
  expect([status.state, stdout]).toEqual(['finished', '15\n']);
});
