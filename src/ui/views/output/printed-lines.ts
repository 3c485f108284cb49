import { InputKind, Kind } from '../../../abi/record.ts';
import { asTid, type Tid } from '../../../base/ids.ts';
import { IntList } from '../../../replay/int-list.ts';
import { LogIndex } from '../../../replay/log-index.ts';
import { streamName } from '../../../replay/output.ts';

/** A part of a line, printed at once. */
export interface Segment {
  readonly record: number;
  readonly tick: number;
  readonly tid: Tid;
  /** `stdin`: it was typed, and by nobody of the machine. */
  readonly stream: 'stdin' | 'stdout' | 'stderr';
  readonly text: string;
}

const END_OF_FILE = '^D\n';

/**
 * What was printed, line by line. A print that does not end its line is continued by the next one, whoever makes it, or by
 * what is typed: so a line may have several authors, as on a real terminal.
 */
export class PrintedLines extends LogIndex {
  /** Segments: the record, and the characters [from, to) of its text. */
  readonly #records = new IntList(64);
  readonly #from = new IntList(64);
  readonly #to = new IntList(64);
  /** First segment of each line, and the record that made it. */
  readonly #lines = new IntList(64);
  readonly #starts = new IntList(64);
  #open = false;

  /** Lines that the first `record` records have begun. */
  countUntil(record: number): number {
    return this.#starts.countBelow(record);
  }

  /** What the first `record` records have printed of a line. */
  line(index: number, record: number): Segment[] {
    const first = this.#lines.at(index);
    const end = index + 1 < this.#lines.length ? this.#lines.at(index + 1) : this.#records.length;
    const segments: Segment[] = [];
    for (let i = first; i < end && this.#records.at(i) < record; i += 1) segments.push(this.#segment(i));
    return segments;
  }

  protected restart(): void {
    for (const list of [this.#records, this.#from, this.#to, this.#lines, this.#starts]) list.clear();
    this.#open = false;
  }

  protected read(from: number, to: number): void {
    for (let n = from; n < to; n += 1) if (this.#isShown(n)) this.#print(n, this.#textOf(n));
  }

  #isShown(n: number): boolean {
    const kind = this.log.kind(n);
    return kind === Kind.PRINT || (kind === Kind.INPUT && this.log.aux(n) === InputKind.LINE);
  }

  /** A terminal shows what is typed, and the end of the file as the key that makes it. */
  #textOf(n: number): string {
    const text = this.log.text(this.log.a(n));
    return text === '' && this.log.kind(n) === Kind.INPUT ? END_OF_FILE : text;
  }

  #print(n: number, text: string): void {
    for (let from = 0; from < text.length;) {
      const breakAt = text.indexOf('\n', from);
      const to = breakAt < 0 ? text.length : breakAt;
      if (!this.#open) {
        this.#lines.push(this.#records.length);
        this.#starts.push(n);
      }
      this.#records.push(n);
      this.#from.push(from);
      this.#to.push(to);
      this.#open = breakAt < 0;
      from = to + 1;
    }
  }

  #segment(i: number): Segment {
    const { log } = this;
    const record = this.#records.at(i);
    return {
      record,
      tick: log.tick(record),
      tid: asTid(log.tid(record)),
      stream: log.kind(record) === Kind.INPUT ? 'stdin' : streamName(log.aux(record)),
      text: this.#textOf(record).slice(this.#from.at(i), this.#to.at(i)),
    };
  }
}
