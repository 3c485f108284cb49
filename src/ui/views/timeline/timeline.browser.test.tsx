import { MantineProvider } from '@mantine/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BlockReason, PreemptCause, ReadyCause, RunEnd } from '../../../abi/record.ts';
import { asTid } from '../../../base/ids.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import type { LogStore } from '../../../replay/log-store.ts';
import { Spans } from '../../../replay/spans.ts';
import { provideStandIn } from '../../state/lab-stand-in.fixture.ts';
import type { Lab } from '../../state/use-lab.ts';
import '../../theme.css';
import '../palette/palette.css';
import { busyRun } from './busy-run.fixture.ts';
import { Timeline } from './timeline.tsx';
import { readColors } from './timeline-colors.ts';
import { frameFor } from './timeline-layout.ts';
import { TimelineScene } from './timeline-scene.ts';
import { SpanPainter } from './timeline-spans.ts';

/** P1 runs in ticks 0–9 and sleeps until tick 20, P2 is Ready until tick 10 and runs in 10–19, then P1 again until 29. */
function twoTurns(): LogStore {
  const script = new LogScript();
  script.process(1, 'P1').process(2, 'P2').ready(1, ReadyCause.CREATED).ready(2, ReadyCause.CREATED).dispatch(1);
  for (let tick = 0; tick < 10; tick += 1) script.at(tick).line(1, tick + 1);
  script.block(1, BlockReason.SLEEP, 0, 20);
  script.at(10).dispatch(2);
  for (let tick = 10; tick < 20; tick += 1) script.at(tick).line(2, tick);
  script.at(20).ready(1, ReadyCause.TIMER).preempt(2, 0, PreemptCause.QUANTUM).dispatch(1);
  for (let tick = 20; tick < 30; tick += 1) script.at(tick).line(1, tick);
  return script.end(RunEnd.FINISHED).log;
}

let root: Root;
let box: HTMLElement;
let lab: Lab;

const canvas = (): HTMLCanvasElement => box.querySelector('canvas') as HTMLCanvasElement;
const slider = (): HTMLElement => box.querySelector('[role=slider]') as HTMLElement;
const frames = (count: number): Promise<void> =>
  new Promise((resolve) => {
    const next = (left: number): number => requestAnimationFrame(() => (left === 0 ? resolve() : next(left - 1)));
    next(count);
  });

async function mount(log: LogStore, cpus = 1): Promise<void> {
  lab = provideStandIn(log, cpus);
  root.render(
    <MantineProvider forceColorScheme="light">
      <div style={{ display: 'flex', width: 1000, height: 220 }}>
        <Timeline />
      </div>
    </MantineProvider>,
  );
  await vi.waitFor(() => expect(pixelAt(500, 5)).not.toEqual([0, 0, 0]));
}

/** Colour on the canvas, at CSS pixels. */
function pixelAt(x: number, y: number): number[] {
  const ratio = devicePixelRatio;
  const context = canvas().getContext('2d') as CanvasRenderingContext2D;
  const [red = 0, green = 0, blue = 0] = context.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data;
  return [red, green, blue];
}

