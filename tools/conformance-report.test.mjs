import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withTable } from '../bench/report.mjs';
import { Kept } from '../conformance/kept.mjs';
import { eventsIn, partOf } from '../conformance/outcomes.mjs';
import { isWanted, skipOf, SUITES, suiteOf } from '../conformance/plan.mjs';
import { classTable, countsOf, failures, sectionOf, suiteTable } from '../conformance/report.mjs';

/** @typedef {import('../conformance/outcomes.mjs').RunEvent} RunEvent */
/** @typedef {import('../conformance/outcomes.mjs').Verdict} Verdict */
/** @typedef {import('../conformance/report.mjs').ClassResult} ClassResult */

/** @type {Verdict} */
const PASSED = { outcome: 'passed', reason: '' };
/** @param {string} reason @returns {Verdict} */
const skipped = (reason) => ({ outcome: 'skipped', reason });
/** @param {string} reason @returns {Verdict} */
const failed = (reason) => ({ outcome: 'failed', reason });

/** @type {ClassResult[]} */
const RESULTS = [
  { suite: 'lock_tests', kind: 'LockTests', tests: new Map([['m.LockTests.test_a', PASSED]]) },
  {
    suite: 'test_queue',
    kind: 'QueueTest',
    tests: new Map([
      ['m.QueueTest.test_a', PASSED],
      ['m.QueueTest.test_b', skipped('needs fork')],
      ['m.QueueTest.test_c', skipped('needs fork')],
      ['m.QueueTest.test_d', skipped('a | b\nc')],
      ['m.QueueTest.test_e', failed('Traceback\n  it is not')],
    ]),
  },
];

/** @type {(module: string) => ClassResult} */
const locks = (module) => ({
  suite: 'lock_tests',
  kind: 'LockTests',
  tests: new Map([[`test.${module}.LockTests.test_a`, PASSED]]),
});

/** @param {string} name @param {Verdict} verdict @returns {RunEvent[]} */
const whole = (name, verdict) => [
  { event: 'begin', test: name },
  { event: 'outcome', test: name, ...verdict },
];

describe('what became of the tests of a run', () => {
  test('is read among all that the tests print themselves', () => {
    const stdout = 'noise {"event":"end"}\nmore\n\u001e{"event":"begin","test":"a"}\nnoise\n\u001e{"event":"end"}\n';
    expect(eventsIn(stdout)).toEqual([{ event: 'begin', test: 'a' }, { event: 'end' }]);
  });

  test('is a failure for the one that was under way when the run ended, and another run for those behind it', () => {
    /** @type {RunEvent[]} */
    const events = [...whole('a', PASSED), { event: 'begin', test: 'b' }];
    const { verdicts, rest } = partOf(['a', 'b', 'c', 'd'], events, 'deadlock', false);
    expect([...verdicts]).toEqual([
      ['a', PASSED],
      ['b', failed('deadlock')],
    ]);
    expect(rest).toEqual(['c', 'd']);
  });

  test('is a failure for all when none has begun: there is no end of runs otherwise', () => {
    const { verdicts, rest } = partOf(['a', 'b'], [], 'hangs', false);
    expect([...verdicts.values()]).toEqual([failed('hangs'), failed('hangs')]);
    expect(rest).toEqual([]);
  });

  test('is for all that did not begin what became of the fixture of their class', () => {
    /** @type {RunEvent[]} */
    const events = [{ event: 'fixture', test: 'setUpClass (C)', ...skipped('no such thing') }, { event: 'end' }];
    expect([...partOf(['a', 'b'], events, 'finished', true).verdicts.values()]).toEqual([
      skipped('no such thing'),
      skipped('no such thing'),
    ]);
  });

  test('is a failure when a run ends well and says nothing of a test', () => {
    const { verdicts } = partOf(['a', 'b'], [...whole('a', PASSED), { event: 'end' }], 'finished', true);
    expect(verdicts.get('b')).toEqual(failed('finished'));
  });

  test('is one thing, how the process ends after them another', () => {
    const events = whole('a', PASSED);
    expect(partOf(['a'], events, 'deadlock', false)).toMatchObject({ rest: [], complaint: 'deadlock' });
    expect(partOf(['a'], [...events, { event: 'end' }], 'deadlock', false).complaint).toBe('deadlock');
    expect(partOf(['a'], [...events, { event: 'end' }], 'finished', true).complaint).toBe('');
    expect(partOf(['a', 'b'], [...events, { event: 'begin', test: 'b' }], 'hangs', false).complaint).toBe('');
  });
});

