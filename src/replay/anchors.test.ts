import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockReason, Operation, Outcome, PreemptCause, ReadyCause, VariableChange } from '../abi/record.ts';
import { anchorFor, parseAnchor, resolveAnchor } from './anchors.ts';
import { LogScript, ownObject } from './log-script.fixture.ts';
import { Replay } from './replay.ts';

const LOCK = 7;

/** Records are counted from 0; each comment says the number of records after that line. */
const script = new LogScript()
  .process(1, 'MainProcess') // 1
  .process(2, 'Process-1', 1) // 2
  .process(3, 'Cook', 1) // 3
  .lock(LOCK, 'lock') // 4
  .ready(2, ReadyCause.CREATED) // 5
  .dispatch(2) // 6
  .done(2, Operation.ACQUIRE, LOCK) // 7
  .preempt(2, 0, PreemptCause.QUANTUM) // 8
  .dispatch(3) // 9
  .done(3, Operation.ACQUIRE, LOCK, Outcome.FALSE) // 10
  .block(3, BlockReason.LOCK, LOCK) // 11
  .dispatch(2) // 12
  .print(2, 'half & half\n') // 13
  .done(2, Operation.RELEASE, LOCK) // 14
  .woken(3, LOCK, 2) // 15
  .ready(3, ReadyCause.WOKEN, 0, 2, LOCK) // 16
  .block(2, BlockReason.JOIN, ownObject(3)) // 17
  .dispatch(3) // 18
  .done(3, Operation.ACQUIRE, LOCK) // 19
  .block(3, BlockReason.IO) // 20
  .print(1, 'done\n') // 21
  .line(1, 2) // 22
  .line(2, 2) // 23
  .line(2, 3) // 24
  .instruction(3, 2, 'LOAD_GLOBAL counter') // 25
  .changed(3, VariableChange.GLOBAL, 'counter=90'); // 26

const PROGRAM = 'counter = 100\ncounter -= 10\nprint(counter)\n';

const replay = new Replay(script.log);
replay.extend();

function resolve(text: string): number | null {
  const anchor = parseAnchor(text);
  if (anchor === null) throw new Error(`"${text}" names no event`);
  return resolveAnchor(replay, anchor, PROGRAM);
}

describe('an anchor', () => {
  test.each([
    ['created', 1],
    ['created?nth=3', 3],
    ['created?thread=P2', 2],
    ['created?thread=Process-1', 2],
    ['created?thread=Cook', 3],
    ['ready?cause=created', 5],
    ['ready?thread=Cook&cause=woken', 16],
    ['dispatched?thread=P2&nth=2', 12],
    ['preempted?cause=quantum', 8],
    ['blocked?reason=lock', 11],
    ['blocked?thread=Cook&nth=2', 20],
    ['blocked?object=lock', 11],
    ['blocked?reason=join&object=Cook', 17],
    ['acquire?thread=Cook', 19],
    ['acquire?object=lock&nth=2', 19],
    ['release', 14],
    ['woken?object=lock', 15],
    ['print?text=half%20%26', 13],
    ['print?nth=2', 21],
    ['line', 22],
    ['line?thread=P2', 23],
    ['line?thread=P2&text=print', 24],
    ['line?text=counter%20-=&nth=3', 25],
    ['instruction', 25],
    ['instruction?thread=Cook&text=LOAD_GLOBAL', 25],
    ['variable?text=counter=90', 26],
  ])('%s leads to just after its event', (text, record) => {
    expect(resolve(text)).toBe(record);
  });

  test.each([
    'terminated',
    'blocked?nth=4',
    'line?text=nowhere',
    'instruction?text=STORE',
    'print?text=nothing',
    'created?thread=P3',
    'acquire?nth=3',
  ])('%s leads nowhere while the run has not come to it', (text) => {
    expect(resolve(text)).toBeNull();
  });

  test.each([
    '',
    'blockd',
    'constructor',
    'blocked?thread',
    'blocked?who=P2',
    'blocked?reason=hunger',
    'ready?reason=io',
    'ready?cause=quantum',
    'dispatched?cause=quantum',
    'blocked?text=x',
    'blocked?nth=0',
    'blocked?nth=1.5',
    'print?text=%',
  ])('%j names no event', (text) => {
    expect(parseAnchor(text)).toBeNull();
  });

  test('of a link is what it says for the engine, if it says anything for it', () => {
    const link = 'blocked?reason=io|py:line?text=a%7Cb';
    expect(anchorFor(link, 'ts')).toBe('blocked?reason=io');
    expect(anchorFor(link, 'py')).toBe('line?text=a%7Cb');
    expect(anchorFor('print', 'py')).toBe('print');
  });

  test('made of nonsense is refused, never thrown at', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'blockedready?thread=P2&nth%0'.split('')) }),
    );
    fc.assert(
      fc.property(text, (nonsense) => {
        const anchor = parseAnchor(nonsense);
        const record = anchor === null ? null : resolveAnchor(replay, anchor);
        expect(record ?? 1).toBeGreaterThanOrEqual(1);
        expect(record ?? 1).toBeLessThanOrEqual(replay.records);
      }),
    );
  });
});