function colorOf(property: string): number[] {
  const hex = getComputedStyle(document.documentElement).getPropertyValue(property).trim();
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** How a run of 30 ticks lies in a box 1000 pixels wide: 148 for the labels, 14 at each end. */
const GUTTER = 148;
const SCALE = (1000 - GUTTER - 28) / 30;
const xOf = (tick: number): number => GUTTER + 14 + tick * SCALE;
/** Middle of a lane, above its mark: an axis of 26, a CPU row of 20 and 6 below it, lanes of 40. */
const laneY = (row: number): number => 26 + 26 + 40 * row + 8;

function pointer(type: string, x: number, y: number, more: PointerEventInit = {}): void {
  const { left, top } = canvas().getBoundingClientRect();
  const at = { clientX: left + x, clientY: top + y, pointerId: 1, bubbles: true, cancelable: true };
  canvas().dispatchEvent(new PointerEvent(type, { ...at, pointerType: 'mouse', button: 0, ...more }));
}

beforeEach(() => {
  document.documentElement.dataset['mantineColorScheme'] = 'light';
  box = document.createElement('div');
  document.body.append(box);
  root = createRoot(box);
  // A pointer that only the test knows cannot be captured.
  HTMLElement.prototype.setPointerCapture = () => {};
});

afterEach(() => {
  root.unmount();
  box.remove();
});

describe('the picture', () => {
  it('shows each state in its colour where it was', async () => {
    await mount(twoTurns());
    await vi.waitFor(() => expect(pixelAt(xOf(5), laneY(0))).toEqual(colorOf('--state-running')));
    expect(pixelAt(xOf(25), laneY(0))).toEqual(colorOf('--state-running'));
    expect(pixelAt(xOf(15), laneY(1))).toEqual(colorOf('--state-running'));
    // Ready and Blocked are patterns of two colours, so no single pixel is sure; their outlines are.
    expect(pixelAt(xOf(5), 26 + 26 + 40 + 5)).toEqual(colorOf('--state-ready'));
    expect(pixelAt(xOf(15), 26 + 26 + 5)).toEqual(colorOf('--state-blocked'));
  });

  it('shows whom the CPU carries in the colour of the thread', async () => {
    await mount(twoTurns());
    await vi.waitFor(() => expect(pixelAt(xOf(2), 26 + 6)).toEqual(colorOf('--thread-1')));
    expect(pixelAt(xOf(12), 26 + 6)).toEqual(colorOf('--thread-2'));
  });

  it('pales what has not happened at the cursor', async () => {
    await mount(twoTurns());
    await lab.actions.back(15);
    await vi.waitFor(() => expect(pixelAt(xOf(25), laneY(0))).not.toEqual(colorOf('--state-running')));
    expect(pixelAt(xOf(5), laneY(0))).toEqual(colorOf('--state-running'));
  });

  it('shows nothing of a thread before any time has passed', () => {
    const { log } = new LogScript().process(1).ready(1, ReadyCause.CREATED).dispatch(1);
    const spans = new Spans(log);
    spans.extend();
    const element = document.createElement('canvas');
    box.append(element);
    const context = element.getContext('2d') as CanvasRenderingContext2D;
    const frame = frameFor({ width: 300, height: 100 }, 1, 0);
    const lanes = [{ tid: asTid(1), shortName: 'P1', name: 'P1', state: null }];
    const view = { start: -0.51, scale: 27.37, scroll: 0 };
    new SpanPainter().draw(context, frame, view, lanes, spans, readColors(element, 1));
    expect(context.getImageData(0, 0, 300, 100).data.some((value) => value !== 0)).toBe(false);
  });

  it('follows the theme', async () => {
    await mount(twoTurns());
    const light = colorOf('--state-running');
    document.documentElement.dataset['mantineColorScheme'] = 'dark';
    await vi.waitFor(() => expect(pixelAt(xOf(5), laneY(0))).toEqual(colorOf('--state-running')));
    expect(colorOf('--state-running')).not.toEqual(light);
  });
});

describe('the cursor', () => {
  it('is dragged to where the pointer is let go', async () => {
    await mount(twoTurns());
    pointer('pointerdown', xOf(20), 10);
    pointer('pointermove', xOf(12), 10);
    pointer('pointermove', xOf(7), 10);
    pointer('pointerup', xOf(7), 10);
    await vi.waitFor(() => expect(lab.store.getState().step).toBe(7));
  });

  it('can be seized where it stands, in the middle of the lanes', async () => {
    await mount(twoTurns());
    pointer('pointerdown', xOf(30) + 2, laneY(1));
    pointer('pointermove', xOf(3), laneY(1));
    pointer('pointerup', xOf(3), laneY(1));
    await vi.waitFor(() => expect(lab.store.getState().step).toBe(3));
  });

  it('moves by keys, and says where it is', async () => {
    await mount(twoTurns());
    const press = (key: string, shiftKey = false): boolean =>
      slider().dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }));
    press('Home');
    await vi.waitFor(() => expect(slider().ariaValueNow).toBe('0'));
    press('ArrowRight');
    await vi.waitFor(() => expect(slider().ariaValueNow).toBe('1'));
    press('PageUp');
    await vi.waitFor(() => expect(slider().ariaValueNow).toBe('11'));
    expect(slider().getAttribute('aria-valuetext')).toContain('P2 Running');
    press('ArrowLeft');
    await vi.waitFor(() => expect(slider().ariaValueNow).toBe('10'));
    press('ArrowDown');
    expect(lab.store.getState().selected).toBe(1);
    press('ArrowRight', true);
    await vi.waitFor(() => expect(lab.store.getState().machine.threads[0]?.state).toBe('Ready'));
    press('End');
    await vi.waitFor(() => expect(slider().ariaValueNow).toBe('30'));
  });

  it('goes to a span that is clicked, and selects its thread', async () => {
    await mount(twoTurns());
    pointer('pointerdown', xOf(9.5), laneY(0));
    pointer('pointerup', xOf(9.5), laneY(0));
    await vi.waitFor(() => expect(lab.store.getState().selected).toBe(asTid(1)));
    // The last tick of the span ends Blocked; what was clicked is Running.
    expect(lab.store.getState().machine.threads[0]?.state).toBe('Running');
    expect(lab.store.getState().machine.tick).toBe(9);
  });
});

