import { describe, expect, it } from 'vitest';
import { ObjectKind, PartRole } from '../abi/objects.ts';
import { BlockReason, Kind, Operation, Outcome, ReadyCause, RunEnd, Stream } from '../abi/record.ts';
import { decode } from './decode.ts';
import { describe as describeRecord } from './describe.ts';
import { LogScript, ownObject } from './log-script.fixture.ts';
import type { LogEvent } from './model.ts';
import { randomRun } from './random-run.fixture.ts';
import { Replay } from './replay.ts';

function eventsOf(script: LogScript): LogEvent[] {
  const replay = new Replay(script.log);
  replay.extend();
  return Array.from({ length: script.log.count }, (_, n) => decode(script.log, replay, n));
}

describe('a decoded record', () => {
  it('names its fields', () => {
    const script = new LogScript()
      .process(1, 'Main')
      .at(2)
      .ready(1, ReadyCause.ARRIVED, 3)
      .dispatch(1, 1, 4)
      .line(1, 7, 1);
    script.call(1, Operation.JOIN, ownObject(1), 5).done(1, Operation.ACQUIRE, 5, Outcome.TIMED_OUT, 2);
    script.block(1, BlockReason.IO, 6, 9, 1, 7).woken(1, 6, 0).store(1, 8, 0.5).variable(8, 'x', 3);
    script.print(1, 'no\n', Stream.STDERR).end(RunEnd.DEADLOCK, 'stuck');
    const about = { tick: 2, tid: 1, pid: 1 };
    expect(eventsOf(script)).toEqual([
      { n: 0, tick: 0, tid: 1, pid: 1, kind: 'created', thread: 0, name: 'Main', newPid: 1, parent: null },
      { n: 1, ...about, kind: 'ready', cause: ReadyCause.ARRIVED, object: null, by: null, rank: 3, priority: 0 },
      { n: 2, ...about, kind: 'dispatched', cpu: 1, quantum: 4, rank: 0 },
      { n: 3, ...about, kind: 'line', cpu: 1, line: 7, step: 1 },
      { n: 4, ...about, kind: 'call', operation: Operation.JOIN, object: ownObject(1), argument: 5, line: 1 },
      { n: 5, ...about, kind: 'done', operation: Operation.ACQUIRE, object: 5, outcome: Outcome.TIMED_OUT, result: 2 },
      { n: 6, ...about, kind: 'blocked', cpu: 1, reason: BlockReason.IO, object: 6, until: 9, line: 7 },
      { n: 7, ...about, kind: 'woken', object: 6, by: null },
      { n: 8, ...about, kind: 'store', object: 8, value: 0.5, index: 0 },
      { n: 9, ...about, kind: 'object', object: 8, objectKind: ObjectKind.VALUE, name: 'x', value: 3 },
      { n: 10, ...about, kind: 'print', stream: 'stderr', text: 'no\n' },
      { n: 11, tick: 2, tid: null, pid: null, kind: 'end', end: RunEnd.DEADLOCK, message: 'stuck' },
    ]);
  });

  it('says values as numbers or as texts, with their place in an array', () => {
    const script = new LogScript().process(1);
    script.store(1, 5, 2.5).storeText(1, 5, '[1, 2]').store(1, 6, 7, Kind.LOAD, 3);
    expect(eventsOf(script).slice(1)).toMatchObject([
      { kind: 'store', object: 5, value: 2.5, index: 0 },
      { kind: 'store', object: 5, value: '[1, 2]', index: 0 },
      { kind: 'load', object: 6, value: 7, index: 3 },
    ]);
  });

  it('says what went through a pipe, who may use it, and what it is part of', () => {
    const script = new LogScript().process(1);
    script.object(6, ObjectKind.QUEUE).object(5, ObjectKind.PIPE).part(5, 6, PartRole.PIPE);
    script.pipeEnd(5, 'write', 1, 2).send(1, 5, 4096).send(1, 5, 12, "'hello'").receive(1, 5, 4108, "'hello'");
    script.pipeEnd(5, 'write', 1, 1, false);
    expect(eventsOf(script).slice(3)).toMatchObject([
      { kind: 'part', object: 5, whole: 6, role: PartRole.PIPE },
      { kind: 'pipe-end', object: 5, end: 'write', open: true, process: 1, count: 2 },
      { kind: 'send', object: 5, bytes: 4096, last: false, text: '' },
      { kind: 'send', object: 5, bytes: 12, last: true, text: "'hello'" },
      { kind: 'receive', object: 5, bytes: 4108, last: true, text: "'hello'" },
      { kind: 'pipe-end', object: 5, end: 'write', open: false, process: 1, count: 1 },
    ]);
  });

  it('exists for every kind of the log', () => {
    const script = new LogScript().process(1);
    const kinds = Object.values(Kind);
    for (const kind of kinds) script.record(kind, 1, 0, 1, 5);
    expect(new Set(eventsOf(script).map((event) => event.kind)).size).toBe(kinds.length);
    expect(() => eventsOf(script.record(99 as Kind, 0, 0, 1, 5))).toThrow('known kind of record');
  });
});

describe('a described record', () => {
  it('comes with the thread before and after, who caused it, and the object', () => {
    const script = new LogScript().process(1).process(2).lock(5).done(1, Operation.ACQUIRE, 5);
    script.block(2, BlockReason.LOCK, 5).woken(2, 5, 1).ready(2, ReadyCause.WOKEN, 0, 1, 5);
    const replay = new Replay(script.log);
    replay.extend();
    expect(describeRecord(replay, 6)).toMatchObject({
      event: { kind: 'ready', by: 1 },
      before: { tid: 2, state: 'Blocked' },
      after: { tid: 2, state: 'Ready' },
      by: { tid: 1 },
      object: { id: 5, holder: 1 },
      target: null,
    });
  });

  it('can be had of every record', () => {
    const { log } = randomRun(2);
    const replay = new Replay(log);
    replay.extend();
    for (let n = 0; n < log.count; n += 1) expect(describeRecord(replay, n).event.n).toBe(n);
  });
});
