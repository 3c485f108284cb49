import type { ThreadStateName } from '../../../replay/model.ts';
import { stateLook, STATES, type StatePattern } from '../palette/state-look.ts';
import { threadLook } from '../palette/thread-look.ts';
import type { Tid } from '../../../base/ids.ts';

export interface StateColors {
  readonly color: string;
  readonly soft: string;
  readonly ink: string;
  /** What areas of the state are filled with: `soft` under the state's pattern; for solid ones the colour itself. */
  readonly fill: string | CanvasPattern;
  /** What `fill` looks like from afar, for what is too narrow to show a pattern. */
  readonly far: string;
  /** The same, as a pixel of an ImageData seen as Uint32Array. */
  readonly pixel: number;
}

/** Everything a redraw paints with, resolved once per theme and pixel ratio. */
export interface TimelineColors {
  readonly ratio: number;
  readonly surface: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textDim: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly onAccent: string;
  readonly threadInk: string;
  readonly font: string;
  readonly states: Readonly<Record<ThreadStateName, StateColors>>;
  thread(tid: Tid): string;
  threadPixel(tid: Tid): number;
}

/** Reads the colours where the element stands. Patterns and pixels are made here, never while drawing. */
export function readColors(element: Element, ratio: number): TimelineColors {
  const style = getComputedStyle(element);
  const property = (name: string): string => style.getPropertyValue(name).trim();
  const pixels = new PixelReader();
  const threads: { readonly color: string; readonly pixel: number }[] = [];
  const thread = (tid: Tid): { readonly color: string; readonly pixel: number } => {
    const known = threads[tid];
    if (known !== undefined) return known;
    const color = property(threadLook(tid).property);
    const made = { color, pixel: pixels.read(color) };
    threads[tid] = made;
    return made;
  };
  const states = Object.fromEntries(
    STATES.map((state) => [state, stateColors(state, property, pixels, ratio)]),
  ) as Record<ThreadStateName, StateColors>;
  return {
    ratio,
    surface: property('--surface'),
    sunken: property('--surface-sunken'),
    line: property('--line'),
    lineStrong: property('--line-strong'),
    text: property('--text'),
    textDim: property('--text-dim'),
    accent: property('--accent'),
    accentSoft: property('--accent-soft'),
    onAccent: property('--surface'),
    threadInk: property('--thread-ink'),
    font: style.fontFamily,
    states,
    thread: (tid) => thread(tid).color,
    threadPixel: (tid) => thread(tid).pixel,
  };
}

/** How much of its tile a pattern covers, with the outline that wide spans have. */
const COVER: Readonly<Record<StatePattern, number>> = { solid: 100, diagonal: 62, cross: 42, dots: 20, hollow: 0 };

function stateColors(
  state: ThreadStateName,
  property: (name: string) => string,
  pixels: PixelReader,
  ratio: number,
): StateColors {
  const look = stateLook(state);
  const color = property(look.property);
  const soft = property(`${look.property}-soft`);
  const far = look.pattern === 'solid' ? color : `color-mix(in srgb, ${color} ${COVER[look.pattern]}%, ${soft})`;
  return {
    color,
    soft,
    ink: property(`${look.property}-ink`),
    fill: look.pattern === 'solid' ? color : (pattern(look.pattern, color, soft, ratio) ?? soft),
    far,
    pixel: pixels.read(far),
  };
}

/** One tile, in device pixels, so that lines stay crisp; null for what has no texture. */
function pattern(name: StatePattern, color: string, soft: string, ratio: number): CanvasPattern | null {
  const size = Math.round(6 * ratio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d');
  if (context === null) return null;
  context.fillStyle = soft;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = color;
  context.fillStyle = color;
  if (name === 'diagonal' || name === 'cross') {
    context.lineWidth = (name === 'cross' ? 0.7 : 1.7) * ratio;
    context.globalAlpha = name === 'cross' ? 0.6 : 1;
    context.beginPath();
    diagonals(context, size, name === 'cross');
    context.stroke();
  } else if (name === 'dots') {
    const dot = Math.max(1, Math.round(1.2 * ratio));
    context.fillRect(0, 0, dot, dot);
    context.fillRect(size / 2, size / 2, dot, dot);
  }
  const made = context.createPattern(tile, 'repeat');
  // Drawing happens under a scale of `ratio`; the tile is already in device pixels.
  made?.setTransform(new DOMMatrix().scale(1 / ratio));
  return made;
}

/** Lines that continue across the edges of the tile. */
function diagonals(context: CanvasRenderingContext2D, size: number, both: boolean): void {
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 1, size + 1);
    context.lineTo(shift + size + 1, -1);
    if (!both) continue;
    context.moveTo(shift - 1, -1);
    context.lineTo(shift + size + 1, size + 1);
  }
}

/** Any CSS colour as the four bytes a canvas makes of it. */
class PixelReader {
  readonly #context: CanvasRenderingContext2D | null;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    this.#context = canvas.getContext('2d', { willReadFrequently: true });
  }

  read(color: string): number {
    const context = this.#context;
    if (context === null) return 0;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
  }
}
