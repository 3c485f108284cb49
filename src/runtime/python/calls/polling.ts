import type { ObjectId } from '../../../base/ids.ts';
import { PipeWord, pipeWordOf } from '../../../abi/pipe-row.ts';
import { BlockReason } from '../../../abi/record.ts';
import { bellOf, unwatch, watch } from '../../../abi/watch.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import { Impatient } from '../impatient.ts';
import type { Machinery } from '../machinery.ts';
import { eventsAt, Poll } from '../readiness.ts';
import { ticksOf } from './threads.ts';

interface Wanted {
  readonly number: number;
  readonly events: number;
}

/** The kernel calls below `select`. */
export function pollCalls(machinery: Machinery) {
  const { carrier, port, files } = machinery;
  const impatient = new Impatient(port);

  return {
    /** `wanted`: numbers and events in turn, divided by commas; so is the answer, of those that have some. Or an error number. */
    poll: (wanted: string, seconds: number): unknown => carrier.enterStep(poll(parse(wanted), ticksOf(seconds))),
  };

  /** As `src/sync/poll.ts`; the waiting is said in abi/watch.ts. */
  function* poll(wanted: readonly Wanted[], ticks: number): Call<string | number> {
    const at = eventsOf(wanted);
    if (ticks <= 0) return at;
    if (at !== '') {
      yield* impatient.letOthersRun(objectsOf(wanted), at);
      return at;
    }
    impatient.forget();
    const bell = bellOf(port.self);
    const rows: number[] = [];
    try {
      for (const object of objectsOf(wanted)) {
        const row = watch(port.memory, object, bell);
        if (row === 0) return Errno.ENOMEM;
        rows.push(row);
      }
      return yield* awaitBell(wanted, bell, ticks);
    } finally {
      for (const row of rows) unwatch(port.memory, row);
    }
  }

  function* awaitBell(wanted: readonly Wanted[], bell: number, ticks: number): Call<string> {
    const { words } = port.memory;
    const deadline = port.now() + ticks;
    const [first = port.self] = objectsOf(wanted);
    for (;;) {
      const rung = Atomics.load(words, bell);
      sayThatWritersWait(wanted);
      const found = eventsOf(wanted);
      const left = deadline - port.now();
      if (found !== '' || left <= 0) return found;
      yield* port.wait(bell, rung, left, first, BlockReason.POLL);
    }
  }

  function sayThatWritersWait(wanted: readonly Wanted[]): void {
    for (const { number, events } of wanted) {
      const writer = files.get(number)?.writer ?? null;
      if (writer === null || (events & Poll.OUT) === 0) continue;
      Atomics.store(port.memory.words, pipeWordOf(writer.pipe, PipeWord.WRITERS_WAIT), 1);
    }
  }

  function objectsOf(wanted: readonly Wanted[]): ObjectId[] {
    return wanted.flatMap(({ number }) => {
      const descriptor = files.get(number);
      return [descriptor?.reader, descriptor?.writer].flatMap((end) => end?.pipe ?? []);
    });
  }

  function eventsOf(wanted: readonly Wanted[]): string {
    const found: number[] = [];
    for (const { number, events } of wanted) {
      const now = eventsAt(machinery, number, events);
      if (now !== 0) found.push(number, now);
    }
    return found.join(',');
  }
}

function parse(words: string): Wanted[] {
  const numbers = words === '' ? [] : words.split(',').map(Number);
  const wanted: Wanted[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    wanted.push({ number: numbers[index] ?? -1, events: numbers[index + 1] ?? 0 });
  }
  return wanted;
}
