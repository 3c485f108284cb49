import { asTid } from '../../../base/ids.ts';
import type { HolderSpans } from './holder-spans.ts';
import { PixelStrip } from './pixel-strip.ts';
import type { TimelineColors } from './timeline-colors.ts';
import { cpuTop, plotWidth, viewEnd, visibleCpus, type Frame, type View } from './timeline-layout.ts';
import { GAP, GAP_FROM_PIXELS, NARROW_PIXELS } from './timeline-spans.ts';

/** A name is written into blocks at least this wide. */
const NAMED_PIXELS = 20;

/** A row above the lanes: a CPU, or the interpreter lock of a process. */
export interface HolderRow {
  readonly label: string;
  readonly spans: HolderSpans;
  /** Its row there. */
  readonly row: number;
}

/** Who holds each CPU and each interpreter lock: a block in the thread's colour, with its short name where there is room. */
export class CpuPainter {
  readonly #strip = new PixelStrip();

  draw(
    context: CanvasRenderingContext2D,
    frame: Frame,
    view: View,
    rows: readonly HolderRow[],
    nameOf: (tid: number) => string,
    colors: TimelineColors,
  ): void {
    const { first, end } = visibleCpus(frame, view);
    const { ratio } = colors;
    const columns = Math.max(1, Math.round(plotWidth(frame) * ratio));
    const height = frame.cpuHeight - 4;
    this.#strip.begin(columns, end - first);
    const { pixels } = this.#strip;
    context.font = `600 10.5px ${colors.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let cpu = first; cpu < end; cpu += 1) {
      const top = Math.round((cpuTop(frame, view, cpu) + 3) * ratio) / ratio;
      const holder = rows[cpu];
      holder?.spans.forEachVisible(holder.row, view.start, viewEnd(frame, view), columns, (x0, x1, tid) => {
        if (tid === 0) return;
        if (x1 - x0 < NARROW_PIXELS * ratio) {
          const pixel = colors.threadPixel(asTid(tid));
          for (let x = x0; x < x1; x += 1) pixels[(cpu - first) * columns + x] = pixel;
          return;
        }
        const left = frame.gutter + x0 / ratio;
        const width = (x1 - x0) / ratio;
        context.fillStyle = colors.thread(asTid(tid));
        context.fillRect(left, top, width >= GAP_FROM_PIXELS ? width - GAP : width, height);
        if (width < NAMED_PIXELS) return;
        const name = nameOf(tid);
        if (context.measureText(name).width > width - 6) return;
        context.fillStyle = colors.threadInk;
        context.fillText(name, left + width / 2, top + height / 2 + 0.5);
      });
    }
    for (let cpu = first; cpu < end; cpu += 1) {
      const top = Math.round((cpuTop(frame, view, cpu) + 3) * ratio) / ratio;
      this.#strip.draw(context, cpu - first, 1, frame.gutter, top, columns / ratio, height);
    }
  }
}
