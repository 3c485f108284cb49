import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectKind } from '../../../abi/objects.ts';
import { BlockReason, Operation } from '../../../abi/record.ts';
import { Random } from '../../../base/random.ts';
import { LogScript, ownObject } from '../../../replay/log-script.fixture.ts';
import { Replay } from '../../../replay/replay.ts';
import { waitForGraph, type WaitForGraph } from '../../../replay/wait-for-graph.ts';
import { translator } from '../../texts/translate.ts';
import { philosophers } from '../objects/every-object.fixture.ts';
import { layoutGraph, NODE_HEIGHT, type GraphLayout } from './graph-layout.ts';
import { cycleWords, edgeWords } from './graph-words.ts';

function replayed(script: LogScript): Replay {
  const replay = new Replay(script.log);
  replay.extend();
  return replay;
}

const graphOf = (script: LogScript): WaitForGraph => waitForGraph(replayed(script).at(script.log.count));
const layOut = (graph: WaitForGraph, room = 600): GraphLayout => layoutGraph(graph, () => 60, room);
const pathsIn = (layout: GraphLayout): number => layout.edges.filter(({ inCycle }) => inCycle).length;

describe('the drawing of the wait-for graph', () => {
  it('marks the circle, and nothing that only leads to it', () => {
    const layout = layOut(graphOf(philosophers()));
    expect(layout.nodes.filter(({ inCycle }) => inCycle)).toHaveLength(10);
    expect([layout.edges.length, pathsIn(layout), layout.centres.length]).toEqual([12, 10, 1]);
  });

  it('marks the circle of two processes that join each other', () => {
    const script = new LogScript().process(1).process(2);
    const graph = graphOf(script.block(1, BlockReason.JOIN, ownObject(2)).block(2, BlockReason.JOIN, ownObject(1)));
    const layout = layOut(graph);
    expect([layout.nodes.length, pathsIn(layout)]).toEqual([2, 2]);
    expect(new Set(layout.edges.map(({ path }) => path)).size).toBe(2);
  });

  it('has who waits on the left of what is waited for, and that on the left of its holder', () => {
    const script = new LogScript().process(1).process(2).process(3).lock(5).done(1, Operation.ACQUIRE, 5);
    const { nodes } = layOut(graphOf(script.block(2, BlockReason.LOCK, 5).block(3, BlockReason.LOCK, 5)));
    const x = (key: string): number => nodes.find((node) => node.key === key)?.x ?? Number.NaN;
    expect(x('t2')).toBeLessThan(x('o5'));
    expect(x('t3')).toBe(x('t2'));
    expect(x('o5')).toBeLessThan(x('t1'));
  });

  it('has no node upon another and none outside, whoever waits for whom', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const random = new Random(seed);
        const script = new LogScript();
        for (let tid = 1; tid <= 9; tid += 1) script.process(tid);
        for (let lock = 1; lock <= 6; lock += 1) {
          script.lock(lock);
          if (random.below(3) > 0) script.done(1 + random.below(9), Operation.ACQUIRE, lock);
        }
        for (let tid = 1; tid <= 9; tid += 1) {
          if (random.below(4) === 0) script.block(tid, BlockReason.JOIN, ownObject(1 + random.below(9)));
          else if (random.below(3) > 0) script.block(tid, BlockReason.LOCK, 1 + random.below(6));
        }
        const graph = graphOf(script);
        const { nodes, width, height, edges } = layOut(graph);
        expect(nodes).toHaveLength(graph.threads.length + graph.objects.length);
        expect(edges).toHaveLength(graph.edges.length);
        for (const [i, one] of nodes.entries()) {
          expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
          expect(one.x + one.width / 2).toBeLessThanOrEqual(width);
          expect(one.y + NODE_HEIGHT / 2).toBeLessThanOrEqual(height);
          for (const other of nodes.slice(i + 1)) {
            const apart = Math.abs(one.x - other.x) >= 59 || Math.abs(one.y - other.y) >= NODE_HEIGHT - 1;
            expect(apart, `${one.key} ${other.key}`).toBe(true);
          }
        }
      }),
      // Many in one sector, side by side and in a row; seldom drawn.
      { numRuns: 200, examples: [[870354574], [616], [1431], [4430], [4987]] },
    );
  });

  it('has no node upon another in a circle that must be higher than wide', () => {
    for (let n = 2; n <= 12; n += 1) {
      const script = new LogScript().process(1);
      for (let i = 1; i <= n; i += 1) script.process(1 + i).lock(100 + i, `forks[${i}]`);
      for (let i = 1; i <= n; i += 1) script.done(1 + i, Operation.ACQUIRE, 100 + i);
      for (let i = 1; i <= n; i += 1) script.block(1 + i, BlockReason.LOCK, 100 + (i % n) + 1);
      script.block(1, BlockReason.JOIN, ownObject(2));
      const { nodes } = layoutGraph(graphOf(script), (key) => (key.startsWith('t') ? 36 : 96), 375);
      expect(nodes).toHaveLength(2 * n + 1);
      for (const [i, one] of nodes.entries()) {
        for (const other of nodes.slice(i + 1)) {
          const free = Math.max(
            Math.abs(one.x - other.x) - (one.width + other.width) / 2,
            Math.abs(one.y - other.y) - NODE_HEIGHT,
          );
          expect(free, `${n}: ${one.key} ${other.key}`).toBeGreaterThanOrEqual(4);
        }
      }
    }
  });

  it('has arrows that point at what is waited for, however wide its name', () => {
    const script = new LogScript().process(1).process(2).lock(5, 'a lock').done(1, Operation.ACQUIRE, 5);
    const { edges } = layoutGraph(
      graphOf(script.block(2, BlockReason.LOCK, 5)),
      (key) => (key === 'o5' ? 200 : 30),
      600,
    );
    expect(edges).toHaveLength(2);
    for (const { path } of edges) {
      const [begin = 0, , middle = 0, , end = 0] = path.split(/[MQ,]/).slice(1).map(Number);
      expect(begin).toBeLessThan(middle);
      expect(middle).toBeLessThan(end);
    }
  });

  it('leads there and back between a pipe and who has kept its other end open', () => {
    const script = new LogScript().process(1).object(5, ObjectKind.PIPE).pipeEnd(5, 'write', 1, 1);
    const { nodes, edges } = layOut(graphOf(script.block(1, BlockReason.PIPE_EMPTY, 5)));
    expect(nodes).toHaveLength(2);
    expect(edges.map(({ inCycle }) => inCycle)).toEqual([true, true]);
    expect(new Set(edges.map(({ path }) => path)).size).toBe(2);
  });

  it('says every arrow and the circle in words', () => {
    const replay = replayed(philosophers());
    const machine = replay.at(replay.records);
    const graph = waitForGraph(machine);
    const said = graph.edges.map((edge) => edgeWords(translator('en'), machine, edge));
    expect(said).toContain('P1 waits for the end of P2');
    expect(said).toContain('lock “fork 0” is held by P2');
    const [cycle] = graph.cycles;
    expect(cycle === undefined ? '' : cycleWords(translator('en'), machine, cycle)).toMatch(
      /^P2 → lock “fork 1” → P3 → .* → lock “fork 0” → P2$/,
    );
    const chinese = graph.edges.map((edge) => edgeWords(translator('zh'), machine, edge));
    expect(chinese).toContain('P7 等待锁“fork 2”');
  });
});
