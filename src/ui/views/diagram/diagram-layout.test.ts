import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTid, type Tid } from '../../../base/ids.ts';
import { ObjectKind } from '../../../abi/objects.ts';
import { BlockReason } from '../../../abi/record.ts';
import type { MachineState } from '../../../replay/model.ts';
import { threadLook } from '../palette/thread-look.ts';
import { bodyOf, layoutDiagram, type DiagramLayout, type TokenPlace } from './diagram-layout.ts';
import { around, contains, overlap, right, type Rect } from './geometry.ts';
import { textWidth } from './text-width.ts';
import { machineOf, rowOf, type MachineSketch, type ThreadSketch } from './machine.fixture.ts';

const layOut = (machine: MachineState, width: number, height: number, hint = ''): DiagramLayout =>
  layoutDiagram(machine, {
    width,
    height,
    cpus: machine.cpus.length,
    cpuLabel: `CPU ${machine.cpus.length - 1}`,
    now: machine.tick,
    hint,
    marked: (tid: Tid) => threadLook(tid).mark !== 'none',
  });

const rectOf = ({ at, size }: TokenPlace): Rect => around(at, size.width, size.height);
const visible = (layout: DiagramLayout): readonly TokenPlace[] => layout.tokens.filter(({ hidden }) => !hidden);
const view = ({ width, height }: DiagramLayout): Rect => ({ x: 0, y: 0, width, height });

function overlapping(rects: readonly Rect[]): readonly [Rect, Rect][] {
  return rects.flatMap((a, i) => rects.slice(i + 1).flatMap((b): [Rect, Rect][] => (overlap(a, b) ? [[a, b]] : [])));
}

const OBJECTS = 7;
const KINDS = [ObjectKind.LOCK, ObjectKind.EVENT, ObjectKind.VALUE, ObjectKind.DEVICE, ObjectKind.SEMAPHORE] as const;

/** Any thread that is not Running: those are put onto CPUs in order. */
const sketches = fc.oneof(
  fc.constantFrom<ThreadSketch>({ state: 'New' }, { state: 'Ready' }, { state: 'Running' }),
  fc.integer({ min: -15, max: 300 }).map((code): ThreadSketch => ({ state: 'Terminated', code })),
  fc
    .record({ object: fc.integer({ min: 1, max: OBJECTS }), until: fc.option(fc.nat(9999), { nil: undefined }) })
    .map(({ object, until }): ThreadSketch => ({
      state: 'Blocked',
      reason: BlockReason.LOCK,
      object,
      ...(until === undefined ? {} : { until }),
    })),
  fc.nat(99_999).map((until): ThreadSketch => ({ state: 'Blocked', reason: BlockReason.SLEEP, until })),
  fc
    .integer({ min: 1, max: 5 })
    .map((tid): ThreadSketch => ({ state: 'Blocked', reason: BlockReason.JOIN, object: rowOf(tid) })),
);
const names = fc.option(fc.constantFrom('P0', '写者', '读者一号', 'P12.T34', 'MainProcess-12'), { nil: undefined });

type Named = readonly [ThreadSketch, string | undefined];
const anyThread: fc.Arbitrary<Named> = fc.tuple(sketches, names);
const few: fc.Arbitrary<readonly Named[]> = fc.array(anyThread, { maxLength: 12 });
const lots: fc.Arbitrary<readonly Named[]> = fc.array(anyThread, { maxLength: 256 });
const alike: fc.Arbitrary<readonly Named[]> = fc
  .tuple(anyThread, fc.integer({ min: 0, max: 256 }))
  .map(([one, count]) => Array.from({ length: count }, () => one));

const machines = fc
  .record({
    threads: fc.oneof(few, lots, alike),
    cpus: fc.integer({ min: 1, max: 16 }),
    objects: fc.array(fc.constantFrom(...KINDS), { maxLength: 40 }),
  })
  .map(({ threads, cpus, objects }): MachineSketch => {
    let free = 0;
    const placed = threads.map(([sketch, name]): ThreadSketch => {
      const named = name === undefined ? sketch : { ...sketch, name };
      if (named.state !== 'Running') return named;
      if (free >= cpus) return { ...named, state: 'Ready' };
      free += 1;
      return { ...named, cpu: free - 1 };
    });
    return { threads: placed, cpus, objects: objects.map((kind, i) => ({ kind, name: `object ${i}`, value: i ** 7 })) };
  });
