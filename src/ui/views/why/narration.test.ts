import { describe, expect, it } from 'vitest';
import { BlockReason, Operation, Stream } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { Replay } from '../../../replay/replay.ts';
import { StepIndex } from '../../../replay/steps.ts';
import { narrate } from './narration.ts';

const LOCK = 10;

/** P1 releases the lock and that wakes P2: the record of the wake-up lies within P1's step. */
function release(): { told: (cursor: number) => readonly string[]; woken: number; records: number } {
  const script = new LogScript().process(1).process(2, 'P2', 1).lock(LOCK, 'door');
  script.ready(1).dispatch(1).line(1).done(1, Operation.ACQUIRE, LOCK);
  script.at(1).ready(2).dispatch(2, 1).line(2, 3, 1).block(2, BlockReason.LOCK, LOCK, -1, 1);
  script.at(2).line(1, 7).call(1, Operation.RELEASE, LOCK).woken(2, LOCK, 1).done(1, Operation.RELEASE, LOCK);
  const replay = new Replay(script.log);
  replay.extend();
  const steps = new StepIndex(script.log);
  steps.extend();
  const told = (cursor: number) => narrate(replay, steps, cursor, 'en').map(({ sentence }) => sentence);
  return { told, woken: script.log.count - 1, records: script.log.count };
}

describe('what has just happened', () => {
  it('is, at the end of a step, what tells most of it; a wake-up is told when its thread becomes Ready', () => {
    const { told, records } = release();
    expect(told(records)).toEqual(['P1 executes line 7.', 'P1: release (lock “door”) is done.']);
  });

  it('is, within a step, the record that was asked for, whatever its kind', () => {
    const { told, woken } = release();
    expect(told(woken)).toEqual(['P1 executes line 7.', 'P1 wakes P2 (lock “door”): Ready from the next tick.']);
  });

  it('is what moves through a pipe', () => {
    const script = new LogScript().process(1).ready(1).dispatch(1).line(1, 4).send(1, LOCK, 12);
    const replay = new Replay(script.log);
    replay.extend();
    const steps = new StepIndex(script.log);
    steps.extend();
    const told = narrate(replay, steps, script.log.count, 'en').map(({ sentence }) => sentence);
    expect(told.at(-1)).toMatch(/^P1 writes the end of a message|^P1 writes 12 bytes/);
  });

  it('is, of a traceback, the line that says what went wrong', () => {
    const script = new LogScript().process(1).ready(1).dispatch(1).line(1, 4).print(1, 'so far\n');
    script.print(1, 'Traceback (most recent call last):\n', Stream.STDERR);
    script.print(1, '  File "/home/learner/program.py", line 4, in <module>\n    1 / 0\n', Stream.STDERR);
    script.print(1, 'ZeroDivisionError: division by zero\n', Stream.STDERR);
    const replay = new Replay(script.log);
    replay.extend();
    const steps = new StepIndex(script.log);
    steps.extend();
    const told = narrate(replay, steps, script.log.count, 'en').map(({ sentence }) => sentence);
    expect(told.slice(1)).toEqual(['P1 prints: so far', 'P1 prints: ZeroDivisionError: division by zero']);
  });
});
