import { PartRole } from '../../../abi/objects.ts';
import type { MachineState, ObjectView, ThreadView } from '../../../replay/model.ts';
import { fitText, textWidth } from '../diagram/text-width.ts';
import type { DrawingWords } from './drawing-words.ts';
import { FONT, SERVER, Sketch, WIDE_WIDTH, type Drawing } from './drawing.ts';
import { workersOf } from './object-tree.ts';

const TASK = { width: 24, height: 20, gap: 3 };
const WORKER = { width: 57, height: 44, gap: 4 };
const PER_ROW = Math.floor((WIDE_WIDTH + WORKER.gap) / (WORKER.width + WORKER.gap));
const MOST_WORKERS = 4 * PER_ROW;

/** Tasks that wait, next one first; below them a desk for each worker with the task it is at. */
export function layoutPool(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const sketch = new Sketch();
  const { pool } = object;
  if (pool === null) return sketch.done(WIDE_WIDTH, 0);
  let x = 0;
  for (const [index, task] of pool.waiting.entries()) {
    const rest = pool.waits - index;
    if (x + TASK.width > WIDE_WIDTH - (rest === 1 ? 0 : 34)) {
      sketch.text(words.more(rest), x + 4, 14, 'dim');
      break;
    }
    sketch
      .rect(x, 0, TASK.width, TASK.height, 'item', 4)
      .text(String(task), x + TASK.width / 2, 14, 'inverse', 'middle');
    x += TASK.width + TASK.gap;
  }
  const top = pool.waits > 0 ? TASK.height + 16 : 12;
  const lost = pool.lost === 0 ? '' : ` · ${words.lost(pool.lost)}`;
  sketch.text(words.tasks(pool.waits, pool.done) + lost, 0, top, 'label');
  const workers = workersOf(machine, object);
  const shown = workers.slice(0, MOST_WORKERS);
  for (const [index, worker] of shown.entries()) {
    const task = pool.running.find(({ by }) => by === worker.tid)?.task ?? null;
    const at = { x: (index % PER_ROW) * (WORKER.width + WORKER.gap), y: top + 8 + rowOf(index) };
    drawWorker(sketch, worker, task, at, words);
  }
  const height = top + 8 + (shown.length === 0 ? 0 : rowOf(shown.length - 1) + WORKER.height);
  if (shown.length < workers.length) {
    sketch.text(words.more(workers.length - shown.length), WIDE_WIDTH, height + 12, 'dim', 'end');
  }
  return sketch.done(WIDE_WIDTH, height + (shown.length < workers.length ? 16 : 0));
}

const rowOf = (index: number): number => Math.floor(index / PER_ROW) * (WORKER.height + WORKER.gap);

function drawWorker(
  sketch: Sketch,
  worker: ThreadView,
  task: number | null,
  { x, y }: { readonly x: number; readonly y: number },
  words: DrawingWords,
): void {
  sketch.rect(x, y, WORKER.width, WORKER.height, task === null ? 'free' : 'on', 6);
  sketch.badge(worker.tid, fitText(worker.shortName, WORKER.width - 26, 11), x + 4, y + 4);
  const label = task === null ? words.idle : `#${task}`;
  const look = task === null ? 'dim' : 'strong';
  sketch.text(fitText(label, WORKER.width - 6, FONT), x + WORKER.width / 2, y + 37, look, 'middle');
}

/** Its server process, and the boxes of what that keeps. */
export function layoutManager(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const sketch = new Sketch();
  const server = object.parts.find(({ role }) => role === PartRole.SERVER);
  const process = machine.threads.find((thread) => thread.object === server?.object);
  sketch.path(SERVER, 0, 2, process === undefined || process.state === 'Terminated' ? 'free' : 'on');
  sketch.text(words.server, 36, 21, 'label');
  if (process !== undefined) {
    sketch.badge(process.tid, process.shortName, 36 + textWidth(words.server, FONT) + 8, 8);
  }
  const kept = object.parts.filter(({ role }) => role === PartRole.MANAGED);
  let y = 38;
  for (const part of kept.slice(0, 4)) {
    const view = machine.objects.find(({ id }) => id === part.object);
    if (view === undefined) continue;
    const value = view.text === null ? view.name : `${view.name} = ${view.text}`;
    sketch.rect(0, y, WIDE_WIDTH, 22, 'outline', 4).text(fitText(value, WIDE_WIDTH - 14, FONT), 8, y + 15, 'label');
    y += 26;
  }
  if (kept.length > 4) sketch.text(words.more(kept.length - 4), WIDE_WIDTH, y + 10, 'dim', 'end');
  return sketch.done(WIDE_WIDTH, kept.length > 4 ? y + 14 : y);
}