describe('the table of the tests', () => {
  test('counts what passed, was skipped and failed of each suite and of all', () => {
    expect(countsOf(RESULTS)).toEqual({ passed: 2, skipped: 3, failed: 1 });
    expect(suiteTable(RESULTS, 'en').split('\n').slice(2)).toEqual([
      '| `lock_tests` | 1 | 0 | 0 | ✓ |',
      '| `test_queue` | 1 | 3 | 1 | ✗ |',
      '| all | 2 | 3 | 1 | ✗ |',
    ]);
    expect(suiteTable(RESULTS.slice(0, 1), 'zh').split('\n').at(-1)).toBe('| 合计 | 1 | 0 | 0 | ✓ |');
  });

  test('names for each class why tests were skipped, how often, and which failed', () => {
    expect(classTable(RESULTS, 'en').split('\n').at(-1)).toBe(
      '| test_queue: `QueueTest` | 1 | 3 | 1 | needs fork (2); a \\| b c; ✗ test_e |',
    );
    expect(classTable(RESULTS, 'zh')).toContain('需要 fork (2)');
  });

  test('tells two classes of one name apart by their modules', () => {
    const names = classTable([locks('test_thread'), locks('test_threading')], 'en')
      .split('\n')
      .slice(2);
    expect(names).toEqual([
      '| lock_tests: `test_thread.LockTests` | 1 | 0 | 0 |  |',
      '| lock_tests: `test_threading.LockTests` | 1 | 0 | 0 |  |',
    ]);
    expect(classTable([locks('test_thread')], 'en')).toContain('| lock_tests: `LockTests` |');
  });

  test('tells in the terminal why a test failed', () => {
    expect(failures(RESULTS)).toBe('✗ m.QueueTest.test_e\n    Traceback\n      it is not');
  });

  test('goes to its own place in a text, not to that of the benches', () => {
    const text =
      '<!-- bench:begin -->\nb\n<!-- bench:end -->\n<!-- conformance:begin -->\nold\n<!-- conformance:end -->\n';
    const written = withTable(text, sectionOf(RESULTS, 'today', 'en'), 'conformance');
    expect(written).toContain('<!-- bench:begin -->\nb\n<!-- bench:end -->');
    expect(written).not.toContain('old');
    expect(written).toContain('| all | 2 | 3 | 1 | ✗ |');
  });
});

describe('the plan of the tests', () => {
  test('has every module of a suite in it, and lock_tests apart', () => {
    for (const { name, modules } of SUITES.slice(1))
      expect(modules.map((module) => suiteOf(module, false))).toContain(name);
    expect(suiteOf('test.test_threading', true)).toBe('lock_tests');
    expect(() => suiteOf('test.test_queues', false)).toThrow('test.test_queues');
  });

  test('says why what cannot pass here is not run, and runs all else', () => {
    expect(skipOf('test.test_threading.EventTests.test_nan_timeout')).toBe(
      'claims what Python has changed after 3.14.2',
    );
    expect(skipOf('test.test_threading.EventTests.test_timeout')).toBeNull();
  });

  test('takes a suite by its name, and tests by a part of theirs', () => {
    expect(isWanted([], 'test_queue', 'm.QueueTest.test_a')).toBe(true);
    expect(isWanted(['test_queue'], 'test_queue', 'm.QueueTest.test_a')).toBe(true);
    expect(isWanted(['QueueTest.test_b'], 'test_queue', 'm.QueueTest.test_a')).toBe(false);
    expect(isWanted(['test_queue'], '_test_multiprocessing, processes', 'm.WithProcessesTestQueue.test_queue')).toBe(
      false,
    );
    expect(isWanted(['QueueTest'], 'lock_tests', 'm.QueueTest.test_a')).toBe(true);
  });
});

test('what is kept in a file is there for the next run, in the order of the suites', () => {
  const folder = mkdtempSync(join(tmpdir(), 'procession-kept-'));
  try {
    const path = join(folder, 'results.json');
    const [first, second] = RESULTS;
    if (first === undefined || second === undefined) throw new Error('there are two results');
    new Kept(path).add('b', second);
    const other = new Kept(path);
    expect(other.has('b')).toBe(true);
    expect(other.has('a')).toBe(false);
    other.add('a', first);
    expect(new Kept(path).results()).toEqual(RESULTS);
    expect(new Kept(undefined).results()).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
