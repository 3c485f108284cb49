import type { Tid } from '../../../base/ids.ts';
import { Mark, type Marks } from '../../../replay/marks.ts';
import type { TimelineColors } from './timeline-colors.ts';
import { laneTop, plotWidth, viewEnd, visibleLanes, xOf, type Frame, type View } from './timeline-layout.ts';
import type { Lane } from './timeline-labels.ts';

type Context = CanvasRenderingContext2D;

/** Where a tick is narrower, marks are mere strokes at the lower edge of the lane. */
const GLYPH_SCALE = 11;
/** Where several ticks share a pixel, strokes would run into a line that says nothing. */
const RUG_SCALE = 0.5;
/** Place of the strokes above the end of the lane, in pixels. */
const RUG = { above: 3.5, height: 2.5 };
/** The box the glyphs are drawn in. */
const BOX = 10;

interface Glyph {
  readonly stroke: string;
  readonly fill: string;
}

const GLYPHS: Readonly<Record<Mark, Glyph>> = {
  [Mark.NONE]: { stroke: '', fill: '' },
  // A padlock, closed and open
  [Mark.ACQUIRE]: { stroke: 'M3.2 5V3.3a1.8 1.8 0 0 1 3.6 0V5', fill: 'M1.9 4.7h6.2v4.6h-6.2z' },
  [Mark.RELEASE]: { stroke: 'M3.2 5V2.9a1.8 1.8 0 0 1 3.5-.5M2.4 5.2h5.2v3.6h-5.2z', fill: '' },
  // A flag, raised and empty
  [Mark.SET]: { stroke: 'M2.6 1v8.5', fill: 'M2.6 1L8.6 3.3L2.6 5.8Z' },
  [Mark.CLEAR]: { stroke: 'M2.6 1v8.5M2.6 1.2L8.2 3.3L2.6 5.5', fill: '' },
  // A ring is read, a disc is written
  [Mark.LOAD]: { stroke: 'M2.3 5a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0 -5.4 0', fill: '' },
  [Mark.STORE]: { stroke: '', fill: 'M1.7 5a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0 -6.6 0' },
  // Lines of text
  [Mark.PRINT]: { stroke: 'M1.8 2.4h6.4M1.8 5h6.4M1.8 7.6h4', fill: '' },
  // A bell
  [Mark.NOTIFY]: { stroke: 'M1.6 7.4h6.8M4.2 9.2h1.6', fill: 'M2.6 7.2V4.6a2.4 2.4 0 0 1 4.8 0v2.6z' },
  [Mark.SEND]: { stroke: 'M1.2 5h7M5.4 2.2L8.4 5L5.4 7.8', fill: '' },
  [Mark.RECEIVE]: { stroke: 'M8.8 5h-7M4.6 2.2L1.6 5L4.6 7.8', fill: '' },
};

const paths = new Map<string, Path2D>();

function pathOf(outline: string): Path2D {
  let path = paths.get(outline);
  if (path === undefined) {
    path = new Path2D(outline);
    paths.set(outline, path);
  }
  return path;
}

/** What the threads did, in the ticks in which they did it. */
export function drawMarks(
  context: Context,
  frame: Frame,
  view: View,
  lanes: readonly Lane[],
  marks: Marks,
  colors: TimelineColors,
): void {
  const glyphs = view.scale >= GLYPH_SCALE;
  if (view.scale < RUG_SCALE) return;
  const { first, end } = visibleLanes(frame, view);
  context.lineWidth = 1.4;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.fillStyle = colors.textDim;
  for (let row = first; row < end; row += 1) {
    const lane = lanes[row];
    if (lane === undefined) continue;
    const top = laneTop(frame, view, row);
    if (glyphs) drawGlyphs(context, frame, view, lane.tid, top, marks, colors.surface);
    else drawRug(context, frame, view, lane.tid, top + frame.laneHeight - RUG.above, marks);
  }
}

function drawGlyphs(
  context: Context,
  frame: Frame,
  view: View,
  tid: Tid,
  top: number,
  marks: Marks,
  color: string,
): void {
  // One column a tick; the first one's glyph may be cut by the left edge.
  const t0 = Math.floor(view.start);
  const t1 = Math.max(t0 + 1, Math.ceil(viewEnd(frame, view)));
  marks.forEachVisible(tid, t0, t1, t1 - t0, (tick, kind) => {
    drawMark(context, xOf(frame, view, t0 + tick + 0.5), top + frame.laneHeight / 2, kind, color);
  });
}

/** Strokes, those side by side in one piece. */
function drawRug(context: Context, frame: Frame, view: View, tid: Tid, top: number, marks: Marks): void {
  const columns = Math.round(plotWidth(frame));
  let from = -1;
  let to = -1;
  marks.forEachVisible(tid, view.start, view.start + columns / view.scale, columns, (x) => {
    if (x === to) {
      to = x + 1;
      return;
    }
    if (from >= 0) context.fillRect(frame.gutter + from, top, to - from, RUG.height);
    from = x;
    to = x + 1;
  });
  if (from >= 0) context.fillRect(frame.gutter + from, top, to - from, RUG.height);
}

function drawMark(context: Context, x: number, y: number, kind: Mark, color: string): void {
  const { stroke, fill } = GLYPHS[kind];
  context.save();
  context.translate(x - BOX / 2, y - BOX / 2);
  context.strokeStyle = color;
  context.fillStyle = color;
  if (fill !== '') context.fill(pathOf(fill));
  if (stroke !== '') context.stroke(pathOf(stroke));
  context.restore();
}
