import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asObjectId } from '../base/ids.ts';
import { Control } from './control.ts';
import { adopt, close, closeAll, countOf, duplicate, letGo, open, unpackAll } from './descriptor-table.ts';
import { enterAsHost, enterAsKernel, enterGuard, guarded, leaveGuard } from './guard.ts';
import { allocate, free } from './heap.ts';
import { createMemory, HEAP_AT, MAILBOXES_AT, objectAt, slotAt } from './layout.ts';
import { HOST_HANG_MS } from './limits.ts';
import { atEveryWrite, doMortally } from './mortal.fixture.ts';
import { ObjectKind, ObjectWord } from './objects.ts';
import { End } from './pipe-row.ts';
import { Slot } from './slot.ts';
import { announce, dropWatches, ringAll, unwatch, watch } from './watch.ts';

vi.mock('./words.ts', async (original) => (await import('./mortal.fixture.ts')).mortalWords(original));

const memory = createMemory();
const { words } = memory;
const GUARD = Control.HEAP_GUARD;
const VICTIM = 3;
const OTHER = 4;

const beVictim = (worker = 0): void => enterAsHost(VICTIM, worker);
const beKernel = (stop: (slot: number) => void = () => undefined): void => enterAsKernel(stop);
const endWorkers = (below = 1): unknown => Atomics.store(words, slotAt(VICTIM) + Slot.WORKERS_ENDED, below);

beforeEach(() => {
  words.fill(0, 0, MAILBOXES_AT);
  words.fill(0, HEAP_AT, HEAP_AT + 65_536);
});
afterEach(() => {
  beKernel();
  vi.restoreAllMocks();
});

/** The victim does this until it dies, at each of its writes in turn; then its worker has ended, and others go on. */
function dyingEverywhere(prepare: () => void, act: () => void, check: (died: boolean) => void): number {
  return atEveryWrite((writes) => {
    words.fill(0, 0, MAILBOXES_AT);
    words.fill(0, HEAP_AT, HEAP_AT + 65_536);
    beKernel();
    prepare();
    beVictim();
    const died = doMortally(writes, act);
    beKernel();
    if (died) endWorkers();
    check(died);
    return died;
  });
}

describe('a guard', () => {
  test('whose holder lives is waited for; once its worker has ended it is taken over, and mended first', () => {
    beVictim();
    enterGuard(words, GUARD);
    enterAsHost(OTHER, 0);
    const told: string[] = [];
    const wait = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      told.push('waited');
      expect(Atomics.load(words, slotAt(OTHER) + Slot.GUARD_WAITED)).toBe(GUARD);
      if (told.length === 3) endWorkers();
      return 'timed-out';
    });
    guarded(
      words,
      GUARD,
      () => told.push('entered'),
      () => told.push('mended'),
    );
    expect(told).toEqual(['waited', 'waited', 'waited', 'mended', 'entered']);
    expect(wait).toHaveBeenCalledTimes(3);
    expect(Atomics.load(words, GUARD)).toBe(0);
    expect(Atomics.load(words, slotAt(OTHER) + Slot.GUARD_WAITED)).toBe(0);
  });

  test('of the next worker in the slot is not that of the one that has ended', () => {
    endWorkers(1);
    beVictim(1);
    enterGuard(words, GUARD);
    beKernel();
    let waits = 0;
    vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      waits += 1;
      if (waits === 2) endWorkers(2);
      return 'timed-out';
    });
    enterGuard(words, GUARD);
    expect(waits).toBe(2);
  });

  test('that was taken from a worker is left alone by it, should it still run', () => {
    beVictim();
    enterGuard(words, GUARD);
    endWorkers();
    beKernel();
    enterGuard(words, GUARD);
    const held = Atomics.load(words, GUARD);
    beVictim();
    leaveGuard(words, GUARD);
    expect(Atomics.load(words, GUARD)).toBe(held);
    beKernel();
    leaveGuard(words, GUARD);
    expect(Atomics.load(words, GUARD)).toBe(0);
  });

  test('that a host does not leave makes the kernel stop its worker, as one that hangs, and no sooner', () => {
    beVictim();
    enterGuard(words, GUARD);
    let waitedMs = 0;
    vi.spyOn(Atomics, 'wait').mockImplementation((...[, , , ms]) => {
      waitedMs += Number(ms);
      return 'timed-out';
    });
    const stops: [slot: number, afterMs: number][] = [];
    beKernel((slot) => {
      stops.push([slot, waitedMs]);
      endWorkers();
    });
    enterGuard(words, GUARD);
    expect(stops).toEqual([[VICTIM, HOST_HANG_MS]]);
  });
});

