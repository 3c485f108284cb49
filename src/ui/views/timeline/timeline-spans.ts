import type { ThreadStateName } from '../../../replay/model.ts';
import type { Spans } from '../../../replay/spans.ts';
import { stateName, ThreadState } from '../../../replay/thread-state.ts';
import { PixelStrip } from './pixel-strip.ts';
import type { TimelineColors } from './timeline-colors.ts';
import type { Lane } from './timeline-labels.ts';
import { laneTop, plotWidth, viewEnd, visibleLanes, type Frame, type View } from './timeline-layout.ts';

type Context = CanvasRenderingContext2D;

/** Narrower spans are drawn as columns: in each, the share of the states from the bottom up. */
export const NARROW_PIXELS = 3;
/** Room that neighbours leave each other, once they are wide enough. */
export const GAP = 1;
export const GAP_FROM_PIXELS = 5;
/** A pattern shows only from this width on, and painting it costs several times a plain colour. */
const PATTERN_FROM_PIXELS = 6;
/** Space above and below a span in its lane. */
export const INSET = 5;
/** Rows of a column of shares. */
const LEVELS = 9;

/** Rectangles of one state: left, top, width, in CSS pixels. */
class Bars {
  #items = new Float64Array(768);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  push(left: number, top: number, width: number): void {
    if (this.#length === this.#items.length) {
      const grown = new Float64Array(this.#length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.#length] = left;
    this.#items[this.#length + 1] = top;
    this.#items[this.#length + 2] = width;
    this.#length += 3;
  }

  forEach(visit: (left: number, top: number, width: number) => void): void {
    for (let i = 0; i < this.#length; i += 3) {
      visit(this.#items[i] as number, this.#items[i + 1] as number, this.#items[i + 2] as number);
    }
  }
}

/** What one redraw of the lanes is about. */
interface Pass {
  readonly frame: Frame;
  readonly colors: TimelineColors;
  readonly spans: Spans;
  readonly t0: number;
  readonly t1: number;
  /** Columns of the plot, in device pixels. */
  readonly columns: number;
}

/**
 * Draws the spans. Wide ones are rectangles with the state's pattern, collected so that each pattern is set once; where spans
 * are narrower than `NARROW_PIXELS`, a strip of pixels shows how the time of each column divides among the states. So a
 * redraw costs by pixels, never by spans.
 */
export class SpanPainter {
  readonly #bars: Record<ThreadStateName, Bars> = {
    New: new Bars(),
    Ready: new Bars(),
    Running: new Bars(),
    Blocked: new Bars(),
    Terminated: new Bars(),
  };
  readonly #strip = new PixelStrip();
  #shares = new Uint8Array(0);

  draw(context: Context, frame: Frame, view: View, lanes: readonly Lane[], spans: Spans, colors: TimelineColors): void {
    const { first, end } = visibleLanes(frame, view);
    const columns = Math.max(1, Math.round(plotWidth(frame) * colors.ratio));
    const pass: Pass = { frame, colors, spans, columns, t0: view.start, t1: viewEnd(frame, view) };
    if (this.#shares.length < columns * 4) this.#shares = new Uint8Array(columns * 4);
    this.#strip.begin(columns, (end - first) * LEVELS);
    for (const bars of Object.values(this.#bars)) bars.clear();
    const narrow: number[] = [];
    for (let row = first; row < end; row += 1) {
      const lane = lanes[row];
      if (lane === undefined) continue;
      if (this.#collect(pass, lane.tid, laneTop(frame, view, row), (row - first) * LEVELS)) narrow.push(row);
    }
    for (const row of narrow) {
      const top = Math.round((laneTop(frame, view, row) + INSET) * colors.ratio) / colors.ratio;
      const width = columns / colors.ratio;
      this.#strip.draw(context, (row - first) * LEVELS, LEVELS, frame.gutter, top, width, frame.laneHeight - 2 * INSET);
    }
    this.#drawBars(context, frame, colors);
  }

  /** Fills the bars of a lane; returns true when it has also written columns into the strip. */
  #collect(pass: Pass, tid: number, top: number, stripRow: number): boolean {
    const { frame, columns, spans, t0, t1 } = pass;
    const { ratio } = pass.colors;
    const narrow = NARROW_PIXELS * ratio;
    let filled = false;
    // No time has passed since its first change: there is nothing to show, and no share of nothing to compute.
    if (spans.countOf(tid) === 0 || spans.startOf(tid, 0) >= spans.end) return filled;
    spans.forEachVisible(tid, t0, t1, columns, (x0, x1, state, span) => {
      // At the edges a wide span may show but a sliver.
      const wide = span >= 0 && (x1 - x0 >= narrow || x0 === 0 || x1 === columns);
      if (wide || state === ThreadState.NEW || state === ThreadState.TERMINATED) {
        this.#bars[stateName(state)].push(frame.gutter + x0 / ratio, top, (x1 - x0) / ratio);
        return;
      }
      if (!filled) spans.fillShares(tid, t0, t1, columns, this.#shares);
      filled = true;
      this.#fillColumns(pass, x0, x1, stripRow);
    });
    return filled;
  }

  #fillColumns({ columns, colors }: Pass, x0: number, x1: number, stripRow: number): void {
    const shares = this.#shares;
    const { pixels } = this.#strip;
    const running = colors.states.Running.pixel;
    const ready = colors.states.Ready.pixel;
    const blocked = colors.states.Blocked.pixel;
    for (let x = x0; x < x1; x += 1) {
      const readyShare = shares[x * 4] as number;
      const runningShare = shares[x * 4 + 1] as number;
      const ran = levelsOf(runningShare);
      const active = Math.max(ran, Math.round(((readyShare + runningShare) * LEVELS) / 255));
      const alive = Math.round(((255 - (shares[x * 4 + 3] as number)) * LEVELS) / 255);
      for (let level = 0; level < LEVELS; level += 1) {
        const pixel = level < ran ? running : level < active ? ready : level < alive ? blocked : 0;
        pixels[(stripRow + LEVELS - 1 - level) * columns + x] = pixel;
      }
    }
  }

  #drawBars(context: Context, frame: Frame, colors: TimelineColors): void {
    const height = frame.laneHeight - 2 * INSET;
    const middle = frame.laneHeight / 2;
    for (const state of ['Ready', 'Blocked', 'Running'] as const) {
      const bars = this.#bars[state];
      context.fillStyle = colors.states[state].far;
      fillBars(context, bars, height, 0, PATTERN_FROM_PIXELS);
      context.fillStyle = colors.states[state].fill;
      fillBars(context, bars, height, PATTERN_FROM_PIXELS, Infinity);
      if (state !== 'Running') outline(context, this.#bars[state], height, colors.states[state].color);
    }
    context.fillStyle = colors.states.New.color;
    this.#bars.New.forEach((left, top, width) => {
      for (let x = left + 1; x < left + width - 1; x += 5) context.fillRect(x, top + middle - 1, 2.5, 2);
    });
    context.fillStyle = colors.states.Terminated.color;
    context.globalAlpha = 0.28;
    this.#bars.Terminated.forEach((left, top, width) => context.fillRect(left, top + middle - 0.5, width, 1));
    context.globalAlpha = 1;
  }
}

/** A thread that ran in a column at all is seen in it. */
function levelsOf(share: number): number {
  return share === 0 ? 0 : Math.max(1, Math.round((share * LEVELS) / 255));
}

/** Fills the bars of these widths. */
function fillBars(context: Context, bars: Bars, height: number, from: number, below: number): void {
  bars.forEach((left, top, width) => {
    if (width < from || width >= below) return;
    context.fillRect(left, top + INSET, width >= GAP_FROM_PIXELS ? width - GAP : width, height);
  });
}

function outline(context: Context, bars: Bars, height: number, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  bars.forEach((left, top, width) => {
    if (width >= GAP_FROM_PIXELS) context.strokeRect(left + 0.5, top + INSET + 0.5, width - GAP - 1, height - 1);
  });
}
