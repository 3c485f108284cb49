import type { TimelineColors } from './timeline-colors.ts';
import { axisTicks, clamp, niceStep, viewEnd, xOf, type Frame, type View } from './timeline-layout.ts';

/** A time in words, as exact as marks that are `step` apart need it. */
export type TimeFormat = (time: number, step: number) => string;

type Context = CanvasRenderingContext2D;

/** The nearest edge of a device pixel. */
function sharp(value: number, ratio: number): number {
  return Math.round(value * ratio) / ratio;
}

/** Lines through all rows, at the labelled ticks. */
export function drawGrid(context: Context, frame: Frame, view: View, colors: TimelineColors): void {
  context.fillStyle = colors.line;
  for (const tick of axisTicks(frame, view).ticks) {
    const x = sharp(xOf(frame, view, tick), colors.ratio);
    if (x >= frame.gutter) context.fillRect(x, frame.axis, 1 / colors.ratio, frame.height - frame.axis);
  }
  context.fillRect(sharp(frame.gutter, colors.ratio) - 1, frame.axis, 1, frame.height - frame.axis);
}

/** The scale on top. */
export function drawAxis(
  context: Context,
  frame: Frame,
  view: View,
  colors: TimelineColors,
  format: TimeFormat,
  flag: Flag | null,
): void {
  const { step, ticks } = axisTicks(frame, view);
  const hair = 1 / colors.ratio;
  context.fillStyle = colors.lineStrong;
  context.fillRect(0, frame.axis - 1, frame.width, 1);
  const fine = Math.min(step, niceStep(view.scale, 8));
  for (let tick = Math.max(0, Math.ceil(view.start / fine) * fine); tick <= viewEnd(frame, view); tick += fine) {
    const x = sharp(xOf(frame, view, tick), colors.ratio);
    const height = tick % step === 0 ? 7 : 4;
    if (x >= frame.gutter) context.fillRect(x, frame.axis - height, hair, height);
  }
  context.fillStyle = colors.textDim;
  context.font = `11px ${colors.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const tick of ticks) {
    const x = xOf(frame, view, tick);
    if (x < frame.gutter) continue;
    const label = format(tick, step);
    const half = context.measureText(label).width / 2 + 3;
    if (x + half > frame.width) continue;
    if (flag !== null && x + half > flag.left && x - half < flag.left + flag.width) continue;
    context.fillText(label, x, frame.axis / 2 - 3);
  }
}

/** Where the cursor's flag stands in the axis. */
export interface Flag {
  readonly x: number;
  readonly label: string;
  readonly left: number;
  readonly width: number;
}

/** Null when the cursor is out of the picture. */
export function flagOf(context: Context, frame: Frame, x: number, label: string, colors: TimelineColors): Flag | null {
  if (x < frame.gutter - 1 || x > frame.width + 1) return null;
  context.font = `600 11px ${colors.font}`;
  const width = Math.max(22, context.measureText(label).width + 12);
  return { x, label, width, left: clamp(x - width / 2, frame.gutter + 1, frame.width - width - 1) };
}

/** The cursor through all rows, with the ticks that have passed on a flag in the axis. */
export function drawCursor(
  context: Context,
  frame: Frame,
  { x, label, left, width }: Flag,
  colors: TimelineColors,
): void {
  const line = sharp(x, colors.ratio);
  context.fillStyle = colors.accent;
  context.fillRect(line - 1, frame.axis - 5, 2, frame.height - frame.axis + 5);
  context.beginPath();
  context.roundRect(left, 2, width, frame.axis - 8, 5);
  context.fill();
  context.beginPath();
  context.moveTo(line - 5, frame.axis - 7);
  context.lineTo(line + 5, frame.axis - 7);
  context.lineTo(line, frame.axis);
  context.fill();
  context.fillStyle = colors.onAccent;
  context.font = `600 11px ${colors.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(label, left + width / 2, frame.axis / 2 - 1.5);
}

/** What lies right of the cursor has not happened yet: it is pale. */
export function drawVeil(context: Context, frame: Frame, x: number, colors: TimelineColors): void {
  const from = Math.max(frame.gutter, x);
  if (from >= frame.width) return;
  context.globalAlpha = 0.62;
  context.fillStyle = colors.surface;
  context.fillRect(from, frame.axis, frame.width - from, frame.height - frame.axis);
  context.globalAlpha = 1;
}
