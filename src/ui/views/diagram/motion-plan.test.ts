import { describe, expect, test } from 'vitest';
import { asTid, type Tid } from '../../../base/ids.ts';
import { layoutDiagram, type DiagramLayout } from './diagram-layout.ts';
import { machineOf, withThread, type MachineSketch } from './machine.fixture.ts';
import { alongSpline, planMotion, type Stage, type Waypoint } from './motion-plan.ts';

const SKETCH: MachineSketch = {
  threads: [{ state: 'Ready' }, { state: 'Running', cpu: 0 }, { state: 'Blocked', until: 30 }],
};
const layOut = (sketch: MachineSketch): DiagramLayout =>
  layoutDiagram(machineOf(sketch), {
    width: 700,
    height: 500,
    cpus: 1,
    cpuLabel: 'CPU 0',
    marked: () => false,
    now: 0,
    hint: '',
  });
const blockedSketch = withThread(SKETCH, 2, { state: 'Blocked', until: 40 });
const before = layOut(SKETCH);
const blocked: Stage = { layout: layOut(blockedSketch), change: { tid: asTid(2), from: 'Running', to: 'Blocked' } };
const dispatched: Stage = {
  layout: layOut(withThread(blockedSketch, 1, { state: 'Running', cpu: 0 })),
  change: { tid: asTid(1), from: 'Ready', to: 'Running' },
};

const placeIn = (layout: DiagramLayout, tid: Tid) => layout.tokens.find(({ thread }) => thread.tid === tid)?.at;
const wayOf = (stages: readonly Stage[], tid: number): readonly Waypoint[] =>
  planMotion(before, stages, 10_000).ways.get(asTid(tid)) ?? [];

describe('planMotion', () => {
  test('a way begins where the token was and ends where it is', () => {
    const way = wayOf([blocked], 2);
    expect(way[0]).toMatchObject({ ...placeIn(before, asTid(2)), offset: 0 });
    const end = placeIn(blocked.layout, asTid(2));
    expect(way.at(-1)?.offset).toBe(1);
    expect(way.at(-1)?.x).toBeCloseTo(end?.x ?? 0);
    expect(way.at(-1)?.y).toBeCloseTo(end?.y ?? 0);
  });

  test('offsets never go back, or a browser would refuse the animation', () => {
    for (const tid of [1, 2, 3]) {
      const offsets = wayOf([blocked, dispatched], tid).map(({ offset }) => offset);
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    }
  });

  test('a token that changes nothing has no way', () => {
    expect(wayOf([{ layout: before, change: null }], 3)).toEqual([]);
  });

  test('the second change waits until the first has been played', () => {
    const start = placeIn(before, asTid(1));
    const still = wayOf([blocked, dispatched], 1).filter(({ offset }) => offset <= 0.5);
    for (const { x, y } of still) expect({ x, y }).toEqual(start);
  });

  test('a thread that goes on in the same step goes both ways, one after the other', () => {
    const running = layOut(withThread(withThread(SKETCH, 2, { state: 'Ready' }), 1, { state: 'Running', cpu: 0 }));
    const again = layOut(withThread(withThread(SKETCH, 2, { state: 'Ready' }), 1, { state: 'Terminated' }));
    const way = wayOf(
      [
        { layout: running, change: { tid: asTid(1), from: 'Ready', to: 'Running' } },
        { layout: again, change: { tid: asTid(1), from: 'Running', to: 'Terminated' } },
      ],
      1,
    );
    const slot = placeIn(running, asTid(1));
    expect(way.some(({ x, y }) => Math.hypot(x - (slot?.x ?? 0), y - (slot?.y ?? 0)) < 1)).toBe(true);
  });

  test('arrows are lit when their token sets out', () => {
    const { arrows } = planMotion(before, [blocked, dispatched], 10_000);
    expect([...arrows]).toEqual([
      ['block', 0],
      ['dispatch', 0.5],
    ]);
  });

  test('a motion never takes longer than its budget', () => {
    expect(planMotion(before, [blocked, dispatched], 200).durationMs).toBe(200);
    expect(planMotion(before, [blocked], 10_000).durationMs).toBeLessThan(1000);
  });

  test('a new thread appears, it does not come from a corner', () => {
    const threads = [...SKETCH.threads, { state: 'New' } as const];
    const made = layOut({ ...SKETCH, threads });
    const way = planMotion(before, [{ layout: made, change: { tid: asTid(4), from: null, to: 'New' } }], 1000).ways.get(
      asTid(4),
    );
    expect(way?.[0]?.opacity).toBe(0);
    expect(way?.at(-1)?.opacity).toBe(1);
    expect(way?.[0]).toMatchObject(placeIn(made, asTid(4)) ?? {});
  });
});

describe('alongSpline', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 30 },
  ];

  test('goes through its points, at their share of the length', () => {
    expect(alongSpline(points, 0)).toEqual(points[0]);
    expect(alongSpline(points, 0.25)).toEqual(points[1]);
    expect(alongSpline(points, 1)).toEqual(points[2]);
  });

  test('a single point is stood on', () => {
    expect(alongSpline([{ x: 3, y: 4 }], 0.7)).toEqual({ x: 3, y: 4 });
  });
});
