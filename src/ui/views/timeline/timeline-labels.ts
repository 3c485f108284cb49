import type { Tid } from '../../../base/ids.ts';
import type { ThreadStateName } from '../../../replay/model.ts';
import { stateLook } from '../palette/state-look.ts';
import { BOLD, textWidth } from '../diagram/text-width.ts';
import { MARK_PATHS, threadLook, type ThreadMark } from '../palette/thread-look.ts';
import type { TimelineColors } from './timeline-colors.ts';
import type { HolderRow } from './timeline-cpus.ts';
import { cpuTop, laneTop, visibleCpus, visibleLanes, type Frame, type View } from './timeline-layout.ts';

type Context = CanvasRenderingContext2D;

/** A thread that has a lane. */
export interface Lane {
  readonly tid: Tid;
  readonly shortName: string;
  readonly name: string;
  /** CPython's library has it for itself: its label is smaller. */
  readonly library?: boolean;
  /** At the cursor; null while it has not been created there. */
  readonly state: ThreadStateName | null;
}

export interface Highlight {
  readonly selected: Tid | null;
  readonly hovered: Tid | null;
}

const paths = new Map<string, Path2D>();

function pathOf(outline: string): Path2D {
  let path = paths.get(outline);
  if (path === undefined) {
    path = new Path2D(outline);
    paths.set(outline, path);
  }
  return path;
}

/** Pixels that the widest label would take, whole: badge, name, icon and what is between them. */
export function widestLabel(lanes: readonly Lane[]): number {
  const widths = lanes.map(({ shortName, name }) =>
    shortName === name ? 0 : Math.max(26, textWidth(shortName, 11 * BOLD) + 12) + textWidth(name, 12) + 52,
  );
  return Math.max(0, ...widths);
}

/** Short name in the thread's colour, its name, and its state at the cursor as an icon. */
export function drawLabels(
  context: Context,
  frame: Frame,
  view: View,
  lanes: readonly Lane[],
  highlight: Highlight,
  colors: TimelineColors,
): void {
  context.textBaseline = 'middle';
  const { first, end } = visibleLanes(frame, view);
  for (let row = first; row < end; row += 1) {
    const lane = lanes[row];
    if (lane !== undefined) drawLabel(context, frame, laneTop(frame, view, row), lane, highlight, colors);
  }
}

/** Names of CPUs and of interpreter locks. */
export function drawHolderLabels(
  context: Context,
  frame: Frame,
  view: View,
  rows: readonly HolderRow[],
  colors: TimelineColors,
): void {
  const { first, end } = visibleCpus(frame, view);
  context.textBaseline = 'middle';
  context.font = `11px ${colors.font}`;
  context.fillStyle = colors.textDim;
  context.textAlign = 'left';
  for (let row = first; row < end; row += 1) {
    const label = fitted(context, rows[row]?.label ?? '', frame.gutter - 14);
    context.fillText(label, 10, cpuTop(frame, view, row) + frame.cpuHeight / 2 + 1);
  }
}

function drawLabel(
  context: Context,
  frame: Frame,
  top: number,
  lane: Lane,
  highlight: Highlight,
  colors: TimelineColors,
): void {
  const middle = top + frame.laneHeight / 2;
  const chosen = highlight.selected === lane.tid;
  if (chosen || highlight.hovered === lane.tid) {
    context.fillStyle = colors.accentSoft;
    context.fillRect(0, top, frame.gutter, frame.laneHeight);
  }
  if (chosen) {
    context.fillStyle = colors.accent;
    context.fillRect(0, top, 3, frame.laneHeight);
  }
  context.globalAlpha = lane.state === null ? 0.45 : 1;
  const right = drawBadge(context, 9, middle, lane, frame.gutter - 14, colors);
  const iconAt = frame.gutter - 24;
  if (iconAt - right > 30) {
    context.fillStyle = chosen ? colors.text : colors.textDim;
    context.font = `${lane.library === true ? 'italic 11px' : '12px'} ${colors.font}`;
    context.textAlign = 'left';
    if (lane.name !== lane.shortName) {
      context.fillText(fitted(context, lane.name, iconAt - right - 12), right + 7, middle + 0.5);
    }
    if (lane.state !== null) drawStateIcon(context, iconAt, middle - 8, lane.state, colors);
  }
  context.globalAlpha = 1;
}

/** Returns the badge's right edge. */
function drawBadge(
  context: Context,
  left: number,
  middle: number,
  lane: Lane,
  room: number,
  colors: TimelineColors,
): number {
  const { mark } = threadLook(lane.tid);
  const half = lane.library === true ? 7 : 9;
  context.font = `600 ${lane.library === true ? 9.5 : 11}px ${colors.font}`;
  const markRoom = mark === 'none' ? 0 : 11;
  // A narrow gutter costs the name its margins before it costs letters: cut, all threads of a process are called alike.
  const text = fitted(context, lane.shortName, room - 8 - markRoom);
  const width = Math.max(26, Math.min(room, context.measureText(text).width + 12 + markRoom));
  context.fillStyle = colors.thread(lane.tid);
  context.beginPath();
  context.roundRect(left, middle - half, width, 2 * half, 5);
  context.fill();
  context.fillStyle = colors.threadInk;
  if (mark !== 'none') drawThreadMark(context, left + 9, middle, mark);
  context.textAlign = 'center';
  context.fillText(text, left + markRoom + (width - markRoom) / 2, middle + 0.5);
  return left + width;
}

function drawThreadMark(context: Context, x: number, y: number, mark: ThreadMark): void {
  context.save();
  context.translate(x, y);
  context.scale(4, 4);
  context.fill(pathOf(MARK_PATHS[mark]));
  context.restore();
}

function drawStateIcon(
  context: Context,
  left: number,
  top: number,
  state: ThreadStateName,
  colors: TimelineColors,
): void {
  context.save();
  context.translate(left, top);
  context.strokeStyle = colors.states[state].color;
  context.lineWidth = 1.6;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(pathOf(stateLook(state).icon));
  context.restore();
}

/** The text, or as much of it as there is room for, with an ellipsis. */
export function fitted(context: Context, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  for (let length = text.length - 1; length > 0; length -= 1) {
    const cut = `${text.slice(0, length)}…`;
    if (context.measureText(cut).width <= room) return cut;
  }
  return '';
}
