import { describe, expect, it } from 'vitest';
import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { asObjectId } from '../../../base/ids.ts';
import type { MachineState, ObjectView } from '../../../replay/model.ts';
import { Replay } from '../../../replay/replay.ts';
import { translator } from '../../texts/translate.ts';
import { memoryOf } from '../memory/memory-rows.ts';
import { badgeWidth, type Drawing, type Look } from './drawing.ts';
import { drawingWords } from './drawing-words.ts';
import { everyObject, Id } from './every-object.fixture.ts';
import { layoutObject } from './object-layout.ts';
import { partsInside, topObjects, waitersAt, wholeOf } from './object-tree.ts';

const replay = new Replay(everyObject().log, 2);
replay.extend();
const machine = replay.at(replay.records);
const words = (lang: 'zh' | 'en') => drawingWords(translator(lang), lang);

function objectIn(state: MachineState, id: number): ObjectView {
  const found = state.objects.find((object) => object.id === id);
  if (found === undefined) throw new Error(`no object ${id}`);
  return found;
}

function drawn(id: number, change: Partial<ObjectView> = {}): Drawing {
  const drawing = layoutObject({ ...objectIn(machine, id), ...change }, machine, words('en'));
  if (drawing === null) throw new Error(`object ${id} has no picture`);
  return drawing;
}

const count = ({ shapes }: Drawing, look: Look): number =>
  shapes.filter((shape) => shape.kind === 'rect' && shape.look === look).length;
const texts = ({ shapes }: Drawing): string[] => shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
const badges = ({ badges: all }: Drawing): string[] => all.map(({ name }) => name);

describe('the objects at the top', () => {
  it('are those that stand for themselves: no parts, no globals', () => {
    const ids = topObjects(machine).map(({ id }) => id as number);
    const inside = [Id.CONDITION_LOCK, Id.QUEUE_PIPE, Id.READ_LOCK, Id.WRITE_LOCK, Id.SLOTS, Id.MANAGED, Id.GLOBAL];
    for (const id of inside) expect(ids).not.toContain(id);
    for (const id of [Id.LOCK, Id.QUEUE, Id.POOL, Id.VALUE, Id.RESULT]) expect(ids).toContain(id);
  });

  it('have inside what they are made of, and who waits at any of it waits at them', () => {
    const queue = objectIn(machine, Id.QUEUE);
    const roles = [PartRole.PIPE, PartRole.READ_LOCK, PartRole.WRITE_LOCK, PartRole.SLOTS];
    expect(partsInside(machine, queue).map(({ role }) => role)).toEqual(roles);
    expect(waitersAt(machine, queue)).toEqual([7]);
    expect(wholeOf(machine, objectIn(machine, Id.READ_LOCK)).id).toBe(Id.QUEUE);
  });

  it('are found even when a saved run says that two are made of each other', () => {
    const [one, other] = [objectIn(machine, Id.LOCK), objectIn(machine, Id.RLOCK)];
    const odd = {
      ...machine,
      objects: [
        { ...one, whole: other.id, parts: [{ role: PartRole.LOCK, object: other.id }] },
        { ...other, whole: one.id, parts: [{ role: PartRole.LOCK, object: one.id }] },
      ],
    };
    expect(waitersAt(odd, objectIn(odd, Id.LOCK))).toEqual([6]);
    expect(wholeOf(odd, objectIn(odd, Id.LOCK))).toBeDefined();
  });
});

