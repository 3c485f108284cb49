import { objectIn, threadIn } from '../../texts/machine-words.ts';
import type { MachineState, ObjectView } from '../../../replay/model.ts';
import type { DrawingWords } from './drawing-words.ts';
import {
  BELL,
  CLOSED_LOCK,
  CRACK,
  LOWERED_FLAG,
  OPEN_LOCK,
  RAISED_FLAG,
  Sketch,
  SMALL_WIDTH,
  type Drawing,
} from './drawing.ts';

const HEIGHT = 34;
const PLACE = 14;
/** More places are told as a number only. */
const MOST_PLACES = 20;

/** A padlock, closed beside its holder; a bar for each time that a recursive one was taken. */
export function layoutLock(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const sketch = new Sketch();
  const next = drawLock(sketch, object, machine, words, 0);
  const depth = object.holder === null ? 0 : (object.depth ?? 0);
  for (let i = 0; i < Math.min(depth, 8); i += 1) sketch.rect(next + 4 + i * 7, 10, 4, 14, 'taken', 1);
  if (depth > 1) sketch.text(`×${depth}`, next + 8 + Math.min(depth, 8) * 7, 21, 'strong');
  return sketch.done(SMALL_WIDTH, HEIGHT);
}

/** Returns where the next thing may begin. */
function drawLock(
  sketch: Sketch,
  { holder }: ObjectView,
  machine: MachineState,
  words: DrawingWords,
  x: number,
): number {
  const thread = threadIn(machine, holder);
  sketch.path(thread === null ? OPEN_LOCK : CLOSED_LOCK, x, 2, thread === null ? 'free' : 'taken');
  if (thread !== null) return sketch.badge(thread.tid, thread.shortName, x + 36, 8);
  sketch.text(words.free, x + 36, 21, 'dim');
  return x + 36 + 60;
}

/** A lock and its counter: a box a place, filled when it is taken. */
export function layoutSemaphore(object: ObjectView, words: DrawingWords): Drawing {
  const free = object.value ?? 0;
  const places = Math.max(object.places ?? 0, free);
  const sketch = new Sketch().path(free === 0 ? CLOSED_LOCK : OPEN_LOCK, 0, 2, free === 0 ? 'taken' : 'free');
  drawPlaces(sketch, places - free, places, 36, 3);
  const drawn = places <= MOST_PLACES && places > 0;
  const rows = drawn ? Math.ceil(places / 10) : 0;
  sketch.text(words.counter(free, object.limit), 36, drawn ? 3 + rows * 17 + 12 : 21, 'label');
  return sketch.done(SMALL_WIDTH, Math.max(HEIGHT, rows * 17 + 20));
}

/** Ten in a row; nothing when they are too many. */
export function drawPlaces(sketch: Sketch, taken: number, places: number, x: number, y: number): void {
  if (places > MOST_PLACES) return;
  for (let i = 0; i < places; i += 1) {
    const look = i < taken ? 'taken' : 'free';
    sketch.rect(x + (i % 10) * (PLACE + 2), y + Math.floor(i / 10) * 17, PLACE, PLACE, look, 3);
  }
}

/** A flag, raised or lowered. */
export function layoutEvent({ flag }: ObjectView, words: DrawingWords): Drawing {
  const raised = flag === true;
  return new Sketch()
    .path(raised ? RAISED_FLAG : LOWERED_FLAG, 0, 2, raised ? 'on' : 'free')
    .text(words.flag(raised), 36, 21, raised ? 'strong' : 'dim')
    .done(SMALL_WIDTH, HEIGHT);
}

/** A bell for those who wait to be notified, and the lock that goes with it. */
export function layoutCondition(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const sketch = new Sketch().path(BELL, 0, 2, object.waiters.length > 0 ? 'taken' : 'free');
  const lock = objectIn(machine, object.lock);
  if (lock !== null) drawLock(sketch, lock, machine, words, 56);
  return sketch.rect(40, 5, 1, 24, 'outline', 0).done(SMALL_WIDTH, HEIGHT);
}

/** A place a party; who has arrived stands in one, and all go on when they are full. */
export function layoutBarrier(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const sketch = new Sketch();
  const parties = object.limit ?? 0;
  const arrived = object.value ?? 0;
  const size = { width: 34, height: 22 };
  const shown = Math.min(parties, 10);
  const look = object.broken === true ? 'broken' : 'outline';
  for (let i = 0; i < shown; i += 1) {
    const [x, y] = [(i % 5) * (size.width + 4), Math.floor(i / 5) * (size.height + 4)];
    const thread = threadIn(machine, object.waiters[i] ?? null);
    sketch.rect(x, y, size.width, size.height, i < arrived ? 'on' : look, 5);
    if (thread !== null) sketch.badge(thread.tid, thread.shortName, x + 3, y + 2);
  }
  const rows = Math.max(1, Math.ceil(shown / 5));
  if (object.broken === true) sketch.path(CRACK, SMALL_WIDTH - 30, 0, 'broken');
  sketch.text(words.arrived(object), 0, rows * 26 + 11, object.broken === true ? 'strong' : 'label');
  return sketch.done(SMALL_WIDTH, rows * 26 + 16);
}
