import { Kind } from '../../../abi/record.ts';
import type { Tid } from '../../../base/ids.ts';
import { invariant } from '../../../base/invariant.ts';
import type { LogStore } from '../../../replay/log-store.ts';
import type { MachineState } from '../../../replay/model.ts';
import type { Spans } from '../../../replay/spans.ts';
import { derivedOf, type Derived } from '../../state/derived.ts';
import { CpuSpans } from './cpu-spans.ts';
import type { TimeFormat } from './timeline-axis.ts';
import { InterpreterSpans } from './interpreter-spans.ts';
import { readColors, type TimelineColors } from './timeline-colors.ts';
import type { HolderRow } from './timeline-cpus.ts';
import { TimelinePainter, type Picture } from './timeline-draw.ts';
import { TimelineGestures, type GestureTarget } from './timeline-gestures.ts';
import { widestLabel, type Lane } from './timeline-labels.ts';
import {
  clamp,
  clampView,
  firstView,
  fitView,
  frameFor,
  plotWidth,
  reveal,
  revealLane,
  xOf,
  zoomAt,
  type Frame,
  type Spot,
  type View,
} from './timeline-layout.ts';
import { placeOf, recordAt } from './timeline-place.ts';

/** What the lab shows now. */
export interface SceneInput {
  readonly log: LogStore;
  readonly run: number;
  readonly records: number;
  readonly cursor: number;
  readonly machine: MachineState;
  readonly selected: Tid | null;
  readonly hovered: Tid | null;
  readonly showCpus: boolean;
  /** The threads of each process share an interpreter: whoever of them runs holds its lock. */
  readonly interpreters?: boolean;
  /** Threads of the library have lanes, too. */
  readonly library?: boolean;
  readonly format: TimeFormat;
}

/** What lies under the pointer, for the tooltip. */
export interface Pointed {
  readonly x: number;
  readonly y: number;
  /** Of the canvas. */
  readonly width: number;
  readonly height: number;
  readonly tid: Tid;
  readonly span: number;
  readonly tick: number;
}

export interface SceneActions {
  seek(record: number): void;
  select(tid: Tid): void;
  hover(tid: Tid | null): void;
  point(pointed: Pointed | null): void;
}

/** The start of a run; arranging brings it to the left margin. */
const HOME: View = { start: Number.NEGATIVE_INFINITY, scale: 10, scroll: 0 };

/** Who chose the scale: the length of the run, "show all", or the user's zoom. */
type Zoom = 'first' | 'whole' | 'free';

/**
 * The timeline on its canvas: holds the view, redraws in the next frame when anything has changed, and never otherwise.
 */
export class TimelineScene implements GestureTarget {
  readonly #canvas: HTMLCanvasElement;
  readonly #actions: SceneActions;
  readonly #painter: TimelinePainter;
  readonly #gestures: TimelineGestures;
  readonly #watching: (() => void)[] = [];
  #colors: TimelineColors | null = null;
  #input: SceneInput | null = null;
  #lanes: readonly Lane[] = [];
  #holders: readonly HolderRow[] = [];
  #frame: Frame = frameFor({ width: 300, height: 100 }, 0, 0);
  #view: View = HOME;
  #zoom: Zoom = 'first';
  /** Place of the cursor while it is dragged: it follows the pointer, not the steps. */
  #dragged: number | null = null;
  #pointed: Picture['pointed'] = null;
  #request = 0;

  constructor(canvas: HTMLCanvasElement, actions: SceneActions) {
    const context = canvas.getContext('2d', { alpha: false });
    invariant(context !== null, 'a canvas has a 2D context', 'timeline');
    this.#canvas = canvas;
    this.#actions = actions;
    this.#painter = new TimelinePainter(context);
    this.#gestures = new TimelineGestures(canvas, this);
    this.#watch();
    this.#resize();
  }

