import { asTid, type Tid } from '../base/ids.ts';
import { Kind, Stream } from '../abi/record.ts';
import { IntList } from './int-list.ts';
import { LogIndex } from './log-index.ts';

/** One print. */
export interface OutputPiece {
  readonly record: number;
  readonly tick: number;
  readonly tid: Tid;
  readonly stream: 'stdout' | 'stderr';
  /** As printed, line ends included. */
  readonly text: string;
}

export function streamName(stream: number): 'stdout' | 'stderr' {
  return stream === Stream.STDERR ? 'stderr' : 'stdout';
}

/** What the program printed. */
export class Output extends LogIndex {
  readonly #prints = new IntList(64);

  /** Prints among the first `record` records. */
  countUntil(record: number): number {
    return this.#prints.countBelow(record);
  }

  /** The print number `index`, from 0. Precondition: index < countUntil(records). */
  piece(index: number): OutputPiece {
    const { log } = this;
    const n = this.#prints.at(index);
    return {
      record: n,
      tick: log.tick(n),
      tid: asTid(log.tid(n)),
      stream: streamName(log.aux(n)),
      text: log.text(log.a(n)),
    };
  }

  piecesUntil(record: number): OutputPiece[] {
    return Array.from({ length: this.countUntil(record) }, (_, index) => this.piece(index));
  }

  /** The text of one stream among the first `record` records. */
  textUntil(record: number, stream: 'stdout' | 'stderr' = 'stdout'): string {
    return this.piecesUntil(record)
      .filter((piece) => piece.stream === stream)
      .map((piece) => piece.text)
      .join('');
  }

  protected restart(): void {
    this.#prints.clear();
  }

  protected read(from: number, to: number): void {
    for (let n = from; n < to; n += 1) if (this.log.kind(n) === Kind.PRINT) this.#prints.push(n);
  }
}
