import { describe, expect, it } from 'vitest';
import { asTid } from '../base/ids.ts';
import { ObjectKind, PartRole } from '../abi/objects.ts';
import { BlockReason, EndCause, Operation, Outcome, PreemptCause, ReadyCause, RunEnd } from '../abi/record.ts';
import { explain, type Explanation } from './explain.ts';
import { LogScript, ownObject } from './log-script.fixture.ts';
import { Replay } from './replay.ts';

function explained(script: LogScript, tid: number, record = script.log.count): Explanation | null {
  const replay = new Replay(script.log);
  replay.extend();
  return explain(replay, record, asTid(tid));
}

const atTheLock = (): LogScript => {
  const script = new LogScript().process(1).process(2).process(3).lock(5, 'till').done(1, Operation.ACQUIRE, 5);
  return script.at(4).block(2, BlockReason.LOCK, 5).block(3, BlockReason.LOCK, 5, 40);
};

describe('why a thread is Blocked', () => {
  it('at a lock: who holds it, who is ahead, until when', () => {
    expect(explained(atTheLock(), 3)).toEqual({
      tid: 3,
      since: 4,
      line: 1,
      state: 'Blocked',
      on: {
        kind: 'lock',
        object: 5,
        holder: 1,
        holderState: 'New',
        depth: null,
        queue: { place: 2, of: 2, ahead: [2] },
        until: 40,
      },
      within: null,
      woken: null,
      cycle: null,
      missing: null,
    });
  });

  it('that it has been chosen already, and by whom', () => {
    const script = atTheLock().done(1, Operation.RELEASE, 5).woken(2, 5, 1);
    expect(explained(script, 2)).toMatchObject({ woken: { by: 1 }, on: { kind: 'lock', holder: null } });
    expect(explained(script.ready(2).dispatch(2).block(2, BlockReason.LOCK, 5), 2)).toMatchObject({ woken: null });
  });

  it('at a pipe: which processes hold the other end open, and who of them could go on', () => {
    const script = new LogScript().process(1).process(2).process(3).object(5, ObjectKind.PIPE).ready(1);
    for (const pid of [1, 2, 3]) script.pipeEnd(5, 'write', pid, pid);
    script.block(2, BlockReason.PIPE_EMPTY, 5).block(3, BlockReason.JOIN, ownObject(2));
    const on = { kind: 'pipe', is: 'empty', ends: [1, 2, 3], wakers: [1] };
    expect(explained(script, 2)).toMatchObject({ on, missing: null, within: null });
    script.terminate(1).pipeEnd(5, 'write', 1, 2, false);
    expect(explained(script, 2)).toMatchObject({ on: { ends: [2, 3], wakers: [] }, cycle: { threads: [2, 3] } });
  });

  it('at a part: what it is to the whole', () => {
    const script = new LogScript().process(1).object(5, ObjectKind.QUEUE, 'q').object(6, ObjectKind.PIPE);
    script.part(6, 5, PartRole.PIPE).block(1, BlockReason.PIPE_EMPTY, 6);
    expect(explained(script, 1)).toMatchObject({ within: { whole: 5, role: PartRole.PIPE } });
  });

  it('for a result: the thread that collects them, although others still run', () => {
    const script = new LogScript().process(1).process(2).thread(3, 1, 'ResultHandler').ready(2);
    script.object(5, ObjectKind.POOL, 'workers').object(6, ObjectKind.RESULT).part(ownObject(3), 5, PartRole.HANDLER);
    script.block(3, BlockReason.POLL, 5).block(1, BlockReason.RESULT, 6);
    expect(explained(script, 1)).toMatchObject({ on: { kind: 'result', wakers: [3] } });
    expect(explained(script.terminate(3, -1), 1)).toMatchObject({ on: { wakers: [2] } });
  });

  it('at no line, when it waits in the library after a line of the program', () => {
    const script = new LogScript().process(1).object(5, ObjectKind.POOL).ready(1).dispatch(1).line(1, 12);
    expect(explained(script.block(1, BlockReason.POLL, 5, -1, 0, 0), 1)).toMatchObject({ line: null });
  });

  it('in an event: who could still set it', () => {
    const script = new LogScript().process(1).process(2).process(3).process(4).object(5, ObjectKind.EVENT, 'green');
    script.ready(1).block(2, BlockReason.SLEEP, 0, 30).block(3, BlockReason.EVENT, 5).terminate(4, -1);
    expect(explained(script, 3)).toMatchObject({ on: { kind: 'event', object: 5, wakers: [1, 2] } });
    expect(explained(script, 2)).toMatchObject({ on: { kind: 'sleep', until: 30 } });
  });

  it('at a recursive lock: how often its holder has taken it', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.RLOCK, 'till');
    script.done(1, Operation.ACQUIRE, 5, Outcome.OK, 1).done(1, Operation.ACQUIRE, 5, Outcome.OK, 2);
    script.block(2, BlockReason.LOCK, 5);
    expect(explained(script, 2)).toMatchObject({ on: { kind: 'lock', holder: 1, depth: 2 } });
    script.done(1, Operation.RELEASE, 5, Outcome.OK, 1);
    expect(explained(script, 2)).toMatchObject({ on: { holder: 1, depth: 1 } });
    script.done(1, Operation.RELEASE, 5, Outcome.OK, 0);
    expect(explained(script, 2)).toMatchObject({ on: { holder: null, depth: 0 } });
  });

  it('at a semaphore: its counter, who is ahead, who could still release it', () => {
    const script = new LogScript().process(1).process(2).process(3).object(5, ObjectKind.SEMAPHORE, 'rooms', 1, 1);
    script.done(1, Operation.ACQUIRE, 5).block(2, BlockReason.SEMAPHORE, 5).block(3, BlockReason.SEMAPHORE, 5, 40);
    expect(explained(script, 3)).toMatchObject({
      on: { kind: 'semaphore', object: 5, counter: 0, queue: { place: 2, ahead: [2] }, wakers: [1], until: 40 },
    });
  });

  it('at a condition: the lock it must take again, who is ahead, who could still notify', () => {
    const script = new LogScript()
      .process(1)
      .process(2)
      .process(3)
      .lock(4)
      .object(5, ObjectKind.CONDITION, 'ready', 1, 4);
    script.block(2, BlockReason.CONDITION, 5).block(3, BlockReason.CONDITION, 5);
    expect(explained(script, 3)).toMatchObject({
      on: { kind: 'condition', object: 5, lock: 4, queue: { place: 2, ahead: [2] }, wakers: [1], until: null },
    });
  });

  it('at a barrier: how many have arrived, how many it takes, who could still come', () => {
    const script = new LogScript().process(1).process(2).process(3).object(5, ObjectKind.BARRIER, 'start', 1, 0, 3);
    script.done(2, Operation.ARRIVE, 5, Outcome.OK, 1).block(2, BlockReason.BARRIER, 5);
    script.done(3, Operation.ARRIVE, 5, Outcome.OK, 2).block(3, BlockReason.BARRIER, 5);
    const on = { kind: 'barrier', object: 5, arrived: 2, parties: 3, wakers: [1], until: null };
    expect(explained(script, 2)).toMatchObject({ on });
  });

  it('in a join: whose end it waits for', () => {
    const script = new LogScript().process(1).process(2).ready(2).block(1, BlockReason.JOIN, ownObject(2));
    expect(explained(script, 1)).toMatchObject({ on: { kind: 'join', target: 2, targetState: 'Ready', until: null } });
  });

  it('for ever: the cycle it is in, or the wake-up that cannot come', () => {
    const cycle = atTheLock().lock(6).done(2, Operation.ACQUIRE, 6).block(1, BlockReason.LOCK, 6);
    expect(explained(cycle, 2)).toMatchObject({ cycle: { threads: [1, 2], objects: [6, 5] } });
    expect(explained(cycle, 3)).toMatchObject({ cycle: null });
    const killed = atTheLock().terminate(1, -1, EndCause.KILLED, -15).end(RunEnd.DEADLOCK);
    expect(explained(killed, 2)).toMatchObject({ on: { holderState: 'Terminated' }, missing: { holder: 1 } });
  });
});

