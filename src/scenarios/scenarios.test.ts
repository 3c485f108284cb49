import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MACHINE_RANGES, POLICY_NAMES } from '../abi/config.ts';
import { parseAnchor } from '../replay/anchors.ts';
import { plainListing } from './custom/listing.ts';
import { FIRST_SCENARIO, loadFiles, scenarioOf, SCENARIOS } from './index.ts';
import { anchorsOf, shownFor } from './lesson-links.fixture.ts';
import { defaultsOf, problemOf, programParameters } from './parameters.ts';
import { experimentsOf, type Question, type Scenario, type Text } from './scenario.ts';
import { runsIn } from '../ui/state/run-spec.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
/** Without the reader's own program. */
const LESSONS = SCENARIOS.filter(({ id }) => id !== 'custom');
const languagesOf = (scenario: Scenario) => (['ts', 'py'] as const).filter((engine) => runsIn(scenario, engine));

/** Names that the link uses for the machine. */
const RESERVED =
  'v engine mode cpus policy quantum levels allotment boost pool seed picks inputs at lang code embed'.split(' ');

function textsOf(scenario: Scenario, questions: readonly Question[]): Text[] {
  return [
    scenario.title,
    scenario.summary,
    ...Object.values(scenario.parameters).map((parameter) => parameter.label),
    ...experimentsOf(scenario, 2).flatMap(({ title, about, x, y, mark, series }) => [
      title,
      ...(about === undefined ? [] : [about]),
      x,
      y,
      ...(mark === undefined ? [] : [mark.label]),
      ...series.map(({ label }) => label),
    ]),
    ...questions.flatMap(({ prompt, choices, because }) => [prompt, ...choices, because]),
  ];
}

const sourceOf = (id: string, file: string): string => readFileSync(join(FOLDER, id, file), 'utf8');

describe('the registry', () => {
  test('begins with three-states, ends with custom, and has each id once', () => {
    const ids = SCENARIOS.map(({ id }) => id);
    expect(FIRST_SCENARIO.id).toBe('three-states');
    expect(ids[0]).toBe('three-states');
    expect(ids.at(-1)).toBe('custom');
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names every folder that holds a scenario', () => {
    const folders = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'scenario.ts')));
    expect(SCENARIOS.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  });

  test('finds a scenario by its id, and nothing by another name', async () => {
    expect(scenarioOf('lock')?.id).toBe('lock');
    expect(scenarioOf('constructor')).toBeNull();
    await expect(loadFiles('constructor')).rejects.toThrow('there is no lesson "constructor"; there are three-states');
  });
});

describe.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
  test('opens with values that its own checks accept', () => {
    const values = defaultsOf(scenario);
    for (const [name, parameter] of Object.entries(scenario.parameters)) {
      expect(problemOf(parameter, values[name] ?? ''), name).toBeNull();
    }
    expect(programParameters(scenario, values)).toEqual(values);
  });

  const experiments = [1, 2, 3, 6, 8, 16, 64].flatMap((cores) => experimentsOf(scenario, cores));
  test.each(experiments)('measures only at values that can be set, in their order', (experiment) => {
    const { vary, values } = experiment;
    expect(values).toEqual([...new Set(values)].toSorted((a, b) => a - b));
    const range =
      vary.kind === 'pool'
        ? scenario.pool
        : vary.kind === 'machine'
          ? MACHINE_RANGES[vary.name]
          : scenario.parameters[vary.name];
    expect(range).toMatchObject({ min: expect.any(Number), max: expect.any(Number) });
    const { min, max } = range as { readonly min: number; readonly max: number };
    for (const value of values) expect(value >= min && value <= max, String(value)).toBe(true);
    for (const { parameters } of experiment.series) {
      expect(Object.keys(scenario.parameters)).toEqual(expect.arrayContaining(Object.keys(parameters ?? {})));
    }
  });

  test('uses no name for a parameter that the link needs for the machine', () => {
    for (const name of Object.keys(scenario.parameters)) {
      expect(RESERVED).not.toContain(name);
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
    }
    if (scenario.workers !== null) expect(scenario.parameters[scenario.workers]?.kind).toBe('integer');
  });

  test('asks for a machine that exists', () => {
    for (const [name, value] of Object.entries(scenario.machine)) {
      if (name === 'policy') {
        expect(POLICY_NAMES).toContain(value);
        continue;
      }
      const range = MACHINE_RANGES[name as keyof typeof MACHINE_RANGES];
      expect(value).toBeGreaterThanOrEqual(range.min);
      expect(value).toBeLessThanOrEqual(range.max);
    }
  });

  test('says everything in Chinese and in English', async () => {
    const { questions } = await loadFiles(id);
    for (const { zh, en } of textsOf(scenario, questions)) {
      expect(zh).not.toBe('');
      expect(en).not.toMatch(/\p{Script=Han}/u);
      expect(en).not.toBe('');
    }
    for (const { zh } of [scenario.title, scenario.summary]) expect(zh).toMatch(/\p{Script=Han}/u);
  });

  test('has questions with one right answer among different choices', async () => {
    const { questions } = await loadFiles(id);
    for (const { choices, answer } of questions) {
      expect(choices.length).toBeGreaterThanOrEqual(2);
      expect(choices[answer]).toBeDefined();
      expect(new Set(choices.map(({ en }) => en)).size).toBe(choices.length);
    }
  });

  test('links the same events from both texts, and only events that can be named', async () => {
    const { text } = await loadFiles(id);
    for (const language of ['ts', 'py'] as const) {
      const anchors = anchorsOf(text.zh, language);
      for (const anchor of anchors) expect(parseAnchor(anchor), anchor).not.toBeNull();
      expect(anchors).toEqual(anchorsOf(text.en, language));
    }
    for (const html of [text.zh, text.en]) expect(html).not.toContain(':::');
  });
});

