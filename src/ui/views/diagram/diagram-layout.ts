import { ThreadKind } from '../../../abi/slot.ts';
import type { Tid } from '../../../base/ids.ts';
import type { MachineState, ThreadStateName, ThreadView } from '../../../replay/model.ts';
import { layoutBlocked, type Compartment } from './blocked-layout.ts';
import { capacity, flow, type Flow } from './flow.ts';
import { HEADER_HEIGHT, layoutFrame, type Frame } from './frame.ts';
import { around, below, centre, inset, right, type Point, type Rect } from './geometry.ts';
import { layoutSlots, type Slot, type Slots } from './running-layout.ts';
import { layoutShelf, type Chip } from './shelf-layout.ts';
import { SMALLEST_FONT, textWidth, wrapText } from './text-width.ts';
import { NAMED_SIZES, NOTE_GAP, tokenSizes, type TokenSize } from './token-size.ts';
import { shelvedObjects, waitingPlaces, type WaitingPlace } from './waiting-places.ts';

/** Where a thread's token is. */
export interface TokenPlace {
  readonly thread: ThreadView;
  /** Its middle. */
  readonly at: Point;
  readonly size: TokenSize;
  /** Counted by a "+n" instead of being drawn. */
  readonly hidden: boolean;
  /** Written at its right: ticks left, exit code. */
  readonly note: string | null;
}

/** Threads of the library that are folded away in a region: how many, and where that is written. */
export interface Fold {
  readonly state: ThreadStateName;
  readonly count: number;
  readonly rect: Rect;
}

/** "+n" in place of tokens that found no room. */
export interface Remainder {
  readonly key: string;
  readonly count: number;
  readonly rect: Rect;
}

export interface DiagramLayout extends Frame {
  readonly slots: readonly Slot[];
  readonly compartments: readonly Compartment[];
  readonly chips: readonly Chip[];
  /** The lower edge of Ready, where no token ever is: for the hint, and for the button that picks. */
  readonly footer: Rect;
  readonly hint: readonly string[];
  /** In order of tid. */
  readonly tokens: readonly TokenPlace[];
  readonly remainders: readonly Remainder[];
  readonly folds: readonly Fold[];
  /** Threads in each region, without those that are folded away. */
  readonly counts: Readonly<Record<ThreadStateName, number>>;
}

export interface LayoutOptions {
  readonly width: number;
  readonly height: number;
  /** CPUs of the configuration: those of `machine` that were never used have a place too. */
  readonly cpus: number;
  /** The widest label of a CPU. */
  readonly cpuLabel: string;
  readonly marked: (tid: Tid) => boolean;
  /** Ticks that are over: what is still waited for counts from here. */
  readonly now: number;
  /** What one can do in Ready; empty: nothing special. */
  readonly hint: string;
  /** Threads of the library are shown wherever they are; else only while they could run. */
  readonly library?: boolean;
}

interface Group {
  readonly threads: readonly ThreadView[];
  readonly size: TokenSize;
  readonly found: Flow;
  readonly notes: readonly (string | null)[];
}

