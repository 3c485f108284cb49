import { Kind, Stream } from '../../../abi/record.ts';
import { LogIndex } from '../../../replay/log-index.ts';

/** What went wrong at a line of the program. */
export interface Fault {
  /** Where the last line of its traceback was printed. */
  readonly record: number;
  readonly tid: number;
  readonly line: number;
  /** The last line of the traceback: `ZeroDivisionError: division by zero`. */
  readonly message: string;
}

/** A frame of the program itself: its file lies in the learner's folder. */
const FRAME = /^\s*File "\/home\/learner\/[^"]+", line (\d+)/;
/** The exception stands at the beginning of its line, after the frames. */
const EXCEPTION = /^[A-Za-z_][\w.]*(?::|$)/;

/** One thread's stderr, line by line. */
class Reader {
  #open = '';
  /** Of the frame that was read last: the innermost of the program. */
  #frame: number | null = null;

  /** What the text completes. */
  read(text: string): { readonly line: number; readonly message: string }[] {
    const lines = (this.#open + text).split('\n');
    this.#open = lines.pop() ?? '';
    return lines.flatMap((line) => {
      const frame = FRAME.exec(line)?.[1];
      if (frame !== undefined) this.#frame = Number(frame);
      if (frame !== undefined || this.#frame === null || !EXCEPTION.test(line)) return [];
      const fault = { line: this.#frame, message: line };
      this.#frame = null;
      return [fault];
    });
  }
}

/** The tracebacks of a run, as CPython prints them; syntax errors have the same form. */
export class Tracebacks extends LogIndex {
  readonly #readers = new Map<number, Reader>();
  #faults: Fault[] = [];

  /** Of the first `record` records; of a line that fails more than once, the last. */
  until(record: number): readonly Fault[] {
    const byLine = new Map<number, Fault>();
    for (const fault of this.#faults) if (fault.record < record) byLine.set(fault.line, fault);
    return [...byLine.values()].toSorted((one, other) => one.line - other.line);
  }

  protected restart(): void {
    this.#readers.clear();
    this.#faults = [];
  }

  protected read(from: number, to: number): void {
    for (let n = from; n < to; n += 1) {
      if (this.log.kind(n) !== Kind.PRINT || this.log.aux(n) !== Stream.STDERR) continue;
      const tid = this.log.tid(n);
      const reader = this.#readers.get(tid) ?? new Reader();
      this.#readers.set(tid, reader);
      for (const found of reader.read(this.log.text(this.log.a(n)))) this.#faults.push({ record: n, tid, ...found });
    }
  }
}