describe('why a thread is in another state', () => {
  it('Ready: its cause, its place in the queue, who has the CPUs', () => {
    const script = new LogScript().process(1).process(2).process(3).ready(1).ready(2, ReadyCause.IO).dispatch(1);
    script.preempt(1, 0, PreemptCause.QUANTUM, 0, 3).ready(3).dispatch(3);
    expect(explained(script, 1)).toMatchObject({
      state: 'Ready',
      cause: { kind: 'preempted', cause: PreemptCause.QUANTUM },
      by: 3,
      queue: { place: 2, of: 2, ahead: [2] },
      running: [3],
    });
    expect(explained(script, 2)).toMatchObject({ cause: { kind: 'became-ready', cause: ReadyCause.IO }, by: null });
  });

  it('Ready: which thread of its process has the interpreter lock, where threads share an interpreter', () => {
    const script = new LogScript().process(1).thread(2, 1, 'T').process(3).ready(1).dispatch(1).ready(2).ready(3);
    const replay = new Replay(script.log);
    replay.extend();
    const waitsFor = (tid: number, interpreters: boolean) =>
      explain(replay, script.log.count, asTid(tid), interpreters) as unknown as { interpreter: number | null };
    expect(waitsFor(2, true).interpreter).toBe(1);
    expect(waitsFor(3, true).interpreter).toBeNull();
    expect(waitsFor(2, false).interpreter).toBeNull();
  });

  it('Running: not since when its quantum lasts once nobody took its place at the end of one', () => {
    const script = new LogScript().process(1).ready(1).at(3).dispatch(1, 0, 4).line(1).at(6).line(1);
    expect(explained(script, 1)).toMatchObject({ quantum: { ticks: 4, began: 3 } });
    expect(explained(script.at(7).line(1), 1)).toMatchObject({ quantum: { ticks: 4, began: null } });
  });

  it('Running: its quantum; New: its parent; Terminated: how it ended', () => {
    const script = new LogScript().process(1).process(2, 'P2', 1).ready(1).at(3).dispatch(1, 0, 4).line(1, 17);
    expect(explained(script, 1)).toMatchObject({ state: 'Running', cpu: 0, quantum: { ticks: 4, began: 3 }, line: 17 });
    expect(explained(script, 2)).toMatchObject({ state: 'New', parent: 1 });
    expect(explained(script, 2, 1)).toBeNull();
    script.terminate(1, 0, EndCause.RAISED, 1, 'ValueError');
    expect(explained(script, 1)).toMatchObject({
      state: 'Terminated',
      cause: EndCause.RAISED,
      code: 1,
      message: 'ValueError',
    });
  });
});
