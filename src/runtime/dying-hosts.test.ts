import { afterEach, describe, expect, test, vi } from 'vitest';
import { Control } from '../abi/control.ts';
import { enterAsHost, enterAsKernel } from '../abi/guard.ts';
import { createMemory, HEAP_AT, MAILBOXES_AT, objectAt, slotAt } from '../abi/layout.ts';
import { PIPE_CAPACITY } from '../abi/limits.ts';
import { atEveryWrite, doMortally } from '../abi/mortal.fixture.ts';
import { takeOut } from '../abi/parking.ts';
import { End, endsWordOf } from '../abi/pipe-row.ts';
import { Park, Slot } from '../abi/slot.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { asObjectId } from '../base/ids.ts';
import * as barrier from '../sync/barrier.ts';
import * as pipe from '../sync/pipe.ts';
import { append, countSent, firstPending } from '../sync/task-backlog.ts';
import { answerOf } from '../sync/waiting-line.ts';
import { HostSlot } from './host-slot.ts';
import { LivePort } from './live-port.ts';
import { ParkingLot } from './parking-lot.ts';

vi.mock('../abi/words.ts', async (original) => (await import('../abi/mortal.fixture.ts')).mortalWords(original));

const memory = createMemory();
const { words } = memory;
const VICTIM = 1;
const OTHER = 2;
const THIRD = 3;
const object = asObjectId(7);
const word = stateWordOf(object);

afterEach(() => enterAsKernel(() => undefined));

/** The port of the thread in a slot, whose own row is 100 + slot. */
function portOf(slot: number): LivePort {
  words[slotAt(slot) + Slot.SELF_OBJECT] = 100 + slot;
  return new LivePort(new HostSlot(memory, slot, 0));
}

/** The victim does this until it dies, at each of its writes in turn; then its worker has ended, and `check` goes on without it. */
function dyingEverywhere<Scene>(
  prepare: () => Scene,
  act: (scene: Scene) => void,
  check: (scene: Scene, died: boolean) => void,
): number {
  return atEveryWrite((writes) => {
    words.fill(0, 0, MAILBOXES_AT);
    words.fill(0, HEAP_AT, HEAP_AT + 65_536);
    Atomics.store(words, Control.LOG_MUTED, 1);
    enterAsKernel(() => undefined);
    const scene = prepare();
    enterAsHost(VICTIM, 0);
    const died = doMortally(writes, () => act(scene));
    enterAsHost(OTHER, 0);
    if (died) Atomics.store(words, slotAt(VICTIM) + Slot.WORKERS_ENDED, 1);
    check(scene, died);
    return died;
  });
}

const silent = { parked() {}, chosen() {} };
class Asleep extends Error {}

/** Leaves the slot in the list of the word, asleep as it were. */
function queueUp(slot: number): void {
  const fallAsleep = (): never => {
    throw new Asleep();
  };
  try {
    new ParkingLot(memory, slot, silent).wait(word, Atomics.load(words, word), object, () => Infinity, fallAsleep);
  } catch (error) {
    if (!(error instanceof Asleep)) throw error;
  }
}

const parkOf = (slot: number): number => Atomics.load(words, slotAt(slot) + Slot.PARK);