describe('a host that dies at any write', () => {
  test('in the heap leaves every block to one owner at most', () => {
    const kept: [at: number, bytes: number][] = [];
    const writes = dyingEverywhere(
      () => {
        kept.length = 0;
        const [small, large] = [allocate(memory, 64), allocate(memory, 4096)];
        kept.push([allocate(memory, 64), 64]);
        free(memory, small, 64);
        free(memory, large, 4096);
      },
      () => {
        const small = allocate(memory, 64);
        const split = allocate(memory, 256);
        free(memory, small, 64);
        free(memory, split, 256);
        allocate(memory, 10_000);
      },
      () => {
        const blocks = [...kept];
        for (const bytes of [64, 64, 256, 512, 1024, 64, 4096, 128]) blocks.push([allocate(memory, bytes), bytes]);
        const sorted = blocks.toSorted(([a], [b]) => a - b);
        sorted.slice(1).forEach(([at], before) => {
          const [start = 0, bytes = 0] = sorted[before] ?? [];
          expect(at).toBeGreaterThanOrEqual(start + bytes);
        });
        for (const [at, bytes] of blocks) free(memory, at, bytes);
      },
    );
    expect(writes).toBeGreaterThan(10);
  });

  test('in the descriptor table leaves as many ends as the pipe counts, and all of its own can be closed', () => {
    const pipe = asObjectId(5);
    const [victim, survivor] = [9, 7];
    const mine: number[] = [];
    const writes = dyingEverywhere(
      () => {
        Atomics.store(words, Control.OBJECT_HEAD, pipe);
        words[objectAt(pipe) + ObjectWord.KIND] = ObjectKind.PIPE;
        mine.splice(0, 2, open(memory, survivor, pipe, End.READ), open(memory, survivor, pipe, End.WRITE));
      },
      () => {
        const read = open(memory, victim, pipe, End.READ);
        const write = open(memory, victim, pipe, End.WRITE);
        const sent = duplicate(memory, write, victim, pipe, End.WRITE);
        letGo(memory, sent, victim);
        adopt(memory, sent, victim);
        duplicate(memory, read, victim, pipe, End.READ);
        close(memory, write, victim, pipe, End.WRITE);
      },
      () => {
        unpackAll(memory, victim);
        closeAll(memory, victim);
        // What was on its way when it died is whoever's takes it.
        for (let descriptor = 1; descriptor < 8; descriptor += 1) adopt(memory, descriptor, 11);
        closeAll(memory, 11);
        expect([countOf(memory, pipe, End.READ), countOf(memory, pipe, End.WRITE)]).toEqual([1, 1]);
        const [read = 0, write = 0] = mine;
        expect(close(memory, read, survivor, pipe, End.READ)).toMatchObject({ left: 0 });
        expect(close(memory, write, survivor, pipe, End.WRITE)).toMatchObject({ left: 0 });
      },
    );
    expect(writes).toBeGreaterThan(40);
  });

  test('in the watch table leaves no row that nobody can take back, and whoever watches is told once', () => {
    const object = asObjectId(5);
    const [first, second, mine, theirs] = [1000, 1001, 1002, 1003];
    const wakes: number[] = [];
    const writes = dyingEverywhere(
      () => watch(memory, object, theirs),
      () => {
        const row = watch(memory, object, first);
        watch(memory, object, second);
        unwatch(memory, row);
        announce(memory, object, () => undefined);
      },
      () => {
        const before = Atomics.load(words, theirs);
        for (const bell of [first, second]) dropWatches(memory, bell);
        expect(watch(memory, object, mine)).toBeGreaterThan(0);
        wakes.length = 0;
        announce(memory, object, (bell) => wakes.push(bell));
        expect(wakes).toEqual([theirs, mine]);
        expect([theirs, mine].map((bell) => Atomics.load(words, bell))).toEqual([before + 1, 1]);
        ringAll(memory, (bell) => wakes.push(bell));
        expect(wakes.slice(2)).toEqual([theirs, mine]);
      },
    );
    expect(writes).toBeGreaterThan(15);
  });
});
