import '../../src/ui/theme.css';
import '../../src/ui/views/palette/palette.css';
import { asTid } from '../../src/base/ids.ts';
import type { LogStore } from '../../src/replay/log-store.ts';
import { Marks } from '../../src/replay/marks.ts';
import { Spans } from '../../src/replay/spans.ts';
import { CpuSpans } from '../../src/ui/views/timeline/cpu-spans.ts';
import { readColors, type TimelineColors } from '../../src/ui/views/timeline/timeline-colors.ts';
import { TimelinePainter, type Picture } from '../../src/ui/views/timeline/timeline-draw.ts';
import type { Lane } from '../../src/ui/views/timeline/timeline-labels.ts';
import { clampView, fittingScale, frameFor, MAX_SCALE } from '../../src/ui/views/timeline/timeline-layout.ts';
import { alternate, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import { CPUS, longLogs } from '../replay/long-log.ts';

const BOX = { width: 1440, height: 300 };
/** From the whole run down to the widest ticks, evenly on the scale that a wheel turns. */
const ZOOMS = 9;
/** Redraws a zoom and round, each somewhere else in the run. */
const REDRAWS = 12;

/** Milliseconds of a redraw of 64 lanes with a million spans, at the zoom where it takes longest. */
class TimelineCase implements Case {
  readonly rows: readonly Row[] = [
    {
      what: { en: 'timeline redraw, pixels included, slowest zoom', zh: '时间线重绘（含像素），最慢的缩放' },
      n: '10⁶',
      ours: 'worst',
      goal: { at: 'most', value: 4 },
      unit: 'ms',
    },
    {
      what: { en: 'timeline redraw, script alone, slowest zoom', zh: '时间线重绘（仅脚本），最慢的缩放' },
      n: '10⁶',
      ours: 'worstScript',
      goal: null,
      unit: 'ms',
    },
  ];

  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d') ?? fail('a 2D context');
  readonly #painter = new TimelinePainter(this.#context);
  #pictures: readonly (readonly Picture[])[] = [];
  #colors: TimelineColors | null = null;

  async prepare(): Promise<void> {
    this.#canvas.width = BOX.width;
    this.#canvas.height = BOX.height;
    document.body.append(this.#canvas);
    this.#colors = readColors(this.#canvas, 1);
    this.#pictures = picturesOf((await longLogs()).spans);
  }

  async round(round: number): Promise<Samples> {
    const zooms = Object.fromEntries(this.#pictures.map((pictures, zoom) => [`zoom ${zoom}`, pictures]));
    const scripts: number[] = [];
    const whole = await alternate(
      round,
      Object.fromEntries(
        Object.entries(zooms).map(([name, pictures]) => [name, () => this.#redraw(pictures, scripts)]),
      ),
    );
    return { ...whole, worst: Math.max(...Object.values(whole)), worstScript: Math.max(...scripts) };
  }

  async dispose(): Promise<void> {
    this.#canvas.remove();
  }

  /** The mean of all places; at each, the median of three redraws. */
  async #redraw(pictures: readonly Picture[], scripts: number[]): Promise<number> {
    let script = 0;
    let whole = 0;
    for (const picture of pictures) {
      const redraws = [this.#redrawOnce(picture), this.#redrawOnce(picture), this.#redrawOnce(picture)];
      const [, median] = redraws.toSorted((a, b) => a.whole - b.whole);
      script += median?.script ?? Number.NaN;
      whole += median?.whole ?? Number.NaN;
    }
    scripts.push(script / pictures.length);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return whole / pictures.length;
  }

  /** Reading a pixel back makes the browser execute what it had only noted down. */
  #redrawOnce(picture: Picture): { readonly script: number; readonly whole: number } {
    const begin = performance.now();
    this.#painter.draw(picture, this.#colors ?? fail('colours'));
    const script = performance.now() - begin;
    this.#context.getImageData(0, 0, 1, 1);
    return { script, whole: performance.now() - begin };
  }
}

function picturesOf(log: LogStore): readonly (readonly Picture[])[] {
  const spans = new Spans(log);
  const marks = new Marks(log);
  const cpus = new CpuSpans(log);
  for (const index of [spans, marks, cpus]) index.extend();
  const lanes: readonly Lane[] = Array.from({ length: spans.lanes - 1 }, (_, index) => {
    const number = index + 1;
    return { tid: asTid(number), shortName: `P${number}`, name: `Process-${number}`, state: 'Ready' as const };
  });
  const frame = frameFor(BOX, lanes.length, CPUS);
  const widest = fittingScale(frame, spans.end);
  return Array.from({ length: ZOOMS }, (_, zoom) => {
    const scale = widest * (MAX_SCALE / widest) ** (zoom / (ZOOMS - 1));
    return Array.from({ length: REDRAWS }, (_place, nth) => {
      const share = nth / (REDRAWS - 1);
      const view = clampView(frame, { start: spans.end * share * 0.99, scale, scroll: 1500 * share }, spans.end);
      const place = view.start + 0.5 / scale;
      return {
        frame,
        view,
        lanes,
        spans,
        marks,
        holders: Array.from({ length: cpus.rows }, (_none, row) => ({ label: `CPU ${row}`, spans: cpus, row })),
        nameOf: (tid: number) => `P${tid}`,
        cursor: place,
        selected: lanes[3]?.tid ?? null,
        hovered: null,
        pointed: null,
        format: String,
      };
    });
  });
}

function fail(missing: string): never {
  throw new Error(`the timeline bench has no ${missing}`);
}

export const timeline: Bench = { name: 'timeline', cases: [() => new TimelineCase()] };
