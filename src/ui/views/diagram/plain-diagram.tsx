import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactElement,
  type RefObject,
} from 'react';
import { ThreadKind } from '../../../abi/slot.ts';
import type { Tid } from '../../../base/ids.ts';
import { RunEnd } from '../../../abi/record.ts';
import type { MachineState, ThreadView } from '../../../replay/model.ts';
import type { Translate } from '../../texts/translate.ts';
import { threadLook } from '../palette/thread-look.ts';
import { placeOf } from './cause-words.ts';
import { DiagramDrawing } from './diagram-drawing.ts';
import { listen } from './diagram-gestures.ts';
import { clamp } from './geometry.ts';
import { layoutDiagram, type DiagramLayout, type TokenPlace } from './diagram-layout.ts';
import { diagramWords, type DiagramWords } from './diagram-words.ts';
import { litArrows, type Change } from './lit-arrows.ts';
import { planMotion, type Stage } from './motion-plan.ts';
import { MOST_STAGES, SHORTEST_MOTION_MS, type Passage } from './passage.ts';
import { BOLD, textWidth } from './text-width.ts';
import './diagram.css';

export interface PlainDiagramProps {
  readonly machine: MachineState;
  /** CPUs of the configuration. */
  readonly cpus: number;
  /** Changes of the step at the cursor: a function of the cursor, not of the way there. Their arrows are lit. */
  readonly changes: readonly Change[];
  /** What was passed on the way from the machine shown before to this one, in order; empty: tokens move directly. */
  readonly passagesSince: (before: MachineState) => readonly Passage[];
  /** Ticks that are over at a machine; without it, those before its tick. */
  readonly ticksOver?: (machine: MachineState) => number;
  /** The longest a motion may take; below `SHORTEST_MOTION_MS` there is none. */
  readonly motionMs: number;
  readonly t: Translate;
  readonly selected: Tid | null;
  readonly hovered: Tid | null;
  /** Whether a Ready thread can be told to run next. */
  readonly pickable: boolean;
  /** The threads of a process share an interpreter, which one of them has. */
  readonly interpreters?: boolean;
  /** It is told so by a press on its token: there is no button then, but a hint. */
  readonly pressPicks?: boolean;
  /** Threads of the library are shown wherever they are. */
  readonly library?: boolean;
  readonly onHover: (tid: Tid | null) => void;
  readonly onSelect: (tid: Tid | null) => void;
  readonly onPick: (tid: Tid) => void;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The five regions and the threads in them. Fills its parent; scrolls when that is smaller than the smallest drawing. */
export function PlainDiagram(props: PlainDiagramProps): ReactElement {
  const {
    machine,
    cpus,
    ticksOver = tickOf,
    t,
    selected,
    hovered,
    pickable,
    pressPicks = false,
    library = false,
  } = props;
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const size = useSize(box);
  const words = useMemo(() => diagramWords(t), [t]);
  const layout = useMemo(
    () => (size === null ? null : layOut(machine, { ...size, cpus, words, ticksOver, pressPicks, library })),
    [machine, size, cpus, words, ticksOver, pressPicks, library],
  );
  useDrawing(svg, layout, words, props);
  useGestures(svg, props);
  const meant = useLastMeant(hovered, selected);
  const candidate = pickable && !pressPicks ? candidateOf(layout, hovered, selected, meant) : null;
  return (
    <div ref={box} className="state-diagram">
      <svg
        ref={svg}
        role="group"
        aria-label={t('panel.diagram')}
        width={layout?.width}
        height={layout?.height}
        viewBox={layout === null ? undefined : `0 0 ${layout.width} ${layout.height}`}
      />
      {candidate === null || layout === null ? null : (
        <RunNext
          token={candidate}
          layout={layout}
          name={pickWords(candidate.thread, props)}
          t={t}
          onHover={props.onHover}
          onPick={props.onPick}
        />
      )}
    </div>
  );
}

const marked = (tid: Tid): boolean => threadLook(tid).mark !== 'none';

const tickOf = ({ tick }: MachineState): number => tick;

interface Wanted extends Size, Required<Pick<PlainDiagramProps, 'cpus' | 'ticksOver' | 'pressPicks' | 'library'>> {
  readonly words: DiagramWords;
}

function layOut(machine: MachineState, { words, ticksOver, pressPicks, library, ...size }: Wanted): DiagramLayout {
  const { width, height, cpus } = size;
  const hint = pressPicks ? words.pickHint : '';
  return layoutDiagram(machine, {
    width,
    height,
    cpus,
    cpuLabel: words.cpu(cpus - 1),
    marked,
    now: ticksOver(machine),
    hint,
    library,
  });
}

function useSize(box: RefObject<HTMLDivElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0) setSize((last) => (last?.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** Draws whatever has changed; plays a motion when it was the machine. */
function useDrawing(
  svg: RefObject<SVGSVGElement | null>,
  layout: DiagramLayout | null,
  words: DiagramWords,
  props: PlainDiagramProps,
): void {
  const { machine, changes, selected, hovered, t } = props;
  const drawing = useRef<DiagramDrawing | null>(null);
  const shown = useRef<{ machine: MachineState; layout: DiagramLayout } | null>(null);
  const latest = useLatest(props);
  useLayoutEffect(() => {
    if (svg.current === null || layout === null) return;
    drawing.current ??= new DiagramDrawing(svg.current);
    const marks = { selected, hovered, describe: (token: TokenPlace) => describe(token, machine, t) };
    const deadlocked = machine.end?.kind === RunEnd.DEADLOCK;
    drawing.current.draw({ layout, words, lit: litArrows(changes, words.arrow), deadlocked, marks });
  }, [svg, layout, words, machine, changes, selected, hovered, t]);
  useLayoutEffect(() => {
    if (layout === null) return;
    const before = shown.current;
    shown.current = { machine, layout };
    if (before === null || before.layout === layout) return;
    drawing.current?.finish();
    const sameView = before.layout.width === layout.width && before.layout.height === layout.height;
    if (before.machine === machine || !sameView || !mayMove(latest.current)) return;
    const plan = planMotion(
      before.layout,
      stagesTo(before.machine, layout, latest.current, words),
      latest.current.motionMs,
    );
    void drawing.current?.play(plan);
  }, [machine, layout, words, latest]);
}

function mayMove({ motionMs }: PlainDiagramProps): boolean {
  return motionMs >= SHORTEST_MOTION_MS && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function stagesTo(
  before: MachineState,
  layout: DiagramLayout,
  { passagesSince, cpus, ticksOver = tickOf, pressPicks = false, library = false }: PlainDiagramProps,
  words: DiagramWords,
): readonly Stage[] {
  const passages = passagesSince(before);
  const size = { width: layout.width, height: layout.height };
  if (passages.length === 0 || passages.length > MOST_STAGES) return [{ layout, change: null }];
  return passages.map(({ machine, change }, index) => ({
    layout:
      index === passages.length - 1
        ? layout
        : layOut(machine, { ...size, cpus, words, ticksOver, pressPicks, library }),
    change,
  }));
}

function useGestures(svg: RefObject<SVGSVGElement | null>, props: PlainDiagramProps): void {
  const latest = useLatest(props);
  useEffect(() => {
    if (svg.current === null) return undefined;
    return listen(svg.current, () => ({
      onHover: latest.current.onHover,
      onSelect: latest.current.onSelect,
      pressPicks: latest.current.pressPicks ?? false,
      onPick: (tid) => {
        const { machine, pickable, onPick } = latest.current;
        const ready = machine.threads.some((thread) => thread.tid === tid && thread.state === 'Ready');
        if (pickable && ready) onPick(tid);
        return pickable && ready;
      },
    }));
  }, [svg, latest]);
}

/** The props of the last render, for effects that must not run anew when they change. */
function useLatest(props: PlainDiagramProps): RefObject<PlainDiagramProps> {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  return latest;
}

/** Everything that the token and what stands beside it say. */
function describe({ thread, note }: TokenPlace, machine: MachineState, t: Translate): string {
  const { shortName } = thread;
  const name = thread.kind === ThreadKind.LIBRARY ? t('diagram.libraryThread', { name: shortName }) : shortName;
  const state = t(`state.${thread.state}.plain`);
  if (thread.state === 'Blocked') {
    const place = placeOf(thread, machine, t);
    const left = note === null ? '' : ` (${t('diagram.ticksLeft')} ${note})`;
    return t('diagram.threadAt', { name, state, place: `${place}${left}` });
  }
  if (thread.end !== null) return t('diagram.threadAt', { name, state, place: String(thread.end.code) });
  if (thread.state !== 'Running' || thread.cpu === null) return t('diagram.thread', { name, state });
  return t('diagram.threadAt', { name, state, place: t('diagram.cpu', { number: thread.cpu }) });
}

/** The thread pointed at last: on its way to the button the pointer leaves the token. */
function useLastMeant(hovered: Tid | null, selected: Tid | null): Tid | null {
  const [meant, setMeant] = useState<Tid | null>(null);
  const now = hovered ?? selected;
  if (now !== null && now !== meant) setMeant(now);
  return meant;
}

/** The Ready thread that the reader means. */
function candidateOf(
  layout: DiagramLayout | null,
  hovered: Tid | null,
  selected: Tid | null,
  last: Tid | null,
): TokenPlace | null {
  const meant = (tid: Tid | null): TokenPlace | null =>
    layout?.tokens.find(({ thread, hidden }) => thread.tid === tid && thread.state === 'Ready' && !hidden) ?? null;
  return meant(hovered) ?? meant(selected) ?? meant(last);
}

interface RunNextProps {
  readonly token: TokenPlace;
  readonly layout: DiagramLayout;
  /** What a press does. */
  readonly name: string;
  readonly t: Translate;
  readonly onHover: (tid: Tid | null) => void;
  readonly onPick: (tid: Tid) => void;
}

/** A thread that is picked takes the interpreter from the one of its process that has it, and the CPU with it. */
function pickWords({ tid, pid, shortName }: ThreadView, { machine, interpreters, t }: PlainDiagramProps): string {
  const holder = machine.threads.find((one) => one.pid === pid && one.tid !== tid && one.state === 'Running');
  if (interpreters !== true || holder === undefined) return t('diagram.runNextName', { name: shortName });
  return t('diagram.runNextInstead', { name: shortName, holder: holder.shortName });
}

const BUTTON_HEIGHT = 22;
const HALF_BUTTON = 50;
/** As in diagram.css. */
const BUTTON_FONT = 11.5;
const BUTTON_PADDING = 8;

/** Stands in the footer of Ready, below its token as far as there is room: it covers no token and no word. Without the name where that is too long. */
function RunNext({ token, layout, name, t, onHover, onPick }: RunNextProps): ReactElement {
  const { tid, shortName } = token.thread;
  const { footer } = layout;
  const middle = footer.x + footer.width / 2;
  const left =
    footer.width <= 2 * HALF_BUTTON
      ? middle
      : clamp(token.at.x, footer.x + HALF_BUTTON, footer.x + footer.width - HALF_BUTTON);
  const whole = `${shortName} · ${t('diagram.runNext')}`;
  const fits = textWidth(whole, BUTTON_FONT * BOLD) + 2 * BUTTON_PADDING <= footer.width;
  const style: CSSProperties = { left, top: footer.y + (footer.height - BUTTON_HEIGHT) / 2, maxWidth: footer.width };
  return (
    <button
      type="button"
      className="run-next"
      style={style}
      title={name}
      aria-label={whole}
      onPointerEnter={() => onHover(tid)}
      onPointerLeave={() => onHover(null)}
      onClick={() => onPick(tid)}
    >
      {fits ? whole : t('diagram.runNext')}
    </button>
  );
}
