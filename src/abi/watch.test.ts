import { beforeEach, expect, test } from 'vitest';
import { asObjectId } from '../base/ids.ts';
import { createMemory, MAILBOXES_AT } from './layout.ts';
import { MAX_WATCHES } from './limits.ts';
import { announce, bellOf, dropWatches, unwatch, watch } from './watch.ts';

const memory = createMemory();
const { words } = memory;
const [pipe, process, other] = [4, 5, 6].map(asObjectId) as [
  ReturnType<typeof asObjectId>,
  ReturnType<typeof asObjectId>,
  ReturnType<typeof asObjectId>,
];
const [first, second] = [bellOf(asObjectId(1)), bellOf(asObjectId(2))];

beforeEach(() => words.fill(0, 0, MAILBOXES_AT));

/** Which bells ring for the object, in order. */
function rungBy(object: typeof pipe): number[] {
  const rung: number[] = [];
  announce(memory, object, (bell) => rung.push(bell));
  return rung;
}

test('an announcement rings every bell of its object, in the order of registration, and no other', () => {
  watch(memory, pipe, second);
  watch(memory, process, first);
  watch(memory, pipe, first);
  expect(rungBy(pipe)).toEqual([second, first]);
  expect(rungBy(other)).toEqual([]);
  expect([words[first], words[second]]).toEqual([1, 1]);
});

test('a bell that is registered twice with an object wakes once', () => {
  watch(memory, pipe, first);
  watch(memory, pipe, first);
  expect(rungBy(pipe)).toEqual([first]);
});

test('what is taken back rings no more, and its row is used again', () => {
  const rows = [first, second, first].map((bell) => watch(memory, pipe, bell));
  unwatch(memory, rows[1] as number);
  expect(rungBy(pipe)).toEqual([first]);
  unwatch(memory, rows[0] as number);
  unwatch(memory, rows[2] as number);
  expect(rungBy(pipe)).toEqual([]);
  expect(watch(memory, process, second)).toBe(rows[0]);
});

test('all that a thread watches can be dropped at once', () => {
  watch(memory, pipe, first);
  watch(memory, process, first);
  watch(memory, pipe, second);
  dropWatches(memory, first);
  expect([rungBy(pipe), rungBy(process)]).toEqual([[second], []]);
});

test('a full table says so', () => {
  for (let row = 1; row < MAX_WATCHES; row += 1) expect(watch(memory, asObjectId(row), first)).toBe(row);
  expect(watch(memory, pipe, second)).toBe(0);
  dropWatches(memory, first);
  expect(watch(memory, pipe, second)).toBe(1);
});
