import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asTid } from '../base/ids.ts';
import { Random } from '../base/random.ts';
import { ObjectKind } from '../abi/objects.ts';
import { BlockReason, Operation, Outcome, PreemptCause, ReadyCause, RunEnd } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import { LogStore } from './log-store.ts';
import { plainReplay, type PlainState } from './plain-replay.fixture.ts';
import { longRun, randomRun } from './random-run.fixture.ts';
import { CHECKPOINT_RECORDS, Replay } from './replay.ts';
import type { MachineState } from './model.ts';

const seeds = fc.integer({ min: 0, max: 0x7fff_ffff });

function replayOf(log: LogStore, cpus = 1): Replay {
  const replay = new Replay(log, cpus);
  replay.extend();
  return replay;
}

/** Reduces a state to what the plain replay says too. */
function plain(state: MachineState): PlainState {
  return {
    step: state.step,
    tick: state.tick,
    ready: state.ready,
    threads: state.threads.map(({ tid, state: name, cpu, line, rank }) => ({ tid, state: name, cpu, line, rank })),
    objects: state.objects.map(({ id, holder, flag, value, waiters }) => ({ id, holder, flag, value, waiters })),
  };
}

describe('the machine at a cursor', () => {
  it('is what a plain reading of the log from its first record says', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { log } = randomRun(seed, 40);
        const replay = replayOf(log);
        for (let n = 0; n <= log.count; n += 7) expect(plain(replay.at(n))).toEqual(plainReplay(log, n));
        expect(plain(replay.at(log.count))).toEqual(plainReplay(log, log.count));
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on where the cursor came from', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.nat(5000), { maxLength: 30 }), (seed, jumps) => {
        const { log } = longRun(seed, 500);
        const wandering = replayOf(log);
        for (const jump of jumps) {
          const n = jump % (log.count + 1);
          expect(wandering.at(n)).toEqual(replayOf(log).at(n));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is the same after n records back and n forward', () => {
    const { log } = longRun(11, 900);
    const replay = replayOf(log);
    expect(log.count).toBeGreaterThan(2 * CHECKPOINT_RECORDS);
    for (let n = log.count; n > 0; n -= 333) {
      const here = replay.at(n);
      replay.at(Math.max(0, n - 1500));
      expect(replay.at(n)).toEqual(here);
    }
  });

  it('is the same whether the log was read at once or record by record', () => {
    const { log } = longRun(5, 500);
    const growing = new LogStore();
    const replay = new Replay(growing);
    const { words } = log;
    growing.load({ ...log.toTrace(), records: 0, words: '' });
    for (let n = 0; n < log.count; n += 1) {
      const [w0, time, tid, object, a, b, c] = words.subarray(n * 8);
      growing.append(w0 ?? 0, time ?? 0, tid ?? 0, object ?? 0, a ?? 0, b ?? 0, c ?? 0);
      replay.extend();
      if (n % 50 === 0) expect(replay.at(n + 1)).toEqual(replayOf(log).at(n + 1));
    }
    expect(replay.at(log.count)).toEqual(replayOf(log).at(log.count));
  });

  it('is found by seeking even in a log of nonsense', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const log = new LogStore();
        for (let n = 0; n < 3000; n += 1) {
          const header = (1 + random.below(22)) | (random.below(16) << 8) | (random.below(20) << 16);
          log.append(header, random.below(50), random.below(5000), random.below(20_000), random.uint32() | 0, 0, 0);
        }
        const replay = replayOf(log);
        for (const n of [2999, 1025, 3000, 12, 1024, 0, 2047]) {
          const scratch = replayOf(log).seek(n);
          const sought = replay.seek(n);
          expect(
            Buffer.compare(Buffer.from(sought.threads.words.buffer), Buffer.from(scratch.threads.words.buffer)),
          ).toBe(0);
          expect(
            Buffer.compare(Buffer.from(sought.objects.words.buffer), Buffer.from(scratch.objects.words.buffer)),
          ).toBe(0);
          expect(sought.run).toEqual(scratch.run);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('keeps the view of a thread that did not change', () => {
    const { log } = new LogScript().process(1).process(2).ready(1).ready(2).dispatch(1).line(1);
    const replay = replayOf(log);
    const before = replay.at(5);
    const after = replay.at(6);
    expect(after.threads[1]).toBe(before.threads[1]);
    expect(after.threads[0]).not.toBe(before.threads[0]);
    expect(replay.at(6)).toBe(after);
  });

  it('starts again when the log was cleared', () => {
    const { log } = new LogScript().process(1, 'old').ready(1);
    const replay = replayOf(log);
    replay.at(2);
    log.clear();
    replay.extend();
    expect(replay.at(5)).toMatchObject({ record: 0, threads: [], ready: [] });
  });
});

describe('the ready queue', () => {
  it('is ordered by rank, then by arrival', () => {
    const script = new LogScript().process(1).process(2).process(3);
    script.ready(1, ReadyCause.CREATED, 1).ready(2, ReadyCause.CREATED, 0).ready(3, ReadyCause.CREATED, 0);
    expect(replayOf(script.log).at(6).ready).toEqual([2, 3, 1]);
  });

  it('puts a preempted thread behind those that were Ready before, and a boost makes all ranks equal', () => {
    const script = new LogScript().process(1).process(2).ready(1).dispatch(1).ready(2, ReadyCause.CREATED, 2);
    script.preempt(1, 0, PreemptCause.DEMOTED, 1).record(19, 0, -1, 0, 0);
    const replay = replayOf(script.log);
    expect(replay.at(6).ready).toEqual([1, 2]);
    expect(replay.at(7).ready).toEqual([2, 1]);
    expect(replay.at(6).threads[0]?.ready).toEqual({ cause: PreemptCause.DEMOTED, preempted: true, by: null });
  });
});

describe('objects', () => {
  /** Holders after each record behind the lock's. */
  const holders = (
    ...done: readonly (readonly [tid: number, operation: Operation])[]
  ): (number | null | undefined)[] => {
    const script = new LogScript().process(1).process(2).process(3).lock(5);
    for (const [tid, operation] of done) script.done(tid, operation, 5);
    const replay = replayOf(script.log);
    return done.map((_, n) => replay.at(5 + n).objects[0]?.holder);
  };
  const { ACQUIRE, RELEASE } = Operation;

  it('know the holder of a lock, whoever gives it back', () => {
    expect(holders([1, ACQUIRE], [1, RELEASE], [2, ACQUIRE], [1, RELEASE])).toEqual([1, null, 2, null]);
  });

  it('keep the new holder of a lock when the release by the old one is told late, as in live mode', () => {
    expect(holders([1, ACQUIRE], [2, ACQUIRE], [1, RELEASE])).toEqual([1, 2, 2]);
    const late = holders([1, ACQUIRE], [2, ACQUIRE], [1, RELEASE], [2, RELEASE], [3, ACQUIRE], [1, RELEASE]);
    expect(late).toEqual([1, 2, 2, null, 3, null]);
    expect(holders([1, ACQUIRE], [2, ACQUIRE], [2, RELEASE], [1, RELEASE], [3, ACQUIRE])).toEqual([
      1,
      2,
      null,
      null,
      3,
    ]);
  });

  it('know that a lock is free whose acquire is told after its release by a stranger', () => {
    expect(holders([2, RELEASE], [1, ACQUIRE], [3, ACQUIRE])).toEqual([null, null, 3]);
  });

  it('keep a lock held by a killed process, and a killed waiter leaves the queue', () => {
    const script = new LogScript().process(1).process(2).process(3).lock(5);
    script.done(1, Operation.ACQUIRE, 5).block(2, BlockReason.LOCK, 5).block(3, BlockReason.LOCK, 5);
    script.terminate(1, -1).terminate(2, -1);
    const replay = replayOf(script.log);
    expect(replay.at(7).objects[0]).toMatchObject({ holder: 1, waiters: [2, 3] });
    expect(replay.at(9).objects[0]).toMatchObject({ holder: 1, waiters: [3] });
  });

  it('are named by kind and number when the program did not name them', () => {
    const script = new LogScript().process(1).lock(5, 'till').lock(9).object(10, 4).variable(12, 'tickets', 20);
    const names = replayOf(script.log)
      .at(5)
      .objects.map((object) => object.name);
    expect(names).toEqual(['till', 'lock 2', 'event 1', 'tickets']);
  });

  it('keep the holder of a recursive lock, also when the last one speaks after it', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.RLOCK, 'till');
    script.done(1, ACQUIRE, 5, Outcome.OK, 1).done(1, ACQUIRE, 5, Outcome.OK, 2).done(1, RELEASE, 5, Outcome.OK, 1);
    script.done(2, ACQUIRE, 5, Outcome.OK, 1).done(1, RELEASE, 5, Outcome.OK, 0).done(2, RELEASE, 5, Outcome.OK, 0);
    const replay = replayOf(script.log);
    const held = [3, 4, 5, 6, 7, 8, 9].map((n) => replay.at(n).objects[0]).map((lock) => [lock?.holder, lock?.depth]);
    expect(held).toEqual([
      [null, 0],
      [1, 1],
      [1, 2],
      [1, 1],
      [2, 1],
      [2, 1],
      [null, 0],
    ]);
  });

  it('count the free places of a semaphore, also when the waker speaks after whom it woke', () => {
    const script = new LogScript().process(1).object(5, ObjectKind.BOUNDED_SEMAPHORE, 'rooms', 1, 1, 1);
    script.done(1, ACQUIRE, 5).done(2, ACQUIRE, 5).done(1, RELEASE, 5).done(3, ACQUIRE, 5, Outcome.TIMED_OUT);
    const replay = replayOf(script.log);
    expect([2, 3, 4, 5, 6].map((n) => replay.at(n).objects[0]?.value)).toEqual([1, 0, 0, 0, 0]);
    expect(replay.at(6).objects[0]?.limit).toBe(1);
  });

  it('count who has arrived at a barrier, until they pass, it is reset or it breaks', () => {
    const { ARRIVE, PASS, RESET, ABORT } = Operation;
    const script = new LogScript().process(1).object(5, ObjectKind.BARRIER, 'start', 1, 0, 2);
    script.done(1, ARRIVE, 5, Outcome.OK, 1).done(1, ARRIVE, 5, Outcome.OK, 2).done(1, PASS, 5).done(1, ABORT, 5);
    const replay = replayOf(script.done(1, RESET, 5).log);
    const stands = [2, 3, 4, 5, 6, 7].map((n) => replay.at(n).objects[0]);
    expect(stands.map((barrier) => barrier?.value)).toEqual([0, 1, 2, 0, 0, 0]);
    expect(stands.map((barrier) => barrier?.broken)).toEqual([false, false, false, false, true, false]);
    expect(stands[0]?.limit).toBe(2);
  });

  it('show the value of a variable, whole or not, as made and as written', () => {
    // The last one's second word is 0, as a whole number's of 32 bits would be.
    for (const made of [-20, 1.5, 0, 1, 5e-324]) {
      const replay = replayOf(new LogScript().process(1).variable(5, 'x', made).store(1, 5, 0.25).log);
      expect(replay.at(2).objects[0]?.value).toBe(made);
      expect(replay.at(3).objects[0]?.value).toBe(0.25);
    }
  });
});

