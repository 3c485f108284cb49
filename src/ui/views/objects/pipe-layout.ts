import { PartRole } from '../../../abi/objects.ts';
import type { Pid } from '../../../base/ids.ts';
import type { MachineState, ObjectView, PipeItem, PipeView, ThreadView } from '../../../replay/model.ts';
import { BOLD, fitText, textWidth } from '../diagram/text-width.ts';
import type { DrawingWords } from './drawing-words.ts';
import {
  BADGE_HEIGHT,
  badgeWidth,
  FONT,
  SMALL_CLOSED_LOCK,
  SMALL_OPEN_LOCK,
  Sketch,
  WIDE_WIDTH,
  type Drawing,
} from './drawing.ts';
import { partOf, pipeOf } from './object-tree.ts';
import { drawPlaces } from './primitive-layout.ts';

const TUBE = { x: 0, y: 1, height: 32 };
const LIP = 7;
const GAP = 3;
const WIDEST_ITEM = 92;
/** Of each side, below the tube. */
const SIDE = WIDE_WIDTH / 2 - 6;

/** A tube; what was written on the left comes out on the right. Below each end the processes that hold it open. */
export function layoutPipe(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const { pipe } = object;
  const sketch = new Sketch();
  if (pipe === null) return sketch.done(WIDE_WIDTH, 0);
  drawTube(sketch, pipe, words);
  const top = TUBE.y + TUBE.height + 16;
  sketch.text(words.writers, 0, top, 'dim').text(words.readers, WIDE_WIDTH, top, 'dim', 'end');
  sketch.text(words.bytes(pipe.sent - pipe.received), WIDE_WIDTH / 2, top, 'label', 'middle');
  const left = drawEnds(sketch, mainThreads(machine, pipe.writers), 'left', top + 6, words);
  const right = drawEnds(sketch, mainThreads(machine, pipe.readers), 'right', top + 6, words);
  return sketch.done(WIDE_WIDTH, Math.max(left, right));
}

/** The tube of its pipe, the locks at its two ends, and its free places if it is bounded. */
export function layoutQueue(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const sketch = new Sketch();
  const pipe = pipeOf(machine, object);
  if (pipe === null) return sketch.done(WIDE_WIDTH, 0);
  drawTube(sketch, pipe, words);
  const top = TUBE.y + TUBE.height + 5;
  drawSmallLock(sketch, partOf(machine, object, PartRole.WRITE_LOCK), machine, 0, top, words, 'left');
  drawSmallLock(sketch, partOf(machine, object, PartRole.READ_LOCK), machine, WIDE_WIDTH, top, words, 'right');
  const slots = partOf(machine, object, PartRole.SLOTS);
  const count = words.items(pipe.messages);
  if (slots === null) {
    sketch.text(count, WIDE_WIDTH / 2, top + 13, 'label', 'middle');
    return sketch.done(WIDE_WIDTH, top + BADGE_HEIGHT + 2);
  }
  const [free, places] = [slots.value ?? 0, Math.max(slots.places ?? 0, slots.value ?? 0)];
  const y = top + BADGE_HEIGHT + 6;
  drawPlaces(sketch, places - free, places, 0, y);
  const rows = places > 20 ? 0 : Math.ceil(places / 10);
  const beside = places <= 6 ? places * 16 + 8 : 0;
  sketch.text(words.places(free, places), beside, beside > 0 ? y + 11 : y + rows * 17 + 11, 'label');
  sketch.text(count, WIDE_WIDTH / 2, top + 13, 'label', 'middle');
  return sketch.done(WIDE_WIDTH, beside > 0 ? y + 18 : y + rows * 17 + 16);
}

/** Items from the right, next one first, as many as fit. */
function drawTube(sketch: Sketch, pipe: PipeView, words: DrawingWords): void {
  sketch.rect(TUBE.x, TUBE.y, WIDE_WIDTH, TUBE.height, 'outline', 14);
  const { y, height } = { y: TUBE.y + 5, height: TUBE.height - 10 };
  let right = WIDE_WIDTH - LIP - 4;
  const left = LIP + 4;
  for (const [index, item] of pipe.items.entries()) {
    const label = fitText(labelOf(item, words), WIDEST_ITEM - 10, FONT * BOLD);
    const width = Math.max(22, textWidth(label, FONT * BOLD) + 10);
    const rest = pipe.items.length - index;
    const isLast = rest === 1;
    if (right - width < left + (isLast ? 0 : 28)) {
      sketch.text(words.more(rest), right - 4, y + 15, 'dim', 'end');
      return;
    }
    sketch.rect(right - width, y, width, height, item.last ? 'item' : 'torn', 4);
    sketch.text(label, right - width / 2, y + 15, 'inverse', 'middle');
    right -= width + GAP;
  }
}

function labelOf(item: PipeItem, words: DrawingWords): string {
  return item.text === '' ? words.bytes(item.bytes) : item.text;
}

/** For each open end the main thread of its process. */
function mainThreads(machine: MachineState, pids: readonly Pid[]): readonly ThreadView[] {
  return pids.flatMap((pid) => machine.threads.find((thread) => thread.pid === pid) ?? []);
}

/** Returns where they end. */
function drawEnds(
  sketch: Sketch,
  threads: readonly ThreadView[],
  side: 'left' | 'right',
  y: number,
  words: DrawingWords,
): number {
  const isLeft = side === 'left';
  const begin = isLeft ? 0 : WIDE_WIDTH;
  if (threads.length === 0) {
    sketch.text(words.nobody, begin, y + 13, 'label', isLeft ? 'start' : 'end');
    return y + BADGE_HEIGHT;
  }
  let used = 0;
  let row = 0;
  for (const { tid, shortName } of threads) {
    const width = badgeWidth(shortName);
    if (used + width > SIDE && used > 0) {
      used = 0;
      row += 1;
    }
    const x = isLeft ? used : WIDE_WIDTH - used - width;
    sketch.badge(tid, shortName, x, y + row * (BADGE_HEIGHT + 4));
    used += width + 4;
  }
  return y + row * (BADGE_HEIGHT + 4) + BADGE_HEIGHT;
}

/** 14 pixels high, with its holder behind it. */
function drawSmallLock(
  sketch: Sketch,
  lock: ObjectView | null,
  machine: MachineState,
  x: number,
  y: number,
  words: DrawingWords,
  side: 'left' | 'right',
): void {
  if (lock === null) return;
  const isLeft = side === 'left';
  const holder = machine.threads.find(({ tid }) => tid === lock.holder);
  const look = holder === undefined ? 'free' : 'taken';
  sketch.path(holder === undefined ? SMALL_OPEN_LOCK : SMALL_CLOSED_LOCK, isLeft ? x : x - 14, y + 2, look);
  if (holder === undefined) {
    sketch.text(words.free, isLeft ? x + 19 : x - 19, y + 13, 'dim', isLeft ? 'start' : 'end');
    return;
  }
  const width = badgeWidth(holder.shortName);
  sketch.badge(holder.tid, holder.shortName, isLeft ? x + 19 : x - 19 - width, y);
}