describe('zoom and pan', () => {
  it('the wheel zooms around the pointer', async () => {
    await mount(twoTurns());
    const { left, top } = canvas().getBoundingClientRect();
    // At tick 10 P1 stops running: the border stays under the pointer.
    const at = { clientX: left + xOf(10), clientY: top + laneY(0), bubbles: true, cancelable: true };
    for (let i = 0; i < 4; i += 1) canvas().dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -120 }));
    await frames(2);
    expect(pixelAt(xOf(10) - 6, laneY(0))).toEqual(colorOf('--state-running'));
    expect(pixelAt(xOf(10) + 100, laneY(0) - 3)).toEqual(colorOf('--state-blocked'));
    // Twice and a half as wide: tick 7 now lies where tick 3 was.
    expect(pixelAt(xOf(10) - 3 * SCALE, laneY(0))).toEqual(colorOf('--state-running'));
    expect(pixelAt(xOf(10) + 12 * SCALE, laneY(1))).toEqual(colorOf('--state-running'));
  });

  it('a drag moves the picture and not the cursor', async () => {
    await mount(busyRun(8, 4000, 2), 2);
    await lab.actions.toStart();
    await frames(2);
    const before = [...(canvas().getContext('2d') as CanvasRenderingContext2D).getImageData(400, 60, 300, 1).data];
    pointer('pointerdown', 700, 120);
    pointer('pointermove', 600, 120);
    pointer('pointermove', 500, 120);
    pointer('pointerup', 500, 120);
    await frames(2);
    const after = [...(canvas().getContext('2d') as CanvasRenderingContext2D).getImageData(200, 60, 300, 1).data];
    expect(after).toEqual(before);
    expect(lab.store.getState().step).toBe(0);
  });

  it('pointing at a span tells what it is, and lights its thread everywhere', async () => {
    await mount(twoTurns());
    pointer('pointermove', xOf(15), laneY(0));
    await vi.waitFor(() => expect(box.querySelector('[data-testid=timeline-tip]')?.textContent).toContain('Blocked'));
    expect(box.querySelector('[data-testid=timeline-tip]')?.textContent).toContain('ticks 10–19 (10)');
    expect(lab.store.getState().hovered).toBe(1);
    pointer('pointerleave', 0, 0);
    await vi.waitFor(() => expect(box.querySelector('[data-testid=timeline-tip]')).toBeNull());
    expect(lab.store.getState().hovered).toBeNull();
  });
});

describe('a million spans', () => {
  it('are redrawn at every zoom (figures printed, not judged)', { timeout: 120_000 }, () => {
    const log = busyRun(64, 1_000_000, 4);
    const stand = provideStandIn(log, 4);
    box.style.width = '1440px';
    const element = document.createElement('canvas');
    element.style.cssText = 'display:block;width:1440px;height:200px';
    box.append(element);
    const nothing = (): void => {};
    const scene = new TimelineScene(element, { seek: nothing, select: nothing, hover: nothing, point: nothing });
    const { run, records, cursor, machine, selected, hovered } = stand.store.getState();
    const format = String;
    scene.show({ log, run, records, cursor, machine, selected, hovered, showCpus: true, format });
    const redraw = (): number => {
      const from = performance.now();
      scene.draw();
      return performance.now() - from;
    };
    const figures: string[] = [];
    let worst = 0;
    // The first pass is for the compiler.
    for (const rounds of [5, 15]) {
      scene.fit();
      figures.length = 0;
      worst = 0;
      for (let zoom = 0; zoom < 11; zoom += 1) {
        const times = Array.from({ length: rounds }, redraw).toSorted((one, other) => one - other);
        const median = times[rounds >> 1] as number;
        worst = Math.max(worst, median);
        figures.push(`${scene.view.scale.toPrecision(2)} px: ${median.toFixed(2)} ms`);
        scene.zoom(3);
      }
    }
    scene.stop();
    console.log(
      `timeline, 1,000,000 spans, 64 lanes, 1440 × 200: worst ${worst.toFixed(2)} ms | ${figures.join(' | ')}`,
    );
    expect(worst).toBeLessThan(100);
  });
});