/** Everything that is drawn, as rectangles and points. Pure; the same for the same machine, size and words. */
export function layoutDiagram(whole: MachineState, options: LayoutOptions): DiagramLayout {
  const away = options.library === true ? [] : whole.threads.filter(isFolded);
  const machine = away.length === 0 ? whole : { ...whole, threads: whole.threads.filter((one) => !away.includes(one)) };
  const places = machine.live ? waitingPlaces(machine).map(withoutDue) : waitingPlaces(machine);
  const shelved = shelvedObjects(machine);
  const cpus = Math.max(1, options.cpus, machine.cpus.length);
  const frame = layoutFrame(options, shelved.length > 0, cpus);
  const folds = foldsIn(frame, away);
  const roomIn = (state: ThreadStateName): Rect => above(bodyOf(frame.regions[state]), folds, state);
  const { footer, hint } = footerOf(frame.regions.Ready, options.hint);
  const queue = queueBody(frame.regions.Ready, footer);
  const sizes = sizesFor(machine, queue, options);
  const { Blocked, Running } = frame.regions;
  const rooms = layoutBlocked(roomIn('Blocked'), places, sizes, options.now);
  // The operating system gives out its CPUs, and tells nobody.
  const running = machine.live ? NO_SLOTS : layoutSlots(below(Running, HEADER_HEIGHT), cpus, sizes, options.cpuLabel);
  const free: readonly ThreadView[] = machine.live ? inState(machine, 'Running') : [];
  const groups: readonly [string, Group][] = [
    ['Running', layoutGroup(bodyOf(Running), free, sizes, 'ltr')],
    ['New', layoutGroup(roomIn('New'), inState(machine, 'New'), sizes, 'ltr')],
    ['Ready', layoutGroup(queue, readyQueue(machine), sizes, 'rtl')],
    ['Terminated', layoutGroup(roomIn('Terminated'), inState(machine, 'Terminated'), sizes, 'ltr')],
  ];
  const remainders: Remainder[] = [];
  for (const [key, { found }] of groups) addRemainder(remainders, key, found);
  for (const { place, hidden } of rooms.compartments) addRemainder(remainders, place.key, hidden);
  const lost = machine.threads.filter(({ state }) => state === 'Blocked').length - waitersIn(rooms.compartments);
  if (lost > 0) remainders.push({ key: 'Blocked', count: lost, rect: inTitle(Blocked, lost) });
  const tokens = [
    ...groups.flatMap(([, group]) => tokensOf(group)),
    ...(running === NO_SLOTS ? [] : runningTokens(machine, running.slots, running.size)),
    ...blockedTokens(machine, rooms.compartments, rooms.size, Blocked),
    ...away.map((thread) => foldedToken(thread, folds, sizes.at(-1) as TokenSize)),
  ];
  return {
    ...frame,
    footer,
    hint,
    slots: running.slots,
    compartments: rooms.compartments,
    chips: layoutShelf(frame.shelf ?? spareStrip(roomIn('Blocked'), rooms.compartments), shelved, rooms.left),
    tokens: tokens.toSorted((a, b) => a.thread.tid - b.thread.tid),
    remainders,
    folds,
    counts: countsOf(machine),
  };
}

/** What waits or is over says nothing about the learner's program; what runs or could run takes CPUs, and is seen. */
function isFolded({ kind, state }: ThreadView): boolean {
  return kind === ThreadKind.LIBRARY && state !== 'Ready' && state !== 'Running';
}

const FOLD_HEIGHT = 16;

/** A line at the bottom of each region in which some are folded away. */
function foldsIn({ regions }: Frame, away: readonly ThreadView[]): readonly Fold[] {
  const states = [...new Set(away.map(({ state }) => state))];
  return states.map((state) => {
    const body = bodyOf(regions[state]);
    const rect = { ...body, y: body.y + body.height - FOLD_HEIGHT + 2, height: FOLD_HEIGHT };
    return { state, count: away.filter((thread) => thread.state === state).length, rect };
  });
}

/** What is left of a region above that line. */
function above(body: Rect, folds: readonly Fold[], state: ThreadStateName): Rect {
  return folds.some((fold) => fold.state === state) ? { ...body, height: body.height - FOLD_HEIGHT } : body;
}

function foldedToken(thread: ThreadView, folds: readonly Fold[], size: TokenSize): TokenPlace {
  return hiddenToken(thread, centre(folds.find(({ state }) => state === thread.state)?.rect as Rect), size);
}

const NO_SLOTS: Slots = { slots: [], size: tokenSizes([], false)[0] as TokenSize };

/** Microseconds that are left say nothing: they are over before one has read them. */
function withoutDue(place: WaitingPlace): WaitingPlace {
  return { ...place, waiters: place.waiters.map(undated) };
}

function undated(thread: ThreadView): ThreadView {
  return thread.blocked === null ? thread : { ...thread, blocked: { ...thread.blocked, until: null } };
}

export function bodyOf(region: Rect): Rect {
  return inset(below(region, HEADER_HEIGHT), 10, 4);
}

