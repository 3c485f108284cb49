import { Kind, Stream } from '../../../abi/record.ts';
import { LogIndex } from '../../../replay/log-index.ts';
import type { Derived } from '../../state/derived.ts';

/** What went wrong at a line of the program. */
export interface Fault {
  /** Where the last line of its traceback was printed. */
  readonly record: number;
  readonly tid: number;
  readonly line: number;
  /** The last line of the traceback: `ZeroDivisionError: division by zero`. */
  readonly message: string;
}

/** What went wrong, and in which thread. */
export interface NamedFault extends Fault {
  readonly name: string;
}

/** Of the threads that failed alike at a line so many are named, and the others counted. */
export const MOST_NAMED = 4;

/** What has gone wrong in the first `record` records, with the short names of the threads. */
export function faultsAt(derived: Derived, record: number): readonly NamedFault[] {
  const faults = derived.of(Tracebacks).until(record);
  return faults.map((fault) => ({ ...fault, name: derived.replay.shortNameOf(fault.tid) }));
}

/** A frame of the program itself: its file lies in the learner's folder. */
/** Of a group of exceptions each stands behind bars. */
const FRAME = /^[\s|]*File "\/home\/learner\/[^"]+", line (\d+)/;
/** The exception stands at the beginning of its line, after the frames. */
const EXCEPTION = /^(?:\s*\|)*\s*(?<said>[A-Za-z_][\w.]*(?::.*|$))/;
/** In a group it stands further in; else what is indented is a line of the program. */
const isException = (line: string): string | null => {
  const said = /^\s/.test(line) && !line.includes('|') ? null : EXCEPTION.exec(line)?.groups?.['said'];
  return said ?? null;
};

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
      const message = isException(line);
      if (frame !== undefined || this.#frame === null || message === null) return [];
      const fault = { line: this.#frame, message };
      this.#frame = null;
      return [fault];
    });
  }
}

/** The tracebacks of a run, as CPython prints them; syntax errors have the same form. */
export class Tracebacks extends LogIndex {
  readonly #readers = new Map<number, Reader>();
  #faults: Fault[] = [];

  /** Of the first `record` records; of a line that fails more than once in a thread, the last. By line, then by thread. */
  until(record: number): readonly Fault[] {
    const last = new Map<string, Fault>();
    for (const fault of this.#faults) if (fault.record < record) last.set(`${fault.line} ${fault.tid}`, fault);
    return [...last.values()].toSorted((one, other) => one.line - other.line || one.tid - other.tid);
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