  /** Lets go of everything that was listened to. */
  stop(): void {
    cancelAnimationFrame(this.#request);
    this.#gestures.stop();
    for (const stop of this.#watching) stop();
  }

  get frame(): Frame {
    return this.#frame;
  }

  get view(): View {
    return this.#view;
  }

  get extent(): number {
    return this.#input === null ? 1 : Math.max(1, derivedOf(this.#input.log).spans.end);
  }

  get cursorX(): number {
    return xOf(this.#frame, this.#view, this.#place());
  }

  show(input: SceneInput): void {
    const before = this.#input;
    this.#input = input;
    if (before?.run !== input.run) {
      this.#zoom = 'first';
      this.#view = HOME;
    }
    const isSame = before?.run === input.run && before.records === input.records && before.library === input.library;
    if (!isSame || before.machine !== input.machine) {
      this.#lanes = lanesOf(derivedOf(input.log), input.machine, input.library === true);
    }
    this.#arrange();
    if ((before?.run !== input.run || before.cursor !== input.cursor) && !this.#gestures.holding) {
      this.#view = reveal(this.#frame, this.#view, this.#place(), this.extent);
    }
    if (before?.selected !== input.selected) this.#revealSelected();
    this.#redraw();
  }

  /** Zooms in or out around the cursor, if it is in view, else around the middle. */
  zoom(factor: number): void {
    const { gutter, width } = this.#frame;
    const x = this.cursorX;
    const around = x >= gutter && x <= width ? x : gutter + plotWidth(this.#frame) / 2;
    this.look(zoomAt(this.#frame, this.#view, around, factor, this.extent));
  }

  /** The whole run; it stays whole while it grows, until the next zoom. */
  fit(): void {
    this.#zoom = 'whole';
    this.#arrange();
    this.#redraw();
  }

  /** Selects the thread of the next (1) or previous (-1) lane. */
  selectNext(direction: 1 | -1): void {
    const count = this.#lanes.length;
    if (count === 0) return;
    const row = this.#lanes.findIndex((lane) => lane.tid === this.#input?.selected);
    const next = row < 0 ? (direction === 1 ? 0 : count - 1) : clamp(row + direction, 0, count - 1);
    this.#actions.select((this.#lanes[next] as Lane).tid);
  }

  // GestureTarget

  look(view: View): void {
    if (view.scale !== this.#view.scale) this.#zoom = 'free';
    this.#view = view;
    this.#redraw();
  }

  drag(tick: number, grabbed: boolean): void {
    const input = this.#input;
    if (input === null) return;
    this.#dragged = grabbed ? tick : null;
    this.#actions.seek(recordAt(input.log, derivedOf(input.log).steps, tick));
    this.#redraw();
  }

  click(spot: Spot): void {
    const input = this.#input;
    if (input === null) return;
    const tid = this.#tidOf(spot);
    if (tid !== null) this.#actions.select(tid);
    if (spot.area !== 'lane' && spot.area !== 'cpu') return;
    const { steps, spans } = derivedOf(input.log);
    // Behind the step that fills the tick: what was clicked has happened then.
    const record = recordAt(input.log, steps, Math.floor(Math.max(0, spot.tick)) + 1);
    this.#actions.seek(tid === null ? record : withinSpan(spans, tid, spot.tick, record));
  }

  point(spot: Spot | null, x: number, y: number): void {
    const input = this.#input;
    if (input === null) return;
    const tid = spot === null ? null : this.#tidOf(spot);
    if (tid !== input.hovered) this.#actions.hover(tid);
    const found = spot !== null && spot.area === 'lane' && tid !== null ? this.#spanUnder(tid, spot.tick) : -1;
    if (found < 0 || tid === null || spot === null || spot.area !== 'lane') {
      this.#setPointed(null);
      return this.#actions.point(null);
    }
    const { spans } = derivedOf(input.log);
    this.#setPointed({ row: spot.row, from: spans.startOf(tid, found), to: spans.endOf(tid, found) });
    const { width, height } = this.#frame;
    this.#actions.point({ x, y, width, height, tid, span: found, tick: Math.floor(spot.tick) });
  }

  #spanUnder(tid: Tid, tick: number): number {
    const { spans } = derivedOf((this.#input as SceneInput).log);
    return tick < 0 || tick >= spans.end ? -1 : spans.spanAt(tid, tick);
  }

  #tidOf(spot: Spot): Tid | null {
    const input = this.#input;
    if (input === null) return null;
    if (spot.area === 'lane' || spot.area === 'label') return this.#lanes[spot.row]?.tid ?? null;
    if (spot.area !== 'cpu') return null;
    const holder = this.#holders[spot.row];
    const tid = holder?.spans.tidAt(holder.row, spot.tick);
    return this.#lanes.find((lane) => lane.tid === tid)?.tid ?? null;
  }

  #setPointed(pointed: Picture['pointed']): void {
    if (pointed === null && this.#pointed === null) return;
    this.#pointed = pointed;
    this.#redraw();
  }

  #place(): number {
    if (this.#dragged !== null) return this.#dragged;
    if (this.#input === null) return 0;
    const { log, cursor } = this.#input;
    return placeOf(log, derivedOf(log).steps, cursor);
  }

  /** Sizes and limits anew, after the box, the run or the options have changed. */
  #arrange(): void {
    const input = this.#input;
    if (input === null) return;
    this.#holders = holdersOf(input);
    const { length } = this.#holders;
    this.#frame = frameFor(this.#frame, this.#lanes.length, length, input.log.live, widestLabel(this.#lanes));
    this.#view = ARRANGED[this.#zoom](this.#frame, this.#view, this.extent, !isOver(input.log));
  }

  #revealSelected(): void {
    const row = this.#lanes.findIndex((lane) => lane.tid === this.#input?.selected);
    if (row >= 0) this.#view = revealLane(this.#frame, this.#view, row);
  }

  #watch(): void {
    const sizes = new ResizeObserver(() => this.#resize());
    sizes.observe(this.#canvas);
    const repaint = (): void => {
      this.#colors = null;
      this.#redraw();
    };
    const theme = new MutationObserver(repaint);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
    const fonts = document.fonts;
    fonts.addEventListener('loadingdone', repaint);
    this.#watching.push(
      () => sizes.disconnect(),
      () => theme.disconnect(),
      () => fonts.removeEventListener('loadingdone', repaint),
    );
  }

  #resize(): void {
    const { width, height } = this.#canvas.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const ratio = globalThis.devicePixelRatio;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#frame = frameFor(
      { width, height },
      this.#frame.lanes,
      this.#frame.cpus,
      this.#frame.live,
      widestLabel(this.#lanes),
    );
    if (this.#colors?.ratio !== ratio) this.#colors = null;
    this.#arrange();
    // The new size has emptied the canvas: waiting for the next frame would flicker.
    this.draw();
  }

  #redraw(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(() => this.draw());
  }

  /** Draws now. */
  draw(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    const input = this.#input;
    if (input === null) return;
    this.#colors ??= readColors(this.#canvas, globalThis.devicePixelRatio);
    const derived = derivedOf(input.log);
    this.#painter.draw(
      {
        frame: this.#frame,
        view: this.#view,
        lanes: this.#lanes,
        spans: derived.spans,
        marks: derived.marks,
        holders: this.#holders,
        nameOf: (tid) => derived.replay.shortNameOf(tid),
        cursor: this.#place(),
        selected: input.selected,
        hovered: input.hovered,
        pointed: this.#pointed,
        format: input.format,
      },
      this.#colors,
    );
  }
}

/** Nothing more will come: the run can be fitted to the box exactly. */
function isOver(log: LogStore): boolean {
  return log.count > 0 && log.kind(log.count - 1) === Kind.END;
}

/** The record, or the nearest one at which the thread is in the state that it has at this tick. */
function withinSpan(spans: Spans, tid: Tid, tick: number, record: number): number {
  const span = spans.spanAt(tid, tick);
  if (span < 0) return record;
  const last = span + 1 < spans.countOf(tid) ? spans.recordOf(tid, span + 1) : record;
  return clamp(record, spans.recordOf(tid, span) + 1, Math.max(last, spans.recordOf(tid, span) + 1));
}

const ARRANGED: Readonly<Record<Zoom, typeof firstView>> = { first: firstView, whole: fitView, free: clampView };

/** With more locks than this, their rows would leave no room for the lanes. */
const MOST_LOCKS = 4;

/** Rows of the CPUs, and under them those of the interpreter locks. */
function holdersOf({ log, machine, showCpus, interpreters = false }: SceneInput): HolderRow[] {
  const derived = derivedOf(log);
  const rows: HolderRow[] = [];
  if (showCpus) {
    const spans = derived.of(CpuSpans);
    for (let row = 0; row < Math.max(machine.cpus.length, spans.rows); row += 1) {
      rows.push({ label: `CPU ${row}`, spans, row });
    }
  }
  if (interpreters) {
    const spans = derived.of(InterpreterSpans);
    for (let row = 0; row < Math.min(spans.rows, MOST_LOCKS); row += 1) {
      const main = spans.processOf(row);
      rows.push({ label: main === null ? 'GIL' : `GIL ${derived.replay.shortNameOf(main)}`, spans, row });
    }
  }
  return rows;
}

/** One lane for every thread of the log, also for those that do not exist yet at the cursor. */
function lanesOf(derived: Derived, machine: MachineState, library: boolean): Lane[] {
  const { replay, spans } = derived;
  const states = new Map(machine.threads.map((thread) => [thread.tid, thread.state]));
  const lanes: Lane[] = [];
  for (let tid = 1 as Tid; tid < spans.lanes; tid = (tid + 1) as Tid) {
    if (spans.countOf(tid) === 0 || (!library && replay.isLibrary(tid))) continue;
    const names = { shortName: replay.shortNameOf(tid), name: replay.nameOf(tid) };
    lanes.push({ tid, ...names, library: replay.isLibrary(tid), state: states.get(tid) ?? null });
  }
  return lanes;
}
