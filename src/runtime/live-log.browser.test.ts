import { afterAll, beforeAll, expect, test } from 'vitest';
import { EndCause, Kind, ReadyCause } from '../abi/record.ts';
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
  const { records } = await runProgram(machine, { program: 'wake-sleepers', parameters: { workers: 3 }, mode: 'live' });
  const woken = records.filter(({ kind, a }) => kind === Kind.WOKEN && a === 1);
  expect(new Set(woken.map(({ tid }) => tid))).toEqual(new Set([2, 3, 4]));
  for (const waking of woken) {
    const later = records.slice(records.indexOf(waking));
    const back = later.find(({ kind, tid }) => kind === Kind.DISPATCHED && tid === waking.tid);
    expect(back?.time).toBeGreaterThanOrEqual(waking.time);
  }
});

test('who sleeps is Ready when its time is due, and Running when it is really back', async () => {
  const parameters = { claim: 'flag' };
  const { records } = await runProgram(machine, { program: 'event-claims', parameters, mode: 'live' });
  const timers = records.filter(({ kind, aux }) => kind === Kind.READY && aux === ReadyCause.TIMED_OUT);
  expect(timers.length).toBeGreaterThan(0);
  for (const { tid, time } of timers) {
    const blocked = records.find((record) => record.kind === Kind.BLOCKED && record.tid === tid && record.a === time);
    expect(blocked).toBeDefined();
  }
});

test('a program that loops without a checkpoint loses its process in live mode, too, and the run goes on', async () => {
  const { stdout, records } = await runProgram(machine, { program: 'hang', mode: 'live' });
  expect(stdout).toBe('child ended with 1\n');
  expect(records.find(({ kind, tid }) => kind === Kind.TERMINATED && tid === 2)?.aux).toBe(EndCause.HUNG);
});