describe('a host that dies at any write', () => {
  test('while it wakes others leaves nobody asleep whom nobody can wake', () => {
    const writes = dyingEverywhere(
      () => [OTHER, THIRD].forEach(queueUp),
      () => {
        Atomics.store(words, word, 1);
        new ParkingLot(memory, VICTIM, silent).wake(word, 1);
      },
      () => {
        queueUp(4);
        new ParkingLot(memory, 5, silent).wake(word, -1);
        expect([OTHER, THIRD, 4].map(parkOf)).toEqual([Park.CHOSEN, Park.CHOSEN, Park.CHOSEN]);
      },
    );
    expect(writes).toBeGreaterThan(5);
  });

  test('while it falls asleep uses up nobody’s wake-up', () => {
    const writes = dyingEverywhere(
      () => queueUp(OTHER),
      () => queueUp(VICTIM),
      (_, died) => {
        queueUp(THIRD);
        if (died) takeOut(memory, VICTIM);
        const lot = new ParkingLot(memory, 5, silent);
        expect(lot.wake(word, died ? 2 : 3)).toBe(died ? 2 : 3);
        expect([OTHER, THIRD].map(parkOf)).toEqual([Park.CHOSEN, Park.CHOSEN]);
        expect(lot.wake(word, -1)).toBe(0);
      },
    );
    expect(writes).toBeGreaterThan(5);
  });

  test('while it writes into a pipe leaves its message whole, or nothing of it', () => {
    const message = Uint8Array.of(1, 2, 3);
    dyingEverywhere(
      () => preparedPipe(),
      () => pipe.write(portOf(VICTIM), object, message, 0, 3),
      () => {
        const port = portOf(OTHER);
        const found = pipe.bytesIn(memory, object);
        expect([0, 3]).toContain(found);
        pipe.write(port, object, Uint8Array.of(9), 0, 1);
        const read = new Uint8Array(8);
        expect(pipe.read(port, object, read, 0, 8)).toBe(found + 1);
        expect([...read.subarray(0, found + 1)]).toEqual(found === 0 ? [9] : [1, 2, 3, 9]);
      },
    );
  });

  test('while it reads from a pipe has taken its bytes out, or none', () => {
    dyingEverywhere(
      () => {
        preparedPipe();
        pipe.write(portOf(OTHER), object, Uint8Array.of(1, 2, 3, 4), 0, 4);
      },
      () => pipe.read(portOf(VICTIM), object, new Uint8Array(3), 0, 3),
      () => {
        const read = new Uint8Array(8);
        const count = pipe.read(portOf(OTHER), object, read, 0, 8);
        expect([[1, 2, 3, 4], [4]]).toContainEqual([...read.subarray(0, count)]);
      },
    );
  });

  test('while it arrives at a barrier breaks it, and who waits there is told', () => {
    let broken = 0;
    dyingEverywhere(
      () => {
        barrier.initialise(portOf(OTHER), object, 3);
        barrier.arrive(portOf(OTHER), object);
      },
      () => barrier.arrive(portOf(VICTIM), object),
      (_, died) => {
        const heldAtDeath = Atomics.load(words, stateWordOf(object, 4)) !== 0;
        enterAsHost(THIRD, 0);
        const arrival = barrier.arrive(portOf(THIRD), object);
        expect(arrival === null).toBe(heldAtDeath);
        expect(barrier.isBroken(portOf(THIRD), object)).toBe(heldAtDeath);
        expect(answerOf(portOf(OTHER))).toBe(heldAtDeath ? barrier.Passage.BROKEN : 0);
        if (heldAtDeath) expect(died).toBe(true);
        broken += heldAtDeath ? 1 : 0;
        barrier.reset(portOf(THIRD), object);
        expect(barrier.arrive(portOf(THIRD), object)).toMatchObject({ index: 0, isLast: false });
      },
    );
    expect(broken).toBeGreaterThan(3);
  });

  test('while it opens a barrier lets everybody go, one way or the other', () => {
    dyingEverywhere(
      () => {
        barrier.initialise(portOf(OTHER), object, 3);
        for (const slot of [OTHER, THIRD]) barrier.arrive(portOf(slot), object);
        return barrier.arrive(portOf(VICTIM), object);
      },
      (arrival) => {
        if (arrival !== null) barrier.open(portOf(VICTIM), object, arrival);
      },
      () => {
        const heldAtDeath = Atomics.load(words, stateWordOf(object, 4)) !== 0;
        if (!heldAtDeath) return;
        barrier.abort(portOf(4), object);
        const answers = [OTHER, THIRD].map((slot) => answerOf(portOf(slot)));
        for (const answer of answers) expect([barrier.Passage.PASSED, barrier.Passage.BROKEN]).toContain(answer);
      },
    );
  });

  test('while it hands in a task loses at most its own', () => {
    const tasks = (texts: readonly string[]): Uint8Array[] => texts.map((text) => new TextEncoder().encode(text));
    const [first, mine, last] = tasks(['first', 'mine', 'last']) as [Uint8Array, Uint8Array, Uint8Array];
    for (const before of [[], [first]]) {
      dyingEverywhere(
        () => before.forEach((task) => append(portOf(OTHER), object, task)),
        () => append(portOf(VICTIM), object, mine),
        () => {
          const port = portOf(OTHER);
          append(port, object, last);
          const found: string[] = [];
          for (let pending = firstPending(port, object); pending !== null; pending = firstPending(port, object)) {
            found.push(new TextDecoder().decode(pending.rest));
            countSent(port, object, pending.rest.length);
          }
          const others = [...before, last].map((task) => new TextDecoder().decode(task));
          expect(found.filter((task) => task !== 'mine')).toEqual(others);
          expect(found.length - others.length).toBeLessThan(2);
        },
      );
    }
  });
});

function preparedPipe(): void {
  const port = portOf(OTHER);
  words[objectAt(object)] = 0;
  pipe.create(port, object, PIPE_CAPACITY);
  for (const end of [End.READ, End.WRITE]) Atomics.store(words, endsWordOf(object, end), 1);
}