describe('the picture', () => {
  it('of a lock has its holder, of a recursive one a bar for each time it was taken', () => {
    expect(badges(drawn(Id.LOCK))).toEqual(['P3']);
    expect(texts(drawn(Id.LOCK, { holder: null }))).toEqual(['free']);
    expect(count(drawn(Id.RLOCK), 'taken')).toBe(2);
  });

  it('of a semaphore has a box a place, filled when it is taken', () => {
    expect([count(drawn(Id.SEMAPHORE), 'taken'), count(drawn(Id.SEMAPHORE), 'free')]).toEqual([2, 1]);
    const many = drawn(Id.SEMAPHORE, { value: 999, places: 1000 });
    expect([count(many, 'free'), texts(many)]).toEqual([0, ['Counter 999']]);
  });

  it('of a barrier has a place a party, and who waits stands in one', () => {
    expect(badges(drawn(Id.BARRIER))).toEqual(['P5']);
    expect([count(drawn(Id.BARRIER), 'on'), count(drawn(Id.BARRIER), 'outline')]).toEqual([1, 2]);
    expect(count(drawn(Id.BARRIER, { broken: true }), 'broken')).toBe(2);
  });

  it('of a pipe has the messages, next one on the right, and the processes at its ends', () => {
    const pipe = drawn(Id.PIPE);
    expect(texts(pipe).slice(0, 3)).toEqual(["'hello'", '4,096 bytes', '[1, 2]']);
    expect([count(pipe, 'item'), count(pipe, 'torn')]).toEqual([2, 1]);
    const items = pipe.shapes.filter((shape) => shape.kind === 'rect' && shape.look !== 'outline');
    expect(items.map(({ x }) => x)).toEqual(items.map(({ x }) => x).toSorted((a, b) => b - a));
    expect(badges(pipe)).toEqual(['P1', 'P3', 'P4']);
  });

  it('of a pipe says how many messages found no room', () => {
    const { pipe } = objectIn(machine, Id.PIPE);
    const item = { record: 1, by: machine.threads[0]?.tid ?? 0, bytes: 9, last: true, text: 'a long message' };
    const items = Array.from({ length: 40 }, () => item) as NonNullable<typeof pipe>['items'];
    const full = drawn(Id.PIPE, { pipe: pipe === null ? null : { ...pipe, items } });
    const shown = count(full, 'item');
    expect(shown).toBeGreaterThan(1);
    expect(texts(full)).toContain(`+${40 - shown}`);
  });

  it('of a queue has its items, the holders of its two locks and its places', () => {
    const queue = drawn(Id.QUEUE);
    expect(texts(queue)).toEqual(expect.arrayContaining(["'tea'", "'cake'", '42', '3 items', '1 of 4 places free']));
    expect(badges(queue)).toEqual(['P4']);
    expect([count(queue, 'taken'), count(queue, 'free')]).toEqual([3, 1]);
  });

  it('of data has its value, marked when the last step has written it', () => {
    expect([texts(drawn(Id.VALUE))[0], count(drawn(Id.VALUE), 'changed')]).toEqual(['42', 1]);
    expect(count(drawn(Id.ARRAY), 'changed')).toBe(1);
    expect(texts(drawn(Id.ARRAY))).toEqual(['0', '0', '7', '1', '0', '2', '9', '3', '0', '4']);
  });

  it('of a pool has the tasks that wait and the task of each worker; of a manager what its server keeps', () => {
    expect(texts(drawn(Id.POOL))).toEqual(['3', '4', '2 waiting, 1 done', 'idle', '#2']);
    expect(badges(drawn(Id.POOL))).toEqual(['P7', 'P8']);
    expect(texts(drawn(Id.MANAGER))).toContain("d = {'n': 3}");
  });

  it('of every kind stays inside its frame, in both languages', () => {
    for (const lang of ['zh', 'en'] as const) {
      for (const object of machine.objects.filter(({ kind }) => kind !== ObjectKind.NONE)) {
        const { width, height, shapes, badges: places } = layoutObject(object, machine, words(lang)) ?? drawn(Id.LOCK);
        for (const shape of shapes) {
          const right = shape.kind === 'rect' ? shape.x + shape.width : shape.x;
          const bottom = shape.kind === 'rect' ? shape.y + shape.height : shape.y;
          expect(Math.min(shape.x, shape.y)).toBeGreaterThanOrEqual(0);
          expect([right <= width, bottom <= height], `${object.name} ${shape.kind}`).toEqual([true, true]);
        }
        for (const { x, y, name } of places) {
          expect([x + badgeWidth(name) <= width + 4, y + 18 <= height], object.name).toEqual([true, true]);
        }
      }
    }
  });
});

describe('the memory', () => {
  it('has each process with its own globals and the threads that share them, and apart what all share', () => {
    const { processes, shared } = memoryOf(machine);
    const own = processes.map(({ pid, threads, globals }) => [pid, threads.length, globals.map(({ name }) => name)]);
    expect(own.slice(0, 2)).toEqual([
      [1, 2, ['counter']],
      [3, 1, ['counter']],
    ]);
    expect(processes[1]?.globals[0]).toMatchObject({ text: "['a', 2]", write: { by: 3 } });
    expect(shared.map(({ id }) => id)).toEqual([asObjectId(Id.VALUE), asObjectId(Id.ARRAY)]);
  });

  it('is empty while there is neither a global nor shared data', () => {
    expect(memoryOf(replay.at(9))).toEqual({ processes: [], shared: [] });
  });

  it('keeps a process that has ended for its globals only', () => {
    const over = machine.threads.map((thread) => ({ ...thread, state: 'Terminated' as const }));
    const { processes } = memoryOf({ ...machine, threads: over });
    expect(processes.map(({ pid, isOver }) => [pid, isOver])).toEqual([
      [1, true],
      [3, true],
    ]);
  });
});