/** What the footer leaves, and room at the right for the head of the queue's line. */
function queueBody(ready: Rect, footer: Rect): Rect {
  const body = bodyOf(ready);
  const height = Math.min(body.height, Math.max(0, footer.y - body.y));
  return { ...body, width: body.width - 8, height: footer.y < body.y ? body.height : height };
}

export const HINT_LINE = 14;
const FOOTER_HEIGHT = 24;
/** A lower Ready keeps its room for the queue: the button is then at the right of the title. */
const LOW_READY = 90;
/** From here on the hint may take a third line. */
const HIGH_READY = 124;

function footerOf(ready: Rect, hint: string): { readonly footer: Rect; readonly hint: readonly string[] } {
  const body = bodyOf(ready);
  const low = ready.height < LOW_READY;
  if (low && hint === '') {
    const width = Math.min(body.width, Math.max(90, body.width - 110));
    return { footer: { x: right(body) - width, y: ready.y + 2, width, height: HEADER_HEIGHT - 4 }, hint: [] };
  }
  const lines = wrapText(hint, ready.width - 8, SMALLEST_FONT, low ? 1 : ready.height < HIGH_READY ? 2 : 3);
  const height = Math.max(low ? 0 : FOOTER_HEIGHT, lines.length * HINT_LINE + 2);
  return { footer: { ...body, y: ready.y + ready.height - height - 2, height }, hint: lines };
}

function inState(machine: MachineState, state: ThreadStateName): readonly ThreadView[] {
  return machine.threads.filter((thread) => thread.state === state);
}

/** In the order of dispatch; a Ready thread that the queue does not name comes last. */
function readyQueue(machine: MachineState): readonly ThreadView[] {
  const rank = new Map(machine.ready.map((tid, index) => [tid, index]));
  const of = (thread: ThreadView): number => rank.get(thread.tid) ?? machine.ready.length;
  return inState(machine, 'Ready').toSorted((a, b) => of(a) - of(b) || a.tid - b.tid);
}

/**
 * Sizes at which all threads that still live would fit into Ready, so that tokens change size only when threads are made. No
 * token loses its name for that, though: only a region that is really full shows dots.
 */
function sizesFor(machine: MachineState, body: Rect, options: LayoutOptions): readonly TokenSize[] {
  const { threads } = machine;
  const marked = threads.some((thread) => options.marked(thread.tid));
  const sizes = tokenSizes(
    threads.map((thread) => thread.shortName),
    marked,
  );
  // Of the library's, which mostly wait unseen, there are many: when they are Ready they make do.
  const counts = ({ kind, state }: ThreadView): boolean =>
    state !== 'Terminated' && (options.library === true || kind !== ThreadKind.LIBRARY);
  const live = threads.filter(counts).length;
  const first = sizes.findIndex((size) => capacity(body, size, size.gap) >= live);
  return sizes.slice(first < 0 ? NAMED_SIZES - 1 : Math.min(first, NAMED_SIZES - 1));
}

function layoutGroup(
  body: Rect,
  threads: readonly ThreadView[],
  sizes: readonly TokenSize[],
  direction: 'ltr' | 'rtl',
): Group {
  // Only a process has an exit code.
  const codes = threads.map(({ end, kind }) => (end === null || kind !== ThreadKind.PROCESS ? null : String(end.code)));
  const faults = codes.map((code) => (code === '0' ? null : code));
  const none = threads.map(() => null);
  const named = sizes.filter(({ font }) => font > 0);
  // Exit code 0 goes first, then tokens shrink, then the other codes go, then the names.
  const wishes = [
    ...named.flatMap((size) => [
      { size, notes: codes },
      { size, notes: faults },
    ]),
    ...sizes.map((size) => ({ size, notes: none })),
  ];
  for (const { size, notes } of wishes) {
    const group = groupOf(body, threads, size, notes, direction);
    if (group.found.hidden === 0) return group;
  }
  return groupOf(body, threads, sizes.at(-1) as TokenSize, none, direction);
}

