import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MACHINE_RANGES,
  NO_SCHEDULE,
  POLICY_NAMES,
  type Input,
  type MachineConfig,
  type Pick,
} from '../../abi/config.ts';
import { MAX_THREADS, MAX_TICKS } from '../../abi/limits.ts';
import { asTid } from '../../base/ids.ts';
import { FIRST_SCENARIO, SCENARIOS } from '../../scenarios/index.ts';
import { say } from '../texts/translate.ts';
import { SPEED_RANGE, STEPS_BY, TABS } from './lab.ts';
import { CUSTOM_LESSON, FIRST, LESSONS, SECOND, POOL_LESSON } from './lessons.fixture.ts';
import { formatLink, parseLink, type Lessons } from './link.ts';
import { MAX_CHOICES } from './link-schedule.ts';
import { MAX_LINK_LENGTH } from './link-text.ts';
import { RESERVED } from './link-v1.ts';
import { defaultView, type View } from './view.ts';

const parse = (link: string) => parseLink(link, LESSONS);
const messages = (link: string) => parse(link).notices.map((notice) => say(notice, 'en'));

const tick = fc.nat({ max: MAX_TICKS });
const picks = fc.array(fc.record({ tick, tid: fc.integer({ min: 1, max: MAX_THREADS }).map(asTid) }), {
  maxLength: 20,
});
const line = fc.option(fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !/[\r\n]/.test(text)));
const inputs = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('kill' as const), tick, pid: fc.integer({ min: 1, max: 99 }) }),
    fc.record({ kind: fc.constant('line' as const), tick, text: line }),
  ),
  { maxLength: 5 },
);
const inOrder = <Entry extends Pick | Input>(entries: readonly Entry[]) => entries.toSorted((a, b) => a.tick - b.tick);

const config: fc.Arbitrary<MachineConfig> = fc.record({
  policy: fc.constantFrom(...POLICY_NAMES),
  cpus: fc.integer(MACHINE_RANGES.cpus),
  quantum: fc.integer(MACHINE_RANGES.quantum),
  levels: fc.integer(MACHINE_RANGES.levels),
  allotment: fc.integer(MACHINE_RANGES.allotment),
  boost: fc.integer(MACHINE_RANGES.boost),
  seed: fc.integer(MACHINE_RANGES.seed),
});

const parameters = fc.record({
  workers: fc.integer({ min: 1, max: 8 }),
  locked: fc.boolean(),
  how: fc.constantFrom('one', 'two'),
  jobs: fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('!') && text.length <= 60),
});

const view: fc.Arbitrary<View> = fc
  .record({
    scenario: fc.constantFrom(...LESSONS),
    own: parameters,
    engine: fc.constantFrom('ts' as const, 'py' as const),
    mode: fc.constantFrom('stepped' as const, 'live' as const),
    pool: fc.integer({ min: 1, max: 9 }),
    config,
    picks,
    inputs,
    at: fc.option(fc.nat()),
    lang: fc.option(fc.constantFrom('zh' as const, 'en' as const)),
    thread: fc.option(fc.integer({ min: 1, max: MAX_THREADS }).map(asTid)),
    speed: fc.integer(SPEED_RANGE),
    tab: fc.constantFrom(...TABS),
    embed: fc.boolean(),
    library: fc.boolean(),
    stepBy: fc.constantFrom(...STEPS_BY),
    code: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/)),
  })
  .map(({ own, picks: chosen, inputs: given, ...rest }) => ({
    ...rest,
    parameters: rest.scenario === FIRST ? own : {},
    pool: rest.scenario === POOL_LESSON ? rest.pool : null,
    schedule: { picks: inOrder(chosen), inputs: inOrder(given) },
    code: rest.scenario === CUSTOM_LESSON ? rest.code : null,
  }))
  .map((made) => ({ ...made, engine: made.scenario === CUSTOM_LESSON ? ('py' as const) : made.engine }))
  .map((made) => (made.engine === 'py' ? { ...made, mode: 'stepped' as const } : made))
  .map((made) => (made.mode === 'live' ? { ...made, schedule: NO_SCHEDULE, at: null, thread: null } : made));

