import { around, clamp, inset, type Rect } from './geometry.ts';
import { SMALLEST_FONT, textWidth } from './text-width.ts';
import type { TokenSize } from './token-size.ts';

/** The place of one CPU, and of the thread on it. */
export interface Slot {
  readonly cpu: number;
  readonly rect: Rect;
  readonly token: Rect;
  /** What is written beside the token: "CPU 3", "3", or nothing where there is no room. */
  readonly label: 'full' | 'number' | 'none';
  /** Whether there is room for a line of text below the token. */
  readonly note: boolean;
}

export interface Slots {
  readonly slots: readonly Slot[];
  readonly size: TokenSize;
}

const GAP = 5;
const TIGHT_GAP = 3;
const LABEL_HEIGHT = 16;
const NOTE_HEIGHT = 16;
const MAX_SLOT = { width: 190, height: 104 };

interface Grid {
  readonly columns: number;
  readonly gap: number;
  readonly width: number;
  readonly height: number;
}

/** One slot a CPU, with the largest tokens for which all of them fit. `longest`: the widest label there will be. */
export function layoutSlots(rect: Rect, cpus: number, sizes: readonly TokenSize[], longest: string): Slots {
  const body = inset(rect, 7, 5);
  const fullWidth = textWidth(longest, SMALLEST_FONT) + 12;
  for (const { size, label, gap } of wishes(sizes)) {
    const numberWidth = textWidth(String(cpus - 1), SMALLEST_FONT) + (size.font === 0 ? 8 : 12);
    const width =
      label === 'full'
        ? Math.max(size.width + 10, fullWidth)
        : size.width + (gap < GAP ? 2 : 4) + (label === 'number' ? numberWidth : 0);
    const grid = bestGrid(
      body,
      cpus,
      width,
      size.height + (label === 'full' ? LABEL_HEIGHT + 4 : gap < GAP ? 1 : 2),
      gap,
    );
    if (grid !== null) return { slots: fill(body, cpus, grid, size, label, numberWidth), size };
  }
  const size = sizes.at(-1) as TokenSize;
  const columns = Math.max(1, Math.floor((body.width + 2) / (size.width + 2)));
  const grid = { columns, width: size.width + 2, height: size.height + 2, gap: 0 };
  return { slots: fill(body, cpus, grid, size, 'none', 0), size };
}

interface Wish {
  readonly size: TokenSize;
  readonly label: Slot['label'];
  readonly gap: number;
}

const withLabels = (sizes: readonly TokenSize[], labels: readonly Slot['label'][], gap = GAP): readonly Wish[] =>
  labels.flatMap((label) => sizes.map((size) => ({ size, label, gap })));

/** What to try, best first: the number of the CPU is worth smaller tokens, but not dots. */
function wishes(sizes: readonly TokenSize[]): readonly Wish[] {
  const named = sizes.filter(({ font }) => font > 0);
  const dots = sizes.filter(({ font }) => font === 0);
  return [
    ...withLabels(named.slice(0, 2), ['full', 'number']),
    ...withLabels(named.slice(2), ['full', 'number']),
    ...withLabels(named, ['none']),
    ...withLabels(named, ['none'], TIGHT_GAP),
    ...withLabels(dots, ['full', 'number', 'none']),
  ];
}

/** The grid with the most room around the tokens; null when none has cells of this size. */
function bestGrid(body: Rect, count: number, width: number, height: number, gap: number): Grid | null {
  let best: Grid | null = null;
  let most = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cell = { columns, gap, width: (body.width + gap) / columns - gap, height: (body.height + gap) / rows - gap };
    if (cell.width < width || cell.height < height) continue;
    const room = Math.min(cell.width / width, cell.height / height) - 0.05 * (columns * rows - count);
    if (best === null || room > most) {
      most = room;
      best = cell;
    }
  }
  return best;
}

function fill(
  body: Rect,
  cpus: number,
  grid: Grid,
  size: TokenSize,
  label: Slot['label'],
  numberWidth: number,
): readonly Slot[] {
  const width = clamp(grid.width, 0, MAX_SLOT.width);
  const height = clamp(grid.height, 0, MAX_SLOT.height);
  const rows = Math.ceil(cpus / grid.columns);
  const { gap } = grid;
  const left = body.x + (body.width - grid.columns * (width + gap) + gap) / 2;
  const top = body.y + (body.height - rows * (height + gap) + gap) / 2;
  const labelled = label === 'full' ? LABEL_HEIGHT : 0;
  const note = label === 'full' && height >= labelled + size.height + NOTE_HEIGHT + 8;
  return Array.from({ length: cpus }, (_, cpu) => {
    const x = left + (cpu % grid.columns) * (width + gap);
    const y = top + Math.floor(cpu / grid.columns) * (height + gap);
    const middle = {
      x: x + width / 2 + (label === 'number' ? numberWidth / 2 : 0),
      y: y + (height + labelled - (note ? NOTE_HEIGHT - 4 : 2)) / 2 + (labelled === 0 ? 1 : 0),
    };
    return { cpu, rect: { x, y, width, height }, token: around(middle, size.width, size.height), label, note };
  });
}
