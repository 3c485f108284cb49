import type { Tid } from '../../../base/ids.ts';
import type { Marks } from '../../../replay/marks.ts';
import type { Spans } from '../../../replay/spans.ts';
import { drawAxis, drawCursor, drawGrid, drawVeil, flagOf, type TimeFormat } from './timeline-axis.ts';
import type { TimelineColors } from './timeline-colors.ts';
import { CpuPainter, type HolderRow } from './timeline-cpus.ts';
import { drawHolderLabels, drawLabels, type Lane } from './timeline-labels.ts';
import { laneTop, rowsHeight, scrollLimit, visibleLanes, xOf, type Frame, type View } from './timeline-layout.ts';
import { drawMarks } from './timeline-marks.ts';
import { INSET, SpanPainter } from './timeline-spans.ts';

/** All that a redraw depends on. */
export interface Picture {
  readonly frame: Frame;
  readonly view: View;
  readonly lanes: readonly Lane[];
  readonly spans: Spans;
  readonly marks: Marks;
  /** CPUs and interpreter locks, in the order of their rows. */
  readonly holders: readonly HolderRow[];
  readonly nameOf: (tid: number) => string;
  /** Place of the cursor, in ticks. */
  readonly cursor: number;
  readonly selected: Tid | null;
  readonly hovered: Tid | null;
  /** A span to outline: the one under the pointer. */
  readonly pointed: { readonly row: number; readonly from: number; readonly to: number } | null;
  readonly format: TimeFormat;
}

/** Draws pictures onto one canvas. Keeps nothing but scratch memory between redraws. */
export class TimelinePainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #spans = new SpanPainter();
  readonly #cpus = new CpuPainter();

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  draw(picture: Picture, colors: TimelineColors): void {
    const context = this.#context;
    const { frame, view } = picture;
    context.setTransform(colors.ratio, 0, 0, colors.ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = colors.surface;
    context.fillRect(0, 0, frame.width, frame.height);
    this.#within(0, frame.axis, frame.width, frame.height - frame.axis, () => {
      drawStripes(context, picture, colors);
      drawGrid(context, frame, view, colors);
      drawLabels(context, frame, view, picture.lanes, picture, colors);
      drawHolderLabels(context, frame, view, picture.holders, colors);
    });
    this.#within(frame.gutter, frame.axis, frame.width - frame.gutter, frame.height - frame.axis, () => {
      this.#cpus.draw(context, frame, view, picture.holders, picture.nameOf, colors);
      this.#spans.draw(context, frame, view, picture.lanes, picture.spans, colors);
      drawMarks(context, frame, view, picture.lanes, picture.marks, colors);
      drawPointed(context, picture, colors);
    });
    const x = xOf(frame, view, picture.cursor);
    const flag = flagOf(context, frame, x, picture.format(Math.floor(picture.cursor), 1), colors);
    drawVeil(context, frame, x, colors);
    drawAxis(context, frame, view, colors, picture.format, flag);
    if (flag !== null) drawCursor(context, frame, flag, colors);
    drawScrollbar(context, frame, view, colors);
  }

  #within(left: number, top: number, width: number, height: number, draw: () => void): void {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    draw();
    context.restore();
  }
}

/** Lines between the lanes; the selected and the hovered one lie on a tint. */
function drawStripes(context: CanvasRenderingContext2D, picture: Picture, colors: TimelineColors): void {
  const { frame, view } = picture;
  const { first, end } = visibleLanes(frame, view);
  for (let row = first; row < end; row += 1) {
    const tid = picture.lanes[row]?.tid;
    const top = laneTop(frame, view, row);
    if (tid === picture.selected || tid === picture.hovered) {
      context.fillStyle = tid === picture.selected ? colors.accentSoft : colors.sunken;
      context.fillRect(0, top, frame.width, frame.laneHeight);
    }
    context.fillStyle = colors.line;
    context.fillRect(0, Math.round(top * colors.ratio) / colors.ratio, frame.width, 1 / colors.ratio);
  }
}

function drawPointed(
  context: CanvasRenderingContext2D,
  { pointed, frame, view }: Picture,
  colors: TimelineColors,
): void {
  if (pointed === null) return;
  const left = Math.max(frame.gutter - 4, xOf(frame, view, pointed.from));
  const right = Math.min(frame.width + 4, xOf(frame, view, pointed.to));
  context.strokeStyle = colors.text;
  context.lineWidth = 1.5;
  const top = laneTop(frame, view, pointed.row) + INSET;
  context.strokeRect(left - 0.75, top - 1.75, Math.max(3, right - left) + 0.5, frame.laneHeight - 2 * INSET + 3.5);
}

/** Shows where one is among many lanes. */
function drawScrollbar(context: CanvasRenderingContext2D, frame: Frame, view: View, colors: TimelineColors): void {
  const limit = scrollLimit(frame);
  if (limit === 0) return;
  const room = frame.height - frame.axis - 4;
  const length = Math.max(20, (room * (frame.height - frame.axis)) / rowsHeight(frame));
  context.fillStyle = colors.lineStrong;
  context.beginPath();
  context.roundRect(frame.width - 7, frame.axis + 2 + ((room - length) * view.scroll) / limit, 5, length, 2.5);
  context.fill();
}