describe('a link', () => {
  it('says every view, and reads back as the same view', () => {
    fc.assert(
      fc.property(view, (original) => {
        const link = formatLink(original);
        const { view: read, notices } = parse(link);
        expect(read).toEqual(original);
        expect(notices.filter(({ tone }) => tone !== 'info')).toEqual([]);
        expect(formatLink(read)).toBe(link);
      }),
      { numRuns: 2000 },
    );
  });

  it('names the lesson only, when everything is as the lesson has it', () => {
    expect(formatLink(defaultView(SECOND))).toBe('#/second?v=1');
    expect(parse('#/second').view).toEqual(defaultView(SECOND));
  });

  it('is readable, and its names stand in a fixed order', () => {
    const one = parse('#/first-lesson?quantum=3&cpus=2&jobs=0:c1-i2,3:c4@1&picks=17:2,12:3&locked=0&inputs=42:kill:3');
    const link =
      '#/first-lesson?v=1&locked=false&jobs=0:c1-i2,3:c4@1&cpus=2&quantum=3&picks=12:3,17:2&inputs=42:kill:3';
    expect(one.notices).toEqual([]);
    expect(formatLink(one.view)).toBe(link);
  });

  it('opens the first lesson where it names none', () => {
    for (const empty of ['', '#', '#/', 'https://example.org/lab/', 'https://example.org/lab/#/']) {
      expect(parse(empty)).toEqual({ view: defaultView(FIRST), notices: [] });
    }
  });

  it('may be a whole address', () => {
    expect(parse('https://example.org/lab/?x=1#/second?cpus=3').view.config.cpus).toBe(3);
  });

  it('says texts that mean the same in the same short form', () => {
    const { view: read, notices } = parseLink('#/workload?jobs=0：c5，%20100 ：c2-c1', PAGE_LESSONS);
    expect(notices).toEqual([]);
    expect(formatLink(read)).toBe('#/workload?v=1&jobs=0:c5,100:c3');
  });

  it('keeps the order of several picks of one tick', () => {
    expect(parse('#/second?picks=5:2,3:9,5:1').view.schedule.picks).toEqual([
      { tick: 3, tid: 9 },
      { tick: 5, tid: 2 },
      { tick: 5, tid: 1 },
    ]);
  });
});

