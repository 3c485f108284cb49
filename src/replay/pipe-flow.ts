import { asPid, asTid, type Pid } from '../base/ids.ts';
import { Kind } from '../abi/record.ts';
import { IntList } from './int-list.ts';
import type { LogStore } from './log-store.ts';
import type { PipeItem, PipeView } from './model.ts';

/** Items that a view lists; of those behind them it has the number only. */
const MAX_ITEMS = 64;

const READ_END = 0;

/**
 * What went through one pipe. Bytes leave in the order in which they came, so how many were sent and received says what is
 * inside: the cumulated counts are kept, and the content at any record is found by two binary searches.
 */
export class PipeFlow {
  readonly #sends = new IntList(16);
  /** By send: bytes, and ends of messages, sent up to and with it. Bytes may pass 2³¹, so these are no words. */
  readonly #sentTo: number[] = [];
  readonly #endedTo = new IntList(16);
  readonly #receives = new IntList(16);
  readonly #receivedTo: number[] = [];
  readonly #ends = new IntList(8);

  note(log: LogStore, n: number): void {
    const kind = log.kind(n);
    if (kind === Kind.PIPE_END) {
      this.#ends.push(n);
    } else if (kind === Kind.SEND) {
      const last = this.#sends.length - 1;
      this.#endedTo.push((last < 0 ? 0 : this.#endedTo.at(last)) + (log.b(n) === 1 ? 1 : 0));
      this.#sentTo.push((this.#sentTo[last] ?? 0) + log.a(n));
      this.#sends.push(n);
    } else {
      this.#receivedTo.push((this.#receivedTo.at(-1) ?? 0) + log.a(n));
      this.#receives.push(n);
    }
  }

  /** The pipe after the first `record` records. */
  view(log: LogStore, record: number): PipeView {
    const sends = this.#sends.countBelow(record);
    const sent = this.#sentTo[sends - 1] ?? 0;
    // In live mode who receives may say so before who has sent does.
    const received = Math.min(sent, this.#receivedTo[this.#receives.countBelow(record) - 1] ?? 0);
    const first = this.#firstBeyond(received, sends);
    const endedBefore = first === 0 ? 0 : this.#endedTo.at(first - 1);
    const ended = sends === 0 ? 0 : this.#endedTo.at(sends - 1);
    return {
      sent,
      received,
      messages: Math.max(0, ended - endedBefore),
      items: this.#items(log, first, sends, received),
      ...this.#openEnds(log, record),
    };
  }

  /** The first of `sends` sends of which a byte lies beyond `received`. */
  #firstBeyond(received: number, sends: number): number {
    let from = 0;
    let to = sends;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#sentTo[middle] as number) <= received) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** One item a message; a message that another's bytes have torn apart is several. */
  #items(log: LogStore, first: number, sends: number, received: number): PipeItem[] {
    const items: PipeItem[] = [];
    let begin = received;
    for (let send = first; send < sends; send += 1) {
      const n = this.#sends.at(send);
      const end = this.#sentTo[send] as number;
      const by = log.tid(n);
      const open = items.at(-1);
      const piece = { record: n, by: asTid(by), bytes: end - begin, last: log.b(n) === 1, text: log.text(log.c(n)) };
      if (open !== undefined && !open.last && open.by === by) {
        items[items.length - 1] = { ...piece, bytes: open.bytes + piece.bytes };
      } else if (items.length === MAX_ITEMS) {
        break;
      } else {
        items.push(piece);
      }
      begin = end;
    }
    return items;
  }

  #openEnds(log: LogStore, record: number): Pick<PipeView, 'readers' | 'writers'> {
    const readers: Pid[] = [];
    const writers: Pid[] = [];
    const count = this.#ends.countBelow(record);
    for (let i = 0; i < count; i += 1) {
      const n = this.#ends.at(i);
      const list = log.a(n) === READ_END ? readers : writers;
      const pid = asPid(log.b(n));
      if (log.aux(n) === 1) {
        list.push(pid);
        continue;
      }
      const at = list.indexOf(pid);
      if (at >= 0) list.splice(at, 1);
    }
    return { readers, writers };
  }
}
