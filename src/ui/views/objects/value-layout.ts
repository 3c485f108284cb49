import type { MachineState, ObjectView } from '../../../replay/model.ts';
import { threadIn } from '../../texts/machine-words.ts';
import { BOLD, fitText, textWidth } from '../diagram/text-width.ts';
import type { DrawingWords } from './drawing-words.ts';
import { ENVELOPE, FONT, Sketch, SMALL_WIDTH, WIDE_WIDTH, type Drawing } from './drawing.ts';

const CELL_HEIGHT = 24;

/** Was written in the step that led here. */
export function isFresh(machine: MachineState, write: ObjectView['write']): boolean {
  return write !== null && machine.stepBegan >= 0 && write.record >= machine.stepBegan;
}

/** A box with its value, and who wrote it last. */
export function layoutVariable(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const sketch = new Sketch();
  const value = fitText(words.value(object.text ?? object.value ?? ''), SMALL_WIDTH - 16, FONT + 2);
  const width = Math.max(48, textWidth(value, (FONT + 2) * BOLD) + 16);
  sketch.rect(0, 0, width, 26, isFresh(machine, object.write) ? 'changed' : 'outline', 4);
  sketch.text(value, width / 2, 18, 'strong', 'middle');
  const writer = threadIn(machine, object.write?.by ?? null);
  if (writer === null) return sketch.done(SMALL_WIDTH, 30);
  sketch.text(words.written, 0, 46, 'dim');
  sketch.badge(writer.tid, writer.shortName, textWidth(words.written, FONT) + 8, 33);
  return sketch.done(SMALL_WIDTH, 54);
}

/** Cells with their indices below them, in as many rows as they need, up to three. */
export function layoutArray(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing {
  const cells = object.cells ?? [];
  const sketch = new Sketch();
  const labels = cells.map(({ value }) => fitText(words.value(value), 60, FONT));
  const width = Math.max(24, ...labels.map((label) => textWidth(label, FONT * BOLD) + 10));
  const perRow = Math.max(1, Math.floor(WIDE_WIDTH / (width + 2)));
  const rows = Math.min(3, Math.ceil(cells.length / perRow));
  const shown = Math.min(cells.length, rows * perRow);
  for (let i = 0; i < shown; i += 1) {
    const [x, y] = [(i % perRow) * (width + 2), Math.floor(i / perRow) * (CELL_HEIGHT + 18)];
    sketch.rect(x, y, width, CELL_HEIGHT, isFresh(machine, cells[i]?.write ?? null) ? 'changed' : 'outline', 2);
    sketch.text(labels[i] ?? '', x + width / 2, y + 16, 'strong', 'middle');
    sketch.text(String(i), x + width / 2, y + CELL_HEIGHT + 11, 'dim', 'middle');
  }
  const height = rows * (CELL_HEIGHT + 18);
  if (shown < cells.length) sketch.text(words.more(cells.length - shown), WIDE_WIDTH, height + 8, 'dim', 'end');
  return sketch.done(WIDE_WIDTH, shown < cells.length ? height + 12 : height);
}

/** A letter: open when it has come. */
export function layoutResult(object: ObjectView, words: DrawingWords): Drawing {
  const ready = object.ready === true;
  const text = ready ? (object.text ?? words.ready) : words.notReady;
  return new Sketch()
    .path(ENVELOPE, 0, 2, ready ? 'on' : 'free')
    .text(fitText(text, SMALL_WIDTH - 40, FONT), 36, 21, ready ? 'strong' : 'dim')
    .done(SMALL_WIDTH, 34);
}
