import { invariant } from '../../../base/invariant.ts';

/**
 * Rows of pixels that are written one by one and then stretched onto the canvas: what is too fine for rectangles costs one
 * write a column. Columns are device pixels.
 */
export class PixelStrip {
  readonly #canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  #image: ImageData | null = null;
  #pixels = new Uint32Array(0);
  #columns = 0;
  #written = false;

  constructor() {
    const context = this.#canvas.getContext('2d');
    invariant(context !== null, 'a canvas has a 2D context', 'timeline');
    this.#context = context;
  }

  /** The pixels, row after row; valid until the next `begin`. */
  get pixels(): Uint32Array {
    return this.#pixels;
  }

  /** Empties the strip and gives it this size. */
  begin(columns: number, rows: number): void {
    const { width = 0, height = 0 } = this.#image ?? {};
    this.#columns = columns;
    this.#written = false;
    if (width === columns && height >= rows) {
      this.#pixels.fill(0);
      return;
    }
    this.#image = new ImageData(columns, Math.max(1, rows));
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#canvas.width = columns;
    this.#canvas.height = Math.max(1, rows);
  }

  /** Draws `rows` rows from `row` on into a rectangle given in CSS pixels. Everything must have been written before the first. */
  draw(
    target: CanvasRenderingContext2D,
    row: number,
    rows: number,
    left: number,
    top: number,
    width: number,
    height: number,
  ): void {
    if (this.#image === null) return;
    if (!this.#written) this.#context.putImageData(this.#image, 0, 0);
    this.#written = true;
    target.imageSmoothingEnabled = false;
    target.drawImage(this.#canvas, 0, row, this.#columns, rows, left, top, width, height);
  }
}
