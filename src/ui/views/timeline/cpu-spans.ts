import { Kind } from '../../../abi/record.ts';
import { HolderSpans } from './holder-spans.ts';

/**
 * Whom each CPU carries, when. As in `Spans`, a thread that blocks or ends in a tick in which it executed a step holds its CPU until
 * the end of that tick.
 */
export class CpuSpans extends HolderSpans {
  /** By CPU: the tick of the last step on it. */
  readonly #stepped: number[] = [];

  protected override restart(): void {
    super.restart();
    this.#stepped.length = 0;
  }

  protected read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const cpu = log.cpu(n);
      const time = log.tick(n);
      if (time > this.end) this.end = time;
      if (cpu < 0) continue;
      switch (log.kind(n)) {
        case Kind.LINE:
          if (log.live) break;
          this.#stepped[cpu] = time;
          this.end = time + 1;
          break;
        case Kind.DISPATCHED:
          this.begin(cpu, time, log.tid(n));
          break;
        case Kind.PREEMPTED:
          this.begin(cpu, time, 0);
          break;
        case Kind.BLOCKED:
        case Kind.TERMINATED:
          this.begin(cpu, this.#stepped[cpu] === time ? time + 1 : time, 0);
          break;
        default:
      }
    }
  }
}