describe('a wrong link', () => {
  it('names the parameter, what is allowed and what was used instead', () => {
    expect(messages('#/second?cpus=99')).toEqual(['cpus: “99” is not a whole number from 1 to 16. 16 was used.']);
    expect(messages('#/second?cpus=two')).toEqual(['cpus: “two” is not a whole number from 1 to 16. 1 was used.']);
    expect(messages('#/first-lesson?workers=0')).toEqual([
      'workers: “0” is not a whole number from 1 to 8. 1 was used.',
    ]);
    expect(messages('#/first-lesson?locked=maybe')).toEqual([
      'locked: “maybe” is neither true nor false. true was used.',
    ]);
    expect(messages('#/first-lesson?how=three')).toEqual(['how: “three” is not one of one, two. one was used.']);
    expect(messages('#/first-lesson?jobs=a!')).toEqual(['jobs: no “!” is allowed. 0:c3-i5-c2,0:c4@1 was used.']);
    expect(messages('#/second?picks=1:2,x,3:4')).toEqual([
      'picks: “x” is not tick:thread (tick from 0, thread 1 to 4096). 2 of 3 were used.',
    ]);
    expect(messages('#/second?inputs=3:stop:1')).toEqual([
      'inputs: “3:stop:1” is not tick:kill:process (tick from 0, process from 1), tick:line:text, tick:eof or, in a lesson with a pool, tick:pool:size. 0 of 1 were used.',
    ]);
    for (const wrong of [
      '3:line',
      '3:line:a b',
      '3:line:_w',
      '3:eof:1',
      '3:line:YQpi',
      `3:line:${'QUFB'.repeat(1400)}`,
    ]) {
      expect(parse(`#/second?inputs=${wrong}`).view.schedule.inputs, wrong).toEqual([]);
    }
    // The clock would count from below zero after it.
    expect(messages('#/second?inputs=2147483647:kill:3')).toEqual([
      'inputs: “2147483647:kill:3” is not tick:kill:process (tick from 0, process from 1), tick:line:text, tick:eof or, in a lesson with a pool, tick:pool:size. 0 of 1 were used.',
    ]);
  });

  it('gets the list of the lessons when it names an unknown one', () => {
    expect(messages('#/nowhere?cpus=2')).toEqual([
      'There is no lesson “nowhere”. There are: first-lesson, second, custom, pooled. “first-lesson” was opened.',
    ]);
    expect(say(parse('#/nowhere').notices[0]!, 'zh')).toBe(
      '没有课程“nowhere”。现有课程：first-lesson, second, custom, pooled。已打开“first-lesson”。',
    );
  });

  it('says that it comes from a newer version, and takes nothing else of it', () => {
    const { view: read, notices } = parse('#/second?v=2&cpus=4&whatever=1');
    expect(read).toEqual(defaultView(SECOND));
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ key: 'link.newer', name: null });
  });

  it('names what the lesson does not have, and what it has', () => {
    expect(messages('#/first-lesson?buyers=3')[0]).toBe(
      'buyers: the lesson “first-lesson” has no such parameter. It has: workers, locked, how, jobs. It was ignored.',
    );
    expect(messages('#/second?__proto__=1&constructor=2')).toHaveLength(2);
  });

  it('says that a live run has no places that a link could lead to', () => {
    const { view: live, notices } = parse('#/second?mode=live&at=7&picks=1:2&inputs=3:kill:1&thread=2&cpus=3');
    expect(live).toMatchObject({ mode: 'live', at: null, thread: null, schedule: NO_SCHEDULE });
    expect(live.config.cpus).toBe(3);
    expect(notices.map(({ name, tone }) => [name, tone])).toEqual([
      ['picks', 'info'],
      ['inputs', 'info'],
      ['at', 'info'],
      ['thread', 'info'],
    ]);
    expect(parse('#/second?mode=quick').notices[0]).toMatchObject({ key: 'link.choice', tone: 'warning' });
  });

  it('says the size of a pool, at the start and while it runs, of lessons that have one', () => {
    const pooled = parse('#/pooled?pool=6&inputs=4:pool:2,9:pool:8');
    expect(pooled.notices).toEqual([]);
    expect(pooled.view.pool).toBe(6);
    expect(pooled.view.schedule.inputs).toEqual([
      { kind: 'pool', tick: 4, size: 2 },
      { kind: 'pool', tick: 9, size: 8 },
    ]);
    expect(parse('#/pooled?pool=99')).toMatchObject({ view: { pool: 9 }, notices: [{ key: 'link.number' }] });
    expect(parse('#/pooled?inputs=4:pool:99').notices[0]?.key).toBe('link.inputs');
    expect(parse('#/second?inputs=4:pool:2').notices[0]?.key).toBe('link.inputs');
  });

  it('says what this version does not have yet', () => {
    expect(parse('#/second?mode=stepped').notices).toEqual([]);
    expect(parse('#/second?pool=4').notices[0]?.key).toBe('link.pool');
    expect(parse('#/second?engine=py&mode=live')).toMatchObject({
      view: { engine: 'py', mode: 'live' },
      notices: [],
    });
    expect(parse('#/custom?engine=ts')).toMatchObject({ view: { engine: 'py' }, notices: [{ key: 'link.choice' }] });
    expect(parse('#/second?code=abc').notices[0]?.key).toBe('link.codeElsewhere');
  });

  it('uses the first of two values for one name', () => {
    const { view: read, notices } = parse('#/second?cpus=2&cpus=3');
    expect(read.config.cpus).toBe(2);
    expect(notices[0]?.key).toBe('link.repeated');
  });

  it('does not flood the page with messages', () => {
    const many = Array.from({ length: 5000 }, (_, i) => `x${i}=1`).join('&');
    const { notices } = parse(`#/second?${many}`);
    expect(notices).toHaveLength(49);
    expect(say(notices[48]!, 'en')).toBe('4,952 further settings of the link were wrong too.');
  });

  it('is not read when it is too long, nor are too many picks', () => {
    expect(parse(`#/second?cpus=2&x=${'y'.repeat(MAX_LINK_LENGTH)}`).notices[0]?.key).toBe('link.tooLong');
    const read = parse(`#/second?picks=${'1:1,'.repeat(MAX_CHOICES + 5)}`);
    expect(read.view.schedule.picks).toHaveLength(MAX_CHOICES);
    expect(read.notices[0]?.key).toBe('link.picksTooMany');
  });
});

