import { asObjectId, asTid, type ObjectId } from '../base/ids.ts';
import { MAX_OBJECTS } from '../abi/limits.ts';
import { ObjectKind, type PartRole } from '../abi/objects.ts';
import { Kind, ValueForm } from '../abi/record.ts';
import { joinDouble } from '../abi/words.ts';
import { IntList } from './int-list.ts';
import type { LogStore } from './log-store.ts';
import type { ArrayCell, ObjectPart, PipeView, PoolView, Write } from './model.ts';
import { PipeFlow } from './pipe-flow.ts';
import { PoolTasks } from './pool-tasks.ts';

/** Cells that a view lists. */
const MAX_CELLS = 256;

interface Joint {
  readonly record: number;
  readonly part: ObjectId;
  readonly whole: ObjectId;
  readonly role: PartRole;
}

/** The records about one object, in order; ids of records, not copies. */
class Story {
  /** All of them: how many are below a cursor says whether two cursors see the same. */
  readonly events = new IntList(8);
  readonly stores = new IntList(4);
  /** array: by index, what was written to it or read from it. */
  readonly cells: (IntList | undefined)[] = [];
  readonly parts: Joint[] = [];
  readonly wholes: Joint[] = [];
  flow: PipeFlow | null = null;
  tasks: PoolTasks | null = null;
}

/** Never written to. */
const NO_STORY = new Story();
const NO_PARTS: readonly ObjectPart[] = [];

/**
 * What a row of words cannot hold: what an object is made of, what lies in it, who wrote it. Built once over the log, while
 * its end is folded; what holds at a cursor is found by binary search, so that checkpoints know nothing of it.
 */
export class ObjectHistory {
  readonly #log: LogStore;
  readonly #stories: (Story | undefined)[] = [];

  constructor(log: LogStore) {
    this.#log = log;
  }

  clear(): void {
    this.#stories.length = 0;
  }

  /** Record n moved a value; `kind` is its object's. */
  noteValue(n: number, object: number, kind: number): void {
    const log = this.#log;
    const isStore = log.kind(n) === Kind.STORE;
    if (!isStore && kind !== ObjectKind.ARRAY && log.aux(n) !== ValueForm.TEXT) return;
    const story = this.#story(object);
    if (story === null) return;
    story.events.push(n);
    if (isStore) story.stores.push(n);
    const index = log.c(n);
    if (kind !== ObjectKind.ARRAY || index < 0 || index >= MAX_CELLS) return;
    let cell = story.cells[index];
    if (cell === undefined) {
      cell = new IntList(4);
      while (story.cells.length < index) story.cells.push(undefined);
      story.cells[index] = cell;
    }
    cell.push(n);
  }

  /** Bytes went through a pipe, or one of its ends was opened or closed. */
  noteFlow(n: number, object: number): void {
    const story = this.#story(object);
    if (story === null) return;
    story.events.push(n);
    story.flow ??= new PipeFlow();
    story.flow.note(this.#log, n);
  }

  /** An operation of a pool. */
  noteTask(n: number, object: number): void {
    const story = this.#story(object);
    if (story === null) return;
    story.events.push(n);
    story.tasks ??= new PoolTasks();
    story.tasks.note(this.#log, n);
  }

  notePart(n: number, part: number, whole: number): void {
    const [one, other] = [this.#story(part), this.#story(whole)];
    if (one === null || other === null || one === other) return;
    const role = this.#log.aux(n) as PartRole;
    const joint = { record: n, part: asObjectId(part), whole: asObjectId(whole), role };
    one.events.push(n);
    other.events.push(n);
    one.wholes.push(joint);
    other.parts.push(joint);
  }

  /** How many of the first `record` records are about this object: the same number, the same answers. */
  eventsUntil(object: number, record: number): number {
    return this.#stories[object]?.events.countBelow(record) ?? 0;
  }

  partsOf(object: number, record: number): readonly ObjectPart[] {
    const parts = this.#stories[object]?.parts.filter((joint) => joint.record < record) ?? [];
    return parts.length === 0 ? NO_PARTS : parts.map(({ role, part }) => ({ role, object: part }));
  }

  /** Of what it is a part: by when, and as what. */
  wholesOf(object: number, record: number): readonly Joint[] {
    return this.#stories[object]?.wholes.filter((joint) => joint.record < record) ?? [];
  }

  /** The last store. */
  writeOf(object: number, record: number): Write | null {
    const stores = this.#stories[object]?.stores;
    const count = stores?.countBelow(record) ?? 0;
    if (stores === undefined || count === 0) return null;
    const n = stores.at(count - 1);
    return { record: n, by: asTid(this.#log.tid(n)) };
  }

  /** The last value that was no number. Precondition: the value at `record` is not an element of an array. */
  textOf(object: number, record: number): string | null {
    const { events } = this.#stories[object] ?? NO_STORY;
    const log = this.#log;
    for (let i = events.countBelow(record) - 1; i >= 0; i -= 1) {
      const n = events.at(i);
      const kind = log.kind(n);
      if (kind !== Kind.LOAD && kind !== Kind.STORE) continue;
      return log.aux(n) === ValueForm.TEXT ? log.text(log.a(n)) : null;
    }
    return null;
  }

  /** An array's first elements, `length` of them if it is known; what was neither read nor written is 0. */
  cellsOf(object: number, length: number, record: number): ArrayCell[] {
    const cells = this.#stories[object]?.cells ?? [];
    const count = Math.min(MAX_CELLS, Math.max(length, cells.length));
    return Array.from({ length: count }, (_, index) => this.#cell(cells[index] ?? NO_STORY.stores, record));
  }

  #cell(records: IntList, record: number): ArrayCell {
    const log = this.#log;
    let value: number | string | null = null;
    for (let i = records.countBelow(record) - 1; i >= 0; i -= 1) {
      const n = records.at(i);
      value ??= log.aux(n) === ValueForm.TEXT ? log.text(log.a(n)) : joinDouble(log.a(n), log.b(n));
      if (log.kind(n) === Kind.STORE) return { value, write: { record: n, by: asTid(log.tid(n)) } };
    }
    return { value: value ?? 0, write: null };
  }

  pipeOf(object: number, record: number): PipeView {
    return (this.#stories[object]?.flow ?? EMPTY_FLOW).view(this.#log, record);
  }

  poolOf(object: number, record: number): PoolView {
    return (this.#stories[object]?.tasks ?? NO_TASKS).view(this.#log, record);
  }

  #story(object: number): Story | null {
    if (object <= 0 || object >= MAX_OBJECTS) return null;
    while (this.#stories.length <= object) this.#stories.push(undefined);
    return (this.#stories[object] ??= new Story());
  }
}

const EMPTY_FLOW = new PipeFlow();
const NO_TASKS = new PoolTasks();