describe('threads', () => {
  it('have short names that are unique', () => {
    const script = new LogScript().process(1, 'MainProcess').process(2, 'P3').process(3, 'Process-3');
    script.thread(4, 1, 'Thread-1').thread(5, 1, 'T9').thread(6, 2, 'Thread-2');
    const short = replayOf(script.log)
      .at(6)
      .threads.map((thread) => thread.shortName);
    expect(short).toEqual(['P1', 'P3', 'P3′', 'P1.T2', 'T9', 'P3.T2']);
    expect(new Set(short).size).toBe(short.length);
  });

  it('that block in a tick in which they executed a step leave Running one tick later', () => {
    const script = new LogScript().process(1).at(3).ready(1).dispatch(1).line(1).block(1, BlockReason.SLEEP, 0, 9);
    const [thread] = replayOf(script.log).at(5).threads;
    expect(thread).toMatchObject({ state: 'Blocked', since: 4, blocked: { reason: BlockReason.SLEEP, until: 9 } });
  });

  it('are on as many CPUs as configured or used', () => {
    const script = new LogScript().process(1).ready(1).dispatch(1, 2).end(RunEnd.FAILED, 'why');
    const replay = replayOf(script.log, 2);
    expect(replay.at(2).cpus).toEqual([null, null]);
    expect(replay.at(3).cpus).toEqual([null, null, asTid(1)]);
    replay.cpuCount = 4;
    expect(replay.at(4).cpus).toEqual([null, null, asTid(1), null]);
    expect(replay.at(4).end).toEqual({ kind: RunEnd.FAILED, message: 'why' });
  });
});
