import { describe, expect, test } from 'vitest';
import { BlockReason, ReadyCause } from '../../../abi/record.ts';
import type { MachineState } from '../../../replay/model.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { derivedOf } from '../../state/derived.ts';
import { translator } from '../../texts/translate.ts';
import { MOST_STAGES } from './passage.ts';
import { changesAt, passagesBetween, ticksOverAt } from './run-changes.ts';

const t = translator('en');

/** P1 runs, waits for a lock that P2 holds, and P2 is dispatched. */
function lockRun(): LogScript {
  const script = new LogScript().process(1).process(2).lock(1, 'tickets');
  script.ready(1, ReadyCause.CREATED).ready(2, ReadyCause.CREATED).dispatch(1).line(1, 3);
  script.block(1, BlockReason.LOCK, 1).at(1).dispatch(2).line(2, 9).terminate(2);
  return script.at(2).ready(1, ReadyCause.WOKEN, 0, 2, 1).dispatch(1).line(1, 4);
}

const machineAt = ({ log }: LogScript, record: number): MachineState => derivedOf(log).replay.at(record);

describe('changesAt', () => {
  test('tells who changed in the step at the cursor, and why', () => {
    const run = lockRun();
    const derived = derivedOf(run.log);
    const [first, second] = [1, 2].map((step) => machineAt(run, derived.steps.boundary(step))) as [
      MachineState,
      MachineState,
    ];
    expect(changesAt(derived, first, t).at(-1)).toMatchObject({
      from: 'Running',
      to: 'Blocked',
      cause: 'blocked: lock tickets',
    });
    expect(changesAt(derived, second, t).map(({ shortName, to }) => `${shortName} ${to}`)).toEqual([
      'P2 Running',
      'P2 Terminated',
    ]);
  });

  test('says the same whether one came there forwards or backwards', () => {
    const run = lockRun();
    const derived = derivedOf(run.log);
    const at = derived.steps.boundary(1);
    const forwards = changesAt(derived, machineAt(run, at), t);
    machineAt(run, run.log.count);
    expect(changesAt(derived, machineAt(run, at), t)).toEqual(forwards);
  });

  test('names the waker', () => {
    const run = lockRun();
    const derived = derivedOf(run.log);
    const causes = changesAt(derived, machineAt(run, run.log.count), t).map(({ cause }) => cause);
    expect(causes).toContain('woken by P2');
  });
});

describe('passagesBetween', () => {
  test('leads through every state on the way, in order, to the last', () => {
    const run = lockRun();
    const derived = derivedOf(run.log);
    const [before, after] = [1, 2].map((step) => machineAt(run, derived.steps.boundary(step))) as [
      MachineState,
      MachineState,
    ];
    const passages = passagesBetween(derived, before, after);
    expect(passages.map(({ change }) => [change.tid, change.from, change.to])).toEqual([
      [2, 'Ready', 'Running'],
      [2, 'Running', 'Terminated'],
    ]);
    for (const { machine, change } of passages) {
      expect(machine.threads.find(({ tid }) => tid === change.tid)?.state).toBe(change.to);
    }
  });

  test('going back has none: tokens go straight to their places', () => {
    const run = lockRun();
    expect(passagesBetween(derivedOf(run.log), machineAt(run, run.log.count), machineAt(run, 4))).toEqual([]);
  });

  test('a machine of another run does not lead here', () => {
    const run = lockRun();
    const stranger = new LogScript().process(1).ready(1).dispatch(1).line(1).terminate(1);
    const before = machineAt(stranger, stranger.log.count);
    expect(passagesBetween(derivedOf(run.log), before, machineAt(run, run.log.count))).toEqual([]);
  });

  test('too many changes to follow are not followed', () => {
    const script = new LogScript();
    for (let tid = 1; tid <= MOST_STAGES + 1; tid += 1) script.process(tid);
    const [nobody, all] = [machineAt(script, 0), machineAt(script, script.log.count)];
    expect(passagesBetween(derivedOf(script.log), nobody, all)).toEqual([]);
    expect(passagesBetween(derivedOf(script.log), nobody, machineAt(script, MOST_STAGES))).toHaveLength(MOST_STAGES);
  });
});

test('a tick is over behind its step, and still to come where it has only been prepared', () => {
  const run = new LogScript().process(1).process(2).ready(1).dispatch(1).line(1).block(1, BlockReason.SLEEP, 0, 6);
  run.at(1).ready(2).dispatch(2).line(2);
  const overAt = (record: number): number => ticksOverAt(derivedOf(run.log), machineAt(run, record));
  // Nothing; prepared; behind the step of tick 0; tick 1 prepared; behind its step.
  expect([2, 4, 6, 8, 9].map(overAt)).toEqual([0, 0, 1, 1, 2]);
});