const views = fc.record({ width: fc.integer({ min: 320, max: 1200 }), height: fc.integer({ min: 300, max: 800 }) });

describe('layoutDiagram', () => {
  test('no two tokens overlap, each is inside its region, and all is inside the view, for any machine and size', () => {
    fc.assert(
      fc.property(machines, views, (sketch, size) => {
        const layout = layOut(machineOf(sketch), size.width, size.height);
        const tokens = visible(layout);
        expect(overlapping([...tokens.map(rectOf), ...layout.remainders.map(({ rect }) => rect)])).toEqual([]);
        for (const token of tokens) expect(contains(layout.regions[token.thread.state], rectOf(token))).toBe(true);
        for (const region of Object.values(layout.regions)) expect(contains(view(layout), region)).toBe(true);
        expect(overlapping(Object.values(layout.regions))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('the foot of Ready is inside it and holds no token, with a hint and without', () => {
    const hints = fc.constantFrom('', 'Click a Ready thread: it runs next.', '点击一个就绪线程，让它接着运行。');
    fc.assert(
      fc.property(machines, views, hints, (sketch, size, hint) => {
        const layout = layOut(machineOf(sketch), size.width, size.height, hint);
        expect(contains(layout.regions.Ready, layout.footer)).toBe(true);
        const met = visible(layout).filter((token) => overlap(rectOf(token), layout.footer));
        expect(met).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('the head of the queue leaves where it stands, and its arrow and that of the end have their words beside them', () => {
    for (const width of [320, 390, 440, 540]) {
      const { arrows, regions, tokens } = layOut(machineOf({ threads: [{}, {}, {}] }), width, 480);
      const [dispatch, exit] = ['dispatch', 'exit'].map((name) => arrows.find((arrow) => arrow.name === name));
      const head = tokens[0]?.at.x ?? 0;
      expect(Math.abs((dispatch?.curve[0].x ?? 0) - head)).toBeLessThan(30);
      expect((exit?.label.y ?? 0) - (exit?.curve[0].y ?? 0)).toBeLessThan(20);
      expect(exit?.focus).toBeCloseTo((right(regions.Running) + regions.Terminated.x) / 2);
    }
  });

  test('with 16 CPUs every running thread has its name, on a phone and on a desktop', () => {
    const threads = Array.from({ length: 20 }, (_, i): ThreadSketch => (i < 16 ? { state: 'Running', cpu: i } : {}));
    for (const [width, height] of [
      [376, 380],
      [390, 480],
      [560, 400],
      [624, 420],
      [900, 520],
    ] as const) {
      const layout = layOut(machineOf({ threads, cpus: 16 }), width, height);
      const running = layout.tokens.filter(({ thread }) => thread.state === 'Running');
      expect(running.map(({ size }) => size.font >= 11 && size.width >= textWidth('P16', 11))).toEqual(
        running.map(() => true),
      );
    }
  });

  test('ticks left count from the ticks that are over', () => {
    const machine = machineOf({ threads: [{ state: 'Blocked', until: 16 }], tick: 10 });
    const noteAt = (now: number): string | null | undefined =>
      layoutDiagram(machine, {
        width: 700,
        height: 500,
        cpus: 1,
        cpuLabel: 'CPU 0',
        marked: () => false,
        now,
        hint: '',
      }).tokens[0]?.note;
    expect([noteAt(10), noteAt(11)]).toEqual(['6', '5']);
  });

  test('every thread is either shown or counted', () => {
    fc.assert(
      fc.property(machines, views, (sketch, size) => {
        const layout = layOut(machineOf(sketch), size.width, size.height);
        expect(layout.tokens.map(({ thread }) => thread.tid as number)).toEqual(sketch.threads.map((_, i) => i + 1));
        const counted = layout.remainders.reduce((sum, { count }) => sum + count, 0);
        expect(layout.tokens.filter(({ hidden }) => hidden).length).toBe(counted);
      }),
      { numRuns: 60 },
    );
  });

  test('compartments, slots and chips do not overlap and stay where they belong', () => {
    fc.assert(
      fc.property(machines, views, (sketch, size) => {
        const layout = layOut(machineOf(sketch), size.width, size.height);
        const rooms = layout.compartments.map(({ rect }) => rect);
        const slots = layout.slots.map(({ rect }) => rect);
        expect(overlapping(rooms)).toEqual([]);
        expect(overlapping(slots)).toEqual([]);
        expect(overlapping(layout.chips.map(({ rect }) => rect))).toEqual([]);
        for (const room of rooms) expect(contains(layout.regions.Blocked, room)).toBe(true);
        for (const slot of slots) expect(contains(layout.regions.Running, slot)).toBe(true);
        for (const { rect } of layout.chips) expect(contains(view(layout), rect)).toBe(true);
        expect(slots.length).toBe(machineOf(sketch).cpus.length);
      }),
      { numRuns: 100 },
    );
  });

  test('the words of arrows have boxes inside the view that no region and no other usual box overlaps', () => {
    fc.assert(
      fc.property(views, fc.boolean(), (size, shelf) => {
        const objects = shelf ? [{ kind: ObjectKind.VALUE, name: 'x', value: 1 }] : [];
        const layout = layOut(machineOf({ threads: [], objects }), size.width, size.height);
        const usual = layout.arrows.filter(({ name }) => !name.startsWith('exit-'));
        for (const { label } of usual) {
          expect(contains(view(layout), label)).toBe(true);
          expect(label.width).toBeGreaterThan(50);
          expect(label.height).toBeGreaterThan(12);
          for (const region of Object.values(layout.regions)) expect(overlap(label, region)).toBe(false);
        }
        expect(overlapping(usual.map(({ label }) => label))).toEqual([]);
      }),
    );
  });

  test('the front of the ready queue stands at the right', () => {
    const layout = layOut(machineOf({ threads: [{}, {}, {}] }), 700, 500);
    const [front, second, third] = layout.tokens.map(({ at }) => at.x);
    expect(front).toBeGreaterThan(second as number);
    expect(second).toBeGreaterThan(third as number);
  });

  test('tokens keep their size while threads only change their state', () => {
    const threads: ThreadSketch[] = Array.from({ length: 8 }, () => ({}));
    const sizeOf = (sketch: ThreadSketch[]) => layOut(machineOf({ threads: sketch }), 700, 500).tokens[7]?.size.height;
    const allReady = sizeOf(threads);
    const mostWait = sizeOf(threads.map((thread, i) => (i < 7 ? { state: 'Blocked', until: 20 + i } : thread)));
    expect(mostWait).toBe(allReady);
  });

  test('waiters of a lock stand in the order in which they will be woken', () => {
    const blocked = { state: 'Blocked', reason: BlockReason.LOCK, object: 1 } as const;
    const machine = machineOf({
      threads: [blocked, blocked, blocked],
      objects: [{ kind: ObjectKind.LOCK, name: 'lock' }],
    });
    const [lock] = machine.objects;
    const queue = [3, 1, 2].map(asTid);
    const layout = layOut({ ...machine, objects: lock === undefined ? [] : [{ ...lock, waiters: queue }] }, 700, 500);
    expect(layout.compartments[0]?.waiters.map(({ tid }) => tid)).toEqual(queue);
  });

  test('an object that nobody waits for has a compartment of its own where there is room', () => {
    const objects = ['a', 'b'].map((name) => ({ kind: ObjectKind.LOCK, name }));
    const layout = layOut(machineOf({ threads: [{}], objects }), 700, 500);
    expect(layout.compartments.map(({ place }) => place.object?.name)).toEqual(['a', 'b']);
  });

  test('64 threads on 16 CPUs are all shown on a desktop, with their names in Ready', () => {
    const threads = Array.from({ length: 64 }, (_, i): ThreadSketch =>
      i < 16
        ? { state: 'Running', cpu: i }
        : i < 40
          ? { state: 'Blocked', until: 90 }
          : i < 56
            ? { state: 'Ready' }
            : { state: 'Terminated' },
    );
    const layout = layOut(machineOf({ threads, cpus: 16 }), 900, 520);
    expect(layout.remainders).toEqual([]);
    expect(layout.tokens[45]?.size.font).toBeGreaterThanOrEqual(11);
  });

  test('256 Ready threads are all shown where the view is large', () => {
    const layout = layOut(machineOf({ threads: Array.from({ length: 256 }, () => ({})) }), 1200, 700);
    expect(layout.remainders).toEqual([]);
    for (const token of layout.tokens) expect(contains(bodyOf(layout.regions.Ready), rectOf(token))).toBe(true);
  });

  test('the same machine, size and words give the same layout', () => {
    const sketch = { threads: [{}, { state: 'Blocked', until: 12 } as const], cpus: 2 };
    expect(layOut(machineOf(sketch), 640, 480)).toEqual(layOut(machineOf(sketch), 640, 480));
  });
});

describe('of a live run', () => {
  const running = (count: number): MachineState => ({
    ...machineOf({
      threads: [
        ...Array.from({ length: count }, (): ThreadSketch => ({ state: 'Running' })),
        { state: 'Blocked', reason: BlockReason.SLEEP, until: 1_234_567 },
      ],
    }),
    live: true,
  });

  test('Running has as many places as threads run, and no CPUs', () => {
    for (const count of [0, 1, 3, 9, 40]) {
      const layout = layOut(running(count), 700, 520);
      expect(layout.slots).toEqual([]);
      const tokens = visible(layout).filter(({ thread }) => thread.state === 'Running');
      for (const token of tokens) expect(contains(layout.regions.Running, rectOf(token))).toBe(true);
      expect(overlapping(tokens.map(rectOf))).toEqual([]);
      const more = layout.remainders.find(({ key }) => key === 'Running')?.count ?? 0;
      expect(tokens.length + more).toBe(count);
    }
  });

  test('nobody counts the microseconds that are left', () => {
    expect(layOut(running(1), 700, 520).tokens.every(({ note }) => note === null)).toBe(true);
  });
});

describe('threads of the library', () => {
  const machine = machineOf({
    threads: [
      { state: 'Running' },
      { state: 'Ready', library: true },
      { state: 'Blocked' },
      { state: 'Blocked', library: true },
      { state: 'Blocked', library: true },
      { state: 'Terminated', library: true },
    ],
  });
  const seen = (layout: DiagramLayout): readonly string[] => visible(layout).map(({ thread }) => thread.shortName);

  test('are counted where they wait or are over, and seen while they could run', () => {
    for (const [width, height] of [
      [320, 372],
      [900, 520],
    ] as const) {
      const layout = layOut(machine, width, height);
      expect(seen(layout)).toEqual(['P1', 'P2', 'P3']);
      expect(layout.folds.map(({ state, count }) => [state, count])).toEqual([
        ['Blocked', 2],
        ['Terminated', 1],
      ]);
      expect(layout.counts).toMatchObject({ Blocked: 1, Terminated: 0 });
      for (const { state, rect } of layout.folds) expect(contains(layout.regions[state], rect)).toBe(true);
      const drawn = [...visible(layout).map(rectOf), ...layout.compartments.map(({ rect }) => rect)];
      for (const { rect } of layout.folds) expect(drawn.filter((other) => overlap(other, rect))).toEqual([]);
    }
  });

  test('make no token of the program smaller while they could run', () => {
    const program = [{ state: 'Running' }, { state: 'Blocked' }, { state: 'Blocked' }] as const;
    const ready = { state: 'Ready', library: true } as const;
    const sizeBeside = (count: number): number | undefined => {
      const threads = [...program, ...Array.from({ length: count }, () => ready)];
      return layOut(machineOf({ threads }), 600, 400).tokens.find(({ thread }) => thread.state === 'Blocked')?.size
        .height;
    };
    expect(sizeBeside(5)).toBe(sizeBeside(0));
  });

  test('are all seen on request', () => {
    const options = { width: 900, height: 520, cpus: 1, cpuLabel: 'CPU 0', now: 0, hint: '', marked: () => false };
    const layout = layoutDiagram(machine, { ...options, library: true });
    expect(seen(layout)).toHaveLength(6);
    expect(layout.folds).toEqual([]);
  });

  test('are folded at random without losing anybody', () => {
    fc.assert(
      fc.property(machines, fc.array(fc.boolean(), { maxLength: 256 }), (sketch, library) => {
        const threads = sketch.threads.map((thread, index) => ({ ...thread, library: library[index] ?? false }));
        const layout = layOut(machineOf({ ...sketch, threads }), 700, 480);
        expect(layout.tokens.map(({ thread }) => thread.tid)).toEqual(threads.map((_, index) => index + 1));
        const counted = [...layout.remainders, ...layout.folds].reduce((sum, { count }) => sum + count, 0);
        expect(visible(layout).length + counted).toBe(threads.length);
      }),
      { numRuns: 50 },
    );
  });
});
