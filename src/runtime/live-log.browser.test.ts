import { afterAll, beforeAll, expect, test } from 'vitest';
import { Kind } from '../abi/record.ts';
import type { Machine } from '../ui/host/machine.ts';
import { createFixtureMachine, runProgram, type LogRecord } from './fixtures/lab.fixture.ts';

/** The transitions of a thread; `woken` is none. */
const STATES: Readonly<Record<number, string>> = {
  [Kind.CREATED]: 'created',
  [Kind.READY]: 'ready',
  [Kind.DISPATCHED]: 'dispatched',
  [Kind.BLOCKED]: 'blocked',
  [Kind.TERMINATED]: 'terminated',
};

const LEGAL = /^created ready dispatched( blocked ready dispatched)* terminated$/;

let machine: Machine;
beforeAll(async () => {
  machine = await createFixtureMachine();
});
afterAll(() => machine.dispose());

function storiesOf(records: readonly LogRecord[]): Map<number, string> {
  const stories = new Map<number, string[]>();
  for (const { kind, tid } of records) {
    const state = STATES[kind];
    if (state !== undefined && tid > 0) stories.set(tid, [...(stories.get(tid) ?? []), state]);
  }
  return new Map([...stories].map(([tid, states]) => [tid, states.join(' ')]));
}

test('hosts that run in parallel write only legal transitions, each in its place', async () => {
  const parameters = { workers: 4, rounds: 300, locked: true };
  const { records } = await runProgram(machine, { program: 'count', parameters, mode: 'live' });
  const stories = storiesOf(records);
  expect(stories.size).toBe(5);
  for (const story of stories.values()) expect(story).toMatch(LEGAL);
});

test('a waker says whom it woke, and when: the time from there to dispatched is the latency', async () => {
  const parameters = { claim: 'setWakesAll' };
  const { records } = await runProgram(machine, { program: 'event-claims', parameters, mode: 'live' });
  const woken = records.filter(({ kind }) => kind === Kind.WOKEN);
  expect(new Set(woken.map(({ tid }) => tid))).toEqual(new Set([2, 3, 4]));
  for (const { tid, time, a } of woken) {
    expect(a).toBe(1);
    const back = records.find((record) => record.kind === Kind.DISPATCHED && record.tid === tid && record.time >= time);
    expect(back?.time).toBeGreaterThanOrEqual(time);
  }
});