describe.each(LESSONS.map((scenario) => [scenario.id, scenario] as const))('the lesson %s', (id, scenario) => {
  const languages = languagesOf(scenario);

  test('asks one or two questions before the run', async () => {
    const { questions } = await loadFiles(id);
    expect([1, 2]).toContain(questions.length);
  });

  test('shows its programs as they were written', async () => {
    const files = await loadFiles(id);
    for (const language of languages) {
      const listing = files[language];
      expect(listing.language).toBe(language);
      expect(listing.source).toBe(sourceOf(id, `program.${language}`));
      expect(listing.lines).toHaveLength(listing.source.trimEnd().split('\n').length);
    }
  });

  test('has a program in each language that it says it has, and in no other', () => {
    expect(languages).toContain('py');
    expect(existsSync(join(FOLDER, id, 'program.ts'))).toBe(languages.includes('ts'));
  });

  test('has programs of 10 to 40 lines, blank ones not counted', () => {
    for (const file of languages.map((language) => `program.${language}`)) {
      const lines = sourceOf(id, file)
        .split('\n')
        .filter((line) => line.trim() !== '');
      expect(lines.length, file).toBeGreaterThanOrEqual(10);
      expect(lines.length, file).toBeLessThanOrEqual(40);
    }
  });

  test.each(languages)('has a text of the length of a lesson, for the program in %s', async (language) => {
    const { text } = await loadFiles(id);
    const plain = (html: string): string => shownFor(html, language).replace(/<[^>]*>/g, ' ');
    const words = plain(text.en).split(/\s+/).length;
    const characters = plain(text.zh).match(/\p{Script=Han}/gu)?.length ?? 0;
    expect(words).toBeGreaterThanOrEqual(250);
    expect(words).toBeLessThanOrEqual(470);
    expect(characters).toBeGreaterThanOrEqual(400);
    expect(characters).toBeLessThanOrEqual(900);
  });
});

describe('the listing of the reader’s own program', () => {
  test('shows every character and holds no tag', () => {
    const { lines } = plainListing('if a < b & c:\r\n  print("<b>", \'x\')\n');
    expect(lines).toEqual(['if a &lt; b &amp; c:', '  print(&quot;&lt;b&gt;&quot;, &#39;x&#39;)']);
  });
});

describe('the parameters of the lessons', () => {
  test.each([
    ['three-states', 'processes', 9, 'it must be a whole number from 1 to 8'],
    ['three-states', 'rounds', 1.5, 'it must be a whole number from 1 to 10'],
    ['lock', 'locked', 'yes', 'it must be true or false'],
    ['hello-process', 'name', '', 'it must not be empty'],
    ['hello-process', 'name', 'a\nb', 'it must not hold line breaks'],
    ['hello-process', 'name', '\ud83d', 'it must not hold line breaks or other control characters'],
    ['hello-process', 'name', 'x'.repeat(21), 'it has 21 characters; at most 20 are allowed'],
    ['workload', 'jobs', '0:c0', 'allowed is 1–10000'],
    ['workload', 'jobs', 7, 'it must be a text'],
  ])('%s: %s = %j is refused', (id, name, value, message) => {
    const parameter = scenarioOf(id)?.parameters[name];
    expect(parameter && problemOf(parameter, value)?.en).toContain(message);
  });

  test('reach the workload’s program in their shortest form', () => {
    const scenario = scenarioOf('workload');
    expect(scenario && programParameters(scenario, { jobs: ' 0 : c3-c2 ，1:i1@0 ' })).toEqual({ jobs: '0:c5,1:i1' });
  });
});
