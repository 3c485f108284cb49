import { describe, expect, it } from 'vitest';
import { ObjectKind } from '../abi/objects.ts';
import { BlockReason, EndCause, Operation, Outcome, RunEnd } from '../abi/record.ts';
import { LogScript, ownObject } from './log-script.fixture.ts';
import { Replay } from './replay.ts';
import { waitForGraph, type WaitForGraph } from './wait-for-graph.ts';

function graphOf(script: LogScript): WaitForGraph {
  const replay = new Replay(script.log);
  replay.extend();
  return waitForGraph(replay.at(script.log.count));
}

const oppositeOrder = (): LogScript => {
  const script = new LogScript().process(1).process(2).process(3).lock(5, 'a').lock(6, 'b');
  script.done(2, Operation.ACQUIRE, 5).done(3, Operation.ACQUIRE, 6);
  return script.block(2, BlockReason.LOCK, 6).block(3, BlockReason.LOCK, 5);
};

describe('the wait-for graph', () => {
  it('names the cycle of two threads that took two locks in opposite order', () => {
    const graph = graphOf(oppositeOrder().block(1, BlockReason.JOIN, ownObject(2)).end(RunEnd.DEADLOCK));
    expect(graph.cycles).toEqual([{ threads: [2, 3], objects: [6, 5] }]);
    expect(graph).toMatchObject({ threads: [1, 2, 3], objects: [5, 6], missing: [], stuck: true });
    expect(graph.edges).toEqual([
      { kind: 'joins', thread: 1, target: 2 },
      { kind: 'waits-for', thread: 2, object: 6 },
      { kind: 'waits-for', thread: 3, object: 5 },
      { kind: 'held-by', object: 5, thread: 2 },
      { kind: 'held-by', object: 6, thread: 3 },
    ]);
  });

  it('sees the cycle while others still run', () => {
    const graph = graphOf(oppositeOrder().ready(1));
    expect([graph.cycles.length, graph.stuck]).toEqual([1, false]);
  });

  it('sees a thread that waits for itself, and two cycles', () => {
    const script = oppositeOrder().process(7).lock(9).done(7, Operation.ACQUIRE, 9).block(7, BlockReason.LOCK, 9);
    expect(graphOf(script).cycles.map((cycle) => cycle.threads)).toEqual([[2, 3], [7]]);
    expect(graphOf(script).cycles[1]?.objects).toEqual([9]);
  });

  it('sees the cycle of recursive locks, though one of them is taken twice', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.RLOCK).object(6, ObjectKind.RLOCK);
    script.done(1, Operation.ACQUIRE, 5, Outcome.OK, 1).done(1, Operation.ACQUIRE, 5, Outcome.OK, 2);
    script.done(2, Operation.ACQUIRE, 6, Outcome.OK, 1).done(1, Operation.RELEASE, 5, Outcome.OK, 1);
    script.block(1, BlockReason.LOCK, 6).block(2, BlockReason.LOCK, 5);
    expect(graphOf(script).cycles).toEqual([{ threads: [1, 2], objects: [6, 5] }]);
  });

  it('sees two processes that join each other', () => {
    const script = new LogScript().process(1).process(2);
    script.block(1, BlockReason.JOIN, ownObject(2)).block(2, BlockReason.JOIN, ownObject(1));
    expect(graphOf(script).cycles).toEqual([{ threads: [1, 2], objects: [ownObject(2), ownObject(1)] }]);
  });

  it('names the holder that ended without releasing', () => {
    const script = new LogScript().process(1).process(2).lock(5).done(1, Operation.ACQUIRE, 5);
    script.block(2, BlockReason.LOCK, 5).terminate(1, -1, EndCause.KILLED, -9);
    expect(graphOf(script.end(RunEnd.DEADLOCK)).missing).toEqual([
      { thread: 2, reason: BlockReason.LOCK, object: 5, holder: 1, why: 'holder-terminated' },
    ]);
  });

  it('does not miss a holder that has ended as long as somebody else may still release its lock', () => {
    const script = new LogScript().process(1).process(2).process(3).lock(5).done(1, Operation.ACQUIRE, 5);
    script.block(2, BlockReason.LOCK, 5).terminate(1, -1).ready(3);
    expect(graphOf(script).missing).toEqual([]);
  });

  it('sees the child that writes into a full pipe, and the parent that joins it before it reads', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.PIPE);
    script.pipeEnd(5, 'read', 1, 1).pipeEnd(5, 'read', 2, 2).block(2, BlockReason.PIPE_FULL, 5);
    expect(graphOf(script)).toMatchObject({ cycles: [], missing: [] });
    const graph = graphOf(script.block(1, BlockReason.JOIN, ownObject(2)));
    expect(graph.cycles).toEqual([{ threads: [1, 2], objects: [ownObject(2), 5] }]);
    expect(graph.edges).toContainEqual({ kind: 'served-by', object: 5, thread: 1 });
  });

  it('takes what a thread waits for within its own process, or within another, for no circle and no join', () => {
    const script = new LogScript().process(1).process(2).process(3).ready(3);
    script.block(2, BlockReason.OTHER, ownObject(2)).block(1, BlockReason.OTHER, ownObject(2));
    expect(graphOf(script)).toMatchObject({ edges: [], cycles: [], missing: [] });
  });

  it('waits for no one at a pipe whose other end two could use', () => {
    const script = new LogScript().process(1).process(2).process(3).object(5, ObjectKind.PIPE);
    for (const pid of [1, 2, 3]) script.pipeEnd(5, 'write', pid, pid);
    const graph = graphOf(script.block(2, BlockReason.PIPE_EMPTY, 5));
    expect(graph.edges).toEqual([{ kind: 'waits-for', thread: 2, object: 5 }]);
    expect(graph.missing).toEqual([]);
  });

  it('knows at once who reads for ever, because only itself has kept the write end open', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.PIPE).ready(1);
    script.pipeEnd(5, 'write', 2, 1).block(2, BlockReason.PIPE_EMPTY, 5);
    expect(graphOf(script).missing).toMatchObject([{ thread: 2, object: 5, why: 'nobody-left' }]);
    expect(graphOf(script.pipeEnd(5, 'write', 1, 2)).missing).toEqual([]);
  });

  it('leads back from a pipe to those who wait there, if they alone have kept its other end open', () => {
    const script = new LogScript().process(1).process(2).process(3).object(5, ObjectKind.PIPE);
    for (const pid of [1, 2, 3]) script.pipeEnd(5, 'write', pid, pid);
    script.block(2, BlockReason.PIPE_EMPTY, 5).block(3, BlockReason.PIPE_EMPTY, 5);
    expect(graphOf(script).edges).toContainEqual({ kind: 'served-by', object: 5, thread: 1 });
    const graph = graphOf(script.terminate(1, -1));
    expect(graph.edges).toEqual([
      { kind: 'waits-for', thread: 2, object: 5 },
      { kind: 'kept-by', object: 5, thread: 2 },
      { kind: 'waits-for', thread: 3, object: 5 },
      { kind: 'kept-by', object: 5, thread: 3 },
    ]);
    expect(graph.missing.map(({ thread, why }) => [thread, why])).toEqual([
      [2, 'nobody-left'],
      [3, 'nobody-left'],
    ]);
  });

  it('says that nobody is left to set an event only when the machine is stuck', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.EVENT).block(1, BlockReason.EVENT, 5);
    script.block(2, BlockReason.JOIN, ownObject(1));
    expect(graphOf(script).missing).toEqual([]);
    expect(graphOf(script.end(RunEnd.DEADLOCK)).missing).toEqual([
      { thread: 1, reason: BlockReason.EVENT, object: 5, holder: null, why: 'nobody-left' },
    ]);
  });

  it('is empty when nobody waits or holds', () => {
    const graph = graphOf(new LogScript().process(1).ready(1).block(1, BlockReason.SLEEP, 0, 9));
    expect(graph).toEqual({ threads: [], objects: [], edges: [], cycles: [], missing: [], stuck: false });
  });
});
