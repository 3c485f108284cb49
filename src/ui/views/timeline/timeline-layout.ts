/**
 * Geometry of the timeline, in CSS pixels and ticks: where a tick lies, which row a point belongs to, how zoom and pan
 * change the view. Pure; nothing here draws or reads the log.
 *
 *            gutter        plot
 *          ┌────────┬──────────────────┐
 *   axis   │        │ 0    10    20    │
 *          ├────────┼──────────────────┤
 *   rows   │ CPU 0  │ ▆▆▆▆▆▆▆▆▆▆       │   CPU rows first, then one row a thread;
 *          │ P1     │ ▆▆░░▆▆··········▆ │   all of them scroll together
 *          └────────┴──────────────────┘
 */

/** The size of everything; changes with the box, the number of threads and the options. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly axis: number;
  readonly cpus: number;
  readonly cpuHeight: number;
  readonly lanes: number;
  readonly laneHeight: number;
  /** Ticks are microseconds of a live run: many, and none of them worth seeing. */
  readonly live: boolean;
}

/** What is seen of it. `start`: tick at the left edge of the plot; `scale`: pixels a tick; `scroll`: rows, in pixels. */
export interface View {
  readonly start: number;
  readonly scale: number;
  readonly scroll: number;
}

export interface RowRange {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

export type Spot =
  | { readonly area: 'axis'; readonly tick: number }
  | { readonly area: 'cpu'; readonly row: number; readonly tick: number }
  | { readonly area: 'lane'; readonly row: number; readonly tick: number }
  | { readonly area: 'label'; readonly row: number }
  | { readonly area: 'none' };

/** Widest a tick can be drawn. */
export const MAX_SCALE = 160;
/** Widest a microsecond can be drawn: some hundreds of them fill the view. */
const MAX_LIVE_SCALE = 4;
/** A run that is looked at for the first time is drawn no wider and no narrower than this. */
const COMFORTABLE_SCALE = { min: 6, max: 36 };
/** Room left of tick 0 and right of the end, so that the cursor's handle is never cut off. */
export const MARGIN = 14;
/** Space between the CPU rows and the lanes. */
const CPU_GAP = 6;
const NARROW = 560;

/** Few lanes grow into the room there is, up to this. */
const LARGEST_LANE = 40;

/** How wide the labels of the lanes are, at least and at most. */
const GUTTER = { min: 148, max: 210, narrow: 58 };

/** Sizes for a box: on a narrow one the labels shrink to the short names. `label`: pixels that the widest of them would take. */
export function frameFor(
  box: { width: number; height: number },
  lanes: number,
  cpus: number,
  live = false,
  label = 0,
): Frame {
  const narrow = box.width < NARROW;
  const sizes = { axis: 26, cpuHeight: 20 };
  const room = box.height - sizes.axis - (cpus === 0 ? 0 : cpus * sizes.cpuHeight + CPU_GAP);
  return {
    width: box.width,
    height: box.height,
    gutter: Math.min(narrow ? GUTTER.narrow : clamp(label, GUTTER.min, GUTTER.max), box.width / 3),
    ...sizes,
    cpus,
    lanes,
    live,
    laneHeight: clamp(Math.floor(room / Math.max(1, lanes)), narrow ? 26 : 28, LARGEST_LANE),
  };
}

export function plotWidth(frame: Frame): number {
  return Math.max(1, frame.width - frame.gutter);
}

export function xOf(frame: Frame, view: View, tick: number): number {
  return frame.gutter + (tick - view.start) * view.scale;
}

export function tickAt(frame: Frame, view: View, x: number): number {
  return view.start + (x - frame.gutter) / view.scale;
}

/** Tick at the right edge of the plot. */
export function viewEnd(frame: Frame, view: View): number {
  return view.start + plotWidth(frame) / view.scale;
}

/** Pixels of all rows together. */
export function rowsHeight(frame: Frame): number {
  return cpuBlock(frame) + frame.lanes * frame.laneHeight;
}

function cpuBlock(frame: Frame): number {
  return frame.cpus === 0 ? 0 : frame.cpus * frame.cpuHeight + CPU_GAP;
}

export function scrollLimit(frame: Frame): number {
  return Math.max(0, rowsHeight(frame) - (frame.height - frame.axis));
}

/** Upper edge of a CPU's row on the canvas. */
export function cpuTop(frame: Frame, view: View, cpu: number): number {
  return frame.axis - view.scroll + cpu * frame.cpuHeight;
}

/** Upper edge of a lane on the canvas. */
export function laneTop(frame: Frame, view: View, lane: number): number {
  return frame.axis - view.scroll + cpuBlock(frame) + lane * frame.laneHeight;
}

export function visibleLanes(frame: Frame, view: View): RowRange {
  return visibleRows(laneTop(frame, view, 0), frame.laneHeight, frame.lanes, frame);
}

export function visibleCpus(frame: Frame, view: View): RowRange {
  return visibleRows(cpuTop(frame, view, 0), frame.cpuHeight, frame.cpus, frame);
}

function visibleRows(top: number, height: number, count: number, frame: Frame): RowRange {
  const first = clamp(Math.floor((frame.axis - top) / height), 0, count);
  return { first, end: clamp(Math.ceil((frame.height - top) / height), first, count) };
}

export function spotAt(frame: Frame, view: View, x: number, y: number): Spot {
  const inPlot = x >= frame.gutter;
  const tick = tickAt(frame, view, x);
  if (y < frame.axis) return inPlot ? { area: 'axis', tick } : { area: 'none' };
  const cpu = Math.floor((y - cpuTop(frame, view, 0)) / frame.cpuHeight);
  if (cpu >= 0 && cpu < frame.cpus) return inPlot ? { area: 'cpu', row: cpu, tick } : { area: 'none' };
  const row = Math.floor((y - laneTop(frame, view, 0)) / frame.laneHeight);
  if (row < 0 || row >= frame.lanes) return { area: 'none' };
  return inPlot ? { area: 'lane', row, tick } : { area: 'label', row };
}

function maxScale({ live }: Frame): number {
  return live ? MAX_LIVE_SCALE : MAX_SCALE;
}

/** Pixels a tick at which the whole run is seen. */
export function fittingScale(frame: Frame, extent: number): number {
  return Math.min(maxScale(frame), Math.max(1, plotWidth(frame) - 2 * MARGIN) / Math.max(1, extent));
}

/** The nearest allowed view: never further out than the whole run, never past its ends. `extent` is the run's length. */
export function clampView(frame: Frame, view: View, extent: number): View {
  const scale = clamp(view.scale, Math.min(fittingScale(frame, extent), COMFORTABLE_SCALE.min), maxScale(frame));
  const margin = MARGIN / scale;
  const last = Math.max(-margin, extent + margin - plotWidth(frame) / scale);
  return { start: clamp(view.start, -margin, last), scale, scroll: clamp(view.scroll, 0, scrollLimit(frame)) };
}

/** Zooms so that the tick under `x` stays under it (unless an end of the run is in the way). */
export function zoomAt(frame: Frame, view: View, x: number, factor: number, extent: number): View {
  const wanted = clampView(frame, { ...view, scale: view.scale * factor }, extent).scale;
  const start = tickAt(frame, view, x) - (x - frame.gutter) / wanted;
  return clampView(frame, { ...view, start, scale: wanted }, extent);
}

/** Moves the picture by so many pixels: positive `dx` shows earlier ticks, positive `dy` earlier rows. */
export function panBy(frame: Frame, view: View, dx: number, dy: number, extent: number): View {
  return clampView(frame, { ...view, start: view.start - dx / view.scale, scroll: view.scroll - dy }, extent);
}

export function fitView(frame: Frame, view: View, extent: number): View {
  return clampView(frame, { ...view, start: 0, scale: fittingScale(frame, extent) }, extent);
}

/**
 * The view before anybody has zoomed: everything, as long as ticks stay comfortably wide. While the run still grows its
 * length is rounded up, so that the scale changes a few times and not at every step.
 */
export function firstView(frame: Frame, view: View, extent: number, growing: boolean): View {
  if (frame.live) return fitView(frame, view, extent);
  const fitting = fittingScale(frame, growing ? roundedUp(extent) : extent);
  return clampView(frame, { ...view, scale: clamp(fitting, COMFORTABLE_SCALE.min, COMFORTABLE_SCALE.max) }, extent);
}

function roundedUp(extent: number): number {
  let rounded = 30;
  while (rounded * 0.94 < extent) rounded = Math.ceil(rounded * 1.5);
  return rounded;
}

/** Brings a tick into the middle part of the plot, if it is not there. */
export function reveal(frame: Frame, view: View, tick: number, extent: number): View {
  const width = plotWidth(frame) / view.scale;
  const place = (tick - view.start) / width;
  if (place >= 0.04 && place <= 0.92) return view;
  const wanted = place > 0.92 ? 0.75 : 0.25;
  return clampView(frame, { ...view, start: tick - wanted * width }, extent);
}

/** Scrolls just so far that a lane is wholly seen. */
export function revealLane(frame: Frame, view: View, lane: number): View {
  const above = frame.axis - laneTop(frame, view, lane);
  const below = laneTop(frame, view, lane + 1) - frame.height;
  const shift = above > 0 ? -above : Math.max(0, below);
  return shift === 0 ? view : { ...view, scroll: clamp(view.scroll + shift, 0, scrollLimit(frame)) };
}

/** The smallest of 1, 2, 5, 10, 20, 50 … ticks that is at least `pixels` wide. */
export function niceStep(scale: number, pixels: number): number {
  const wanted = pixels / scale;
  if (wanted <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const digit = wanted / power;
  // Rounding keeps 2.0000000000000004 from becoming 5.
  return power * ([1, 2, 5, 10].find((nice) => nice >= digit - 1e-9) ?? 10);
}

/** The ticks to label, all multiples of `step`, none before 0. */
export function axisTicks(frame: Frame, view: View): { readonly step: number; readonly ticks: readonly number[] } {
  const step = niceStep(view.scale, labelWidth(viewEnd(frame, view)) + (frame.live ? 52 : 28));
  const ticks: number[] = [];
  for (let tick = Math.max(0, Math.ceil(view.start / step) * step); tick <= viewEnd(frame, view); tick += step) {
    ticks.push(tick);
  }
  return { step, ticks };
}

function labelWidth(tick: number): number {
  return 7 * String(Math.max(0, Math.ceil(tick))).length;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