const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom(
    '',
    '-0',
    '-1',
    '1e9',
    'NaN',
    '%',
    '%ff',
    '%E4%BD',
    '0x10',
    '９',
    '1:2:3',
    ':',
    ',',
    '1:1,',
    '\u0000',
    '\ud800',
  ),
  fc.constantFrom('9'.repeat(400), '1:'.repeat(3000), 'null', 'true', '__proto__', '../..', '<b>', '&&==', '#/#/'),
);
const PAGE_LESSONS: Lessons = [FIRST_SCENARIO, ...SCENARIOS.filter((lesson) => lesson !== FIRST_SCENARIO)];
const ALL_LESSONS = [...LESSONS, ...PAGE_LESSONS];
/** A place in a text that nothing was filled into, or nothing that can be read. */
const UNFILLED = /\{\{[a-z]+(, number)?\}\}|undefined|\[object/;
const names = [
  ...RESERVED,
  ...ALL_LESSONS.flatMap((lesson) => Object.keys(lesson.parameters)),
  '__proto__',
  'toString',
];
const nonsense = fc
  .tuple(
    fc.oneof(fc.constantFrom(...ALL_LESSONS.map(({ id }) => id)), junk),
    fc.array(
      fc.tuple(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: junk }), junk),
      {
        maxLength: 25,
      },
    ),
    fc.boolean(),
  )
  .map(([lesson, pairs, escaped]) => {
    const write = (part: string) => (escaped ? encodeURIComponent(part.toWellFormed()) : part);
    return `#/${lesson}?${pairs.map(([name, value]) => `${write(name)}=${write(value)}`).join('&')}`;
  });

function expectValid(read: View): void {
  for (const [name, range] of Object.entries(MACHINE_RANGES)) {
    const value = read.config[name as keyof typeof MACHINE_RANGES];
    expect(Number.isInteger(value) && value >= range.min && value <= range.max, `${name}=${value}`).toBe(true);
  }
  expect(POLICY_NAMES).toContain(read.config.policy);
  expect(Object.keys(read.parameters)).toEqual(Object.keys(read.scenario.parameters));
  expect(TABS).toContain(read.tab);
  expect(read.speed).toBeGreaterThanOrEqual(0);
}

describe('10,000 links of nonsense', () => {
  it.each([
    ['a lesson with a parameter of every kind', LESSONS, 2_000],
    ['the lessons of the page', PAGE_LESSONS, 10_000],
  ])(
    'never throw, always end in a valid view, and in one that its own link says: %s',
    { timeout: 60_000 },
    (_, lessons, numRuns) => {
      fc.assert(
        fc.property(nonsense, (link) => {
          const { view: read, notices } = parseLink(link, lessons);
          expectValid(read);
          for (const notice of notices) {
            expect(say(notice, 'en')).not.toMatch(UNFILLED);
            expect(say(notice, 'zh')).not.toMatch(UNFILLED);
          }
          const again = parseLink(formatLink(read), lessons);
          expect(again.view).toEqual(read);
          expect(again.notices.filter(({ tone }) => tone !== 'info')).toEqual([]);
        }),
        { numRuns },
      );
    },
  );
});

describe('the names of a link', () => {
  it('are not used by parameters of lessons', () => {
    for (const { parameters: own } of SCENARIOS)
      for (const name of Object.keys(own)) expect(RESERVED).not.toContain(name);
  });
});
