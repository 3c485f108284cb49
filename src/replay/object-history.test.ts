import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectKind, PartRole } from '../abi/objects.ts';
import { BlockReason, Kind, Operation, Outcome, RunEnd } from '../abi/record.ts';
import { Random } from '../base/random.ts';
import { LogScript, ownObject } from './log-script.fixture.ts';
import type { MachineState, ObjectView } from './model.ts';
import { Replay } from './replay.ts';

const [QUEUE, PIPE, READ, WRITE] = [5, 6, 7, 8];

function replayOf(script: LogScript): Replay {
  const replay = new Replay(script.log);
  replay.extend();
  return replay;
}

const stateOf = (script: LogScript, record = script.log.count): MachineState => replayOf(script).at(record);

function objectOf(state: MachineState, id: number): ObjectView {
  const found = state.objects.find((object) => object.id === id);
  if (found === undefined) throw new Error(`object ${id} is not there`);
  return found;
}

function queueScript(): LogScript {
  const script = new LogScript().process(1).process(2);
  script.object(QUEUE, ObjectKind.QUEUE, 'q').object(PIPE, ObjectKind.PIPE).lock(READ).lock(WRITE);
  script.part(PIPE, QUEUE, PartRole.PIPE).part(READ, QUEUE, PartRole.READ_LOCK);
  return script.part(WRITE, QUEUE, PartRole.WRITE_LOCK);
}

describe('what an object is made of', () => {
  it('is known from the record on that says so', () => {
    const script = queueScript();
    const parts = (back: number) => objectOf(stateOf(script, script.log.count - back), QUEUE).parts;
    expect(parts(0)).toEqual([
      { role: PartRole.PIPE, object: PIPE },
      { role: PartRole.READ_LOCK, object: READ },
      { role: PartRole.WRITE_LOCK, object: WRITE },
    ]);
    expect(parts(2)).toEqual([{ role: PartRole.PIPE, object: PIPE }]);
    expect(parts(3)).toEqual([]);
    expect(objectOf(stateOf(script), PIPE).whole).toBe(QUEUE);
    expect(objectOf(stateOf(script), QUEUE).whole).toBeNull();
  });

  it('is no part any more when it belongs to two, or when it is a lock that the program has named itself', () => {
    const script = new LogScript().process(1).lock(5, 'mutex').lock(6).lock(7);
    for (const condition of [8, 9, 10]) script.object(condition, ObjectKind.CONDITION);
    script.part(5, 8, PartRole.LOCK).part(6, 9, PartRole.LOCK).part(7, 9, PartRole.LOCK).part(7, 10, PartRole.LOCK);
    expect([5, 6, 7].map((lock) => objectOf(stateOf(script), lock).whole)).toEqual([null, 9, null]);
  });
});