function groupOf(
  body: Rect,
  threads: readonly ThreadView[],
  size: TokenSize,
  notes: readonly (string | null)[],
  direction: 'ltr' | 'rtl',
): Group {
  const beside = Math.max(
    0,
    ...notes.map((note) => (note === null ? 0 : textWidth(note, SMALLEST_FONT) + NOTE_GAP + 2)),
  );
  const item = { width: size.width + beside, height: size.height };
  const found = flow(body, { count: threads.length, item, gap: size.gap, direction, align: 'centre' });
  return { threads, size, found, notes };
}

function tokensOf({ threads, size, found, notes }: Group): readonly TokenPlace[] {
  return threads.map((thread, index) => {
    const rect = found.places[index];
    if (rect === undefined) return hiddenToken(thread, centre(found.more as Rect), size);
    const at = { x: rect.x + size.width / 2, y: rect.y + size.height / 2 };
    return { thread, at, size, hidden: false, note: notes[index] ?? null };
  });
}

function hiddenToken(thread: ThreadView, at: Point, size: TokenSize): TokenPlace {
  return { thread, at, size, hidden: true, note: null };
}

function runningTokens(machine: MachineState, slots: readonly Slot[], size: TokenSize): readonly TokenPlace[] {
  return inState(machine, 'Running').map((thread) => {
    const slot = slots[thread.cpu ?? machine.cpus.indexOf(thread.tid)] ?? (slots[0] as Slot);
    return { thread, at: centre(slot.token), size, hidden: false, note: null };
  });
}

function blockedTokens(
  machine: MachineState,
  rooms: readonly Compartment[],
  size: TokenSize,
  region: Rect,
): readonly TokenPlace[] {
  const placed = new Map<Tid, TokenPlace>();
  const threads = new Map(machine.threads.map((thread) => [thread.tid, thread]));
  for (const { waiters, hidden } of rooms) {
    waiters.forEach(({ tid, rect, ticksLeft }, index) => {
      const thread = threads.get(tid) as ThreadView;
      const note = ticksLeft === null ? null : String(ticksLeft);
      const at = { x: rect.x + size.width / 2, y: rect.y + size.height / 2 };
      const outside = index >= hidden.places.length;
      placed.set(tid, outside ? hiddenToken(thread, centre(rect), size) : { thread, at, size, hidden: false, note });
    });
  }
  return inState(machine, 'Blocked').map(
    (thread) => placed.get(thread.tid) ?? hiddenToken(thread, centre(region), size),
  );
}

function waitersIn(compartments: readonly Compartment[]): number {
  return compartments.reduce((sum, { waiters }) => sum + waiters.length, 0);
}

/** Beside the title of Blocked: waiters whose compartment found no room. */
function inTitle(blocked: Rect, count: number): Rect {
  const width = textWidth(`+${count}`, SMALLEST_FONT) + 2;
  return { x: blocked.x + blocked.width / 2, y: blocked.y + 4, width, height: 16 };
}

/** Where objects without a compartment go when there is no shelf: what the compartments leave of Blocked. */
function spareStrip(body: Rect, compartments: readonly Compartment[]): Rect | null {
  const used = Math.max(body.y, ...compartments.map(({ rect }) => rect.y + rect.height + 6));
  const height = body.y + body.height - used;
  return height < 24 ? null : { ...body, y: used, height: Math.min(26, height) };
}

function addRemainder(remainders: Remainder[], key: string, { hidden, more }: Flow): void {
  if (hidden === 0 || more === null) return;
  const middle = centre(more);
  const width = Math.min(more.width, textWidth(`+${hidden}`, SMALLEST_FONT) + 2);
  remainders.push({ key, count: hidden, rect: around(middle, width, Math.min(more.height, 18)) });
}

function countsOf(machine: MachineState): DiagramLayout['counts'] {
  const counts = { New: 0, Ready: 0, Running: 0, Blocked: 0, Terminated: 0 };
  for (const thread of machine.threads) counts[thread.state] += 1;
  return counts;
}