describe('what lies in a pipe', () => {
  it('is what was sent and not received, message by message', () => {
    const script = queueScript();
    script.send(1, PIPE, 10, "'a'").send(2, PIPE, 20).send(2, PIPE, 5, "'bb'").receive(2, PIPE, 10, "'a'");
    const pipe = (back: number) => objectOf(stateOf(script, script.log.count - back), PIPE).pipe;
    expect(pipe(0)).toMatchObject({ sent: 35, received: 10, messages: 1 });
    expect(pipe(0)?.items).toMatchObject([{ by: 2, bytes: 25, last: true, text: "'bb'" }]);
    expect(pipe(1)).toMatchObject({ messages: 2, items: [{ text: "'a'" }, { text: "'bb'" }] });
    expect(pipe(2)?.items.map(({ bytes, last }) => [bytes, last])).toEqual([
      [10, true],
      [20, false],
    ]);
    script.receive(1, PIPE, 7);
    expect(pipe(0)?.items).toMatchObject([{ bytes: 18, last: true }]);
  });

  it('is torn where two wrote at once', () => {
    const script = queueScript().send(1, PIPE, 4).send(2, PIPE, 4).send(1, PIPE, 4, 'x').send(2, PIPE, 4, 'y');
    expect(objectOf(stateOf(script), PIPE).pipe?.items).toMatchObject([
      { by: 1, last: false },
      { by: 2, last: false },
      { by: 1, last: true, text: 'x' },
      { by: 2, last: true, text: 'y' },
    ]);
  });

  it('may be read and written by the processes that hold its ends open, once for each end', () => {
    const script = queueScript();
    script.pipeEnd(PIPE, 'read', 1, 1).pipeEnd(PIPE, 'write', 1, 1).pipeEnd(PIPE, 'write', 2, 2);
    script.pipeEnd(PIPE, 'write', 1, 3).pipeEnd(PIPE, 'write', 1, 2, false);
    const ends = (back: number) => {
      const pipe = objectOf(stateOf(script, script.log.count - back), PIPE).pipe;
      return [pipe?.readers, pipe?.writers];
    };
    expect(ends(0)).toEqual([[1], [2, 1]]);
    expect(ends(1)).toEqual([[1], [1, 2, 1]]);
  });

  it('is as one counts it byte by byte, at any record', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const random = new Random(seed);
        const script = queueScript();
        const inside: number[] = [];
        const expected: number[] = [];
        const first = script.log.count;
        for (let n = 0; n < 200; n += 1) {
          if (random.below(2) === 0) {
            const bytes = 1 + random.below(30);
            const last = random.below(2) === 0;
            script.send(1, PIPE, bytes, last ? 'm' : null);
            for (let i = 1; i <= bytes; i += 1) inside.push(last && i === bytes ? 1 : 0);
          } else {
            const bytes = random.below(inside.length + 1);
            script.receive(2, PIPE, bytes);
            inside.splice(0, bytes);
          }
          expected.push(inside.length, inside.filter((end) => end === 1).length);
        }
        const replay = replayOf(script);
        for (const n of [0, 199, 3, 100, 57, 198]) {
          const pipe = objectOf(replay.at(first + n + 1), PIPE).pipe;
          expect(pipe).not.toBeNull();
          expect([(pipe?.sent ?? 0) - (pipe?.received ?? 0), pipe?.messages]).toEqual(expected.slice(2 * n, 2 * n + 2));
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('a variable', () => {
  it('has its last value, be it a number or a text, and who wrote it last', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.GLOBAL, 'counter', 2);
    script.store(2, 5, 3).storeText(1, 5, '[1, 2]').store(2, 5, 4);
    const variable = (back: number) => objectOf(stateOf(script, script.log.count - back), 5);
    const { count } = script.log;
    expect(variable(0)).toMatchObject({ process: 2, value: 4, text: null, write: { record: count - 1, by: 2 } });
    expect(variable(1)).toMatchObject({ text: '[1, 2]', write: { by: 1 } });
    expect(variable(3)).toMatchObject({ text: null, write: null });
  });

  it('that is an array has elements, each with its own last write', () => {
    const script = new LogScript().process(1).process(2).object(5, ObjectKind.ARRAY, 'a', 1, 3);
    script.store(1, 5, 7, Kind.STORE, 1).store(2, 5, 9, Kind.STORE, 1).store(2, 5, 5, Kind.LOAD, 2);
    const cells = (back: number) =>
      objectOf(stateOf(script, script.log.count - back), 5).cells?.map(({ value, write }) => [value, write?.by]);
    expect(cells(0)).toEqual([
      [0, undefined],
      [9, 2],
      [5, undefined],
    ]);
    expect(cells(2)?.[1]).toEqual([7, 1]);
  });
});

describe('a pool', () => {
  it('knows which tasks wait, which worker is at which, and how many are done', () => {
    const script = new LogScript().process(1).process(2).process(3).object(5, ObjectKind.POOL, 'pool');
    script.part(ownObject(2), 5, PartRole.WORKER).part(ownObject(3), 5, PartRole.WORKER);
    for (const task of [1, 2, 3, 4]) script.call(1, Operation.SUBMIT, 5, task);
    script.call(2, Operation.TASK, 5, 1).call(3, Operation.TASK, 5, 2).done(2, Operation.TASK, 5);
    script.call(2, Operation.TASK, 5, 3);
    const pool = (back: number) => objectOf(stateOf(script, script.log.count - back), 5).pool;
    expect(pool(0)).toMatchObject({ submitted: 4, waiting: [4], waits: 1, done: 1 });
    expect(pool(0)?.running).toEqual([
      { task: 2, by: 3 },
      { task: 3, by: 2 },
    ]);
    expect(pool(2)).toMatchObject({ waiting: [3, 4], done: 0, size: null });
    expect(pool(4)).toMatchObject({ waiting: [1, 2, 3, 4], running: [] });
    expect(objectOf(stateOf(script), 5).parts.map(({ object }) => object)).toEqual([ownObject(2), ownObject(3)]);
    script.done(1, Operation.TASK, 5, Outcome.FALSE, 2);
    expect(pool(0)).toMatchObject({ running: [{ task: 3 }], done: 1, lost: 1 });
    script.call(1, Operation.RESIZE, 5, 3);
    expect(pool(0)?.size).toBe(3);
  });
});

describe('a result', () => {
  it('is there once it was set, whatever its record says besides', () => {
    const script = new LogScript().process(1).object(5, ObjectKind.RESULT, 'r', 1, 2, 7).done(1, Operation.SET, 5);
    const ready = (back: number) => objectOf(stateOf(script, script.log.count - back), 5).ready;
    expect([ready(1), ready(0)]).toEqual([false, true]);
  });
});

describe('a view', () => {
  it('is the same object as long as nothing was said about it', () => {
    const script = queueScript().send(1, PIPE, 10, 'a').print(1, 'x').print(1, 'y').receive(1, PIPE, 10, 'a');
    const replay = replayOf(script);
    const pipeAt = (record: number) => objectOf(replay.at(record), PIPE);
    const { count } = script.log;
    const here = pipeAt(count - 1);
    expect(pipeAt(count - 2)).toBe(here);
    expect(pipeAt(count)).not.toBe(here);
    expect(pipeAt(count - 3)).toEqual(here);
  });

  it('survives a log that was cleared', () => {
    const script = queueScript().send(1, PIPE, 10, 'a');
    const replay = replayOf(script);
    script.log.clear();
    script.process(1).object(PIPE, ObjectKind.PIPE).end(RunEnd.FINISHED);
    replay.extend();
    expect(objectOf(replay.at(script.log.count), PIPE).pipe).toMatchObject({ sent: 0, items: [] });
    expect(script.block(1, BlockReason.PIPE_EMPTY, PIPE).log.count).toBe(4);
  });
});
