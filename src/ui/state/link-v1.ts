import { MACHINE_RANGES, NO_SCHEDULE, POLICY_NAMES, type MachineConfig } from '../../abi/config.ts';
import { MAX_THREADS } from '../../abi/limits.ts';
import { asTid } from '../../base/ids.ts';
import type { ParameterValue, Scenario } from '../../scenarios/scenario.ts';
import type { Message, TextKey } from '../texts/translate.ts';
import { isPackedCode } from './code.ts';
import { MODES, SPEED_RANGE, STEPS_BY, TABS, type Engine } from './lab.ts';
import { MAX_CHOICES, readInputs, readPicks, writeInputs, writePicks, type ReadList } from './link-schedule.ts';
import { quote, type RawLink } from './link-text.ts';
import { insteadOf, readChoice, readNumber, readParameter, readTruth, type Report } from './link-values.ts';
import { CUSTOM, defaultView, firstEngine, type LinkNotice, type View } from './view.ts';

const MACHINE_NUMBERS = ['cpus', 'quantum', 'levels', 'allotment', 'boost', 'seed'] as const;
const MAX_RECORD = 0x7fff_ffff;
const ENGINES = ['ts', 'py'] as const;

/** Which program the link runs: what it leaves out depends on that. */
export function engineOf({ pairs }: RawLink, scenario: Scenario): Engine {
  const wanted = pairs.find(([name]) => name === 'engine')?.[1];
  return (scenario.engines ?? ENGINES).find((engine) => engine === wanted) ?? firstEngine(scenario);
}

const LANGUAGES = ['zh', 'en'] as const;

/** The reserved names, in the order in which a link gives them; the lesson's parameters stand between `v` and the rest. */
export const RESERVED: readonly string[] = [
  'v',
  'engine',
  'mode',
  'step',
  'cpus',
  'policy',
  'quantum',
  'levels',
  'allotment',
  'boost',
  'pool',
  'seed',
  'picks',
  'inputs',
  'at',
  'thread',
  'speed',
  'view',
  'lang',
  'embed',
  'library',
  'code',
];

/** A view of this lesson that is being put together; `report` collects what was wrong. */
interface Draft {
  readonly view: View;
  readonly report: Report;
}

type Reader = (draft: Draft, name: string, value: string) => Partial<View>;

const readMachineNumber =
  (name: (typeof MACHINE_NUMBERS)[number]): Reader =>
  ({ view, report }, _name, value) => ({
    config: { ...view.config, [name]: readNumber(report, name, value, MACHINE_RANGES[name], view.config[name]) },
  });

const READERS: Readonly<Record<string, Reader>> = {
  v: () => ({}),
  engine: ({ view, report }, name, value) => ({
    engine: readChoice(report, name, value, view.scenario.engines ?? ENGINES, view.engine),
  }),
  mode: ({ view, report }, name, value) => ({ mode: readChoice(report, name, value, MODES, view.mode) }),
  step: ({ view, report }, name, value) => ({ stepBy: readChoice(report, name, value, STEPS_BY, view.stepBy) }),
  policy: ({ view, report }, name, value) => ({
    config: { ...view.config, policy: readChoice(report, name, value, POLICY_NAMES, view.config.policy) },
  }),
  ...Object.fromEntries(MACHINE_NUMBERS.map((name) => [name, readMachineNumber(name)])),
  pool: ({ view, report }, name, value) => {
    const { pool } = view.scenario;
    if (pool !== undefined) return { pool: readNumber(report, name, value, pool, pool.default) };
    const values = { lesson: view.scenario.id };
    report({ tone: 'warning', name, key: 'link.pool', values, outcome: insteadOf(null) });
    return {};
  },
  picks: ({ view, report }, name, value) => {
    const picks = readPicks(value);
    reportList(report, name, picks, 'link.picks', 'link.picksTooMany');
    return { schedule: { ...view.schedule, picks: picks.entries } };
  },
  inputs: ({ view, report }, name, value) => {
    const inputs = readInputs(value, view.scenario.pool ?? null);
    reportList(report, name, inputs, 'link.inputs', 'link.inputsTooMany');
    return { schedule: { ...view.schedule, inputs: inputs.entries } };
  },
  at: ({ report }, name, value) => ({ at: readNumber(report, name, value, { min: 0, max: MAX_RECORD }, null) }),
  thread: ({ report }, name, value) => {
    const tid = readNumber(report, name, value, { min: 1, max: MAX_THREADS }, null);
    return { thread: tid === null ? null : asTid(tid) };
  },
  speed: ({ view, report }, name, value) => ({ speed: readNumber(report, name, value, SPEED_RANGE, view.speed) }),
  view: ({ view, report }, name, value) => ({ tab: readChoice(report, name, value, TABS, view.tab) }),
  lang: ({ report }, name, value) => ({ lang: readChoice(report, name, value, LANGUAGES, null) }),
  embed: ({ report }, name, value) => ({ embed: readTruth(report, name, value, false) }),
  library: ({ report }, name, value) => ({ library: readTruth(report, name, value, false) }),
  code: ({ view, report }, name, value) => {
    if (view.scenario.id !== CUSTOM) {
      const values = { lesson: view.scenario.id };
      report({ tone: 'warning', name, key: 'link.codeElsewhere', values, outcome: insteadOf(null) });
      return {};
    }
    if (isPackedCode(value)) return { code: value };
    report({ tone: 'error', name, key: 'link.code', outcome: insteadOf(null) });
    return {};
  },
};

function reportList(report: Report, name: string, list: ReadList<unknown>, wrong: TextKey, tooMany: TextKey): void {
  const { given } = list;
  const outcome: Message = { key: 'link.usedSome', values: { given, used: list.entries.length } };
  if (given > MAX_CHOICES) {
    report({ tone: 'warning', name, key: tooMany, values: { given, max: MAX_CHOICES }, outcome });
  } else if (list.wrong !== null) {
    report({ tone: 'warning', name, key: wrong, values: { value: quote(list.wrong), max: MAX_THREADS }, outcome });
  }
}

function readOwn({ view, report }: Draft, name: string, value: string): Partial<View> {
  const { scenario } = view;
  const parameter = Object.hasOwn(scenario.parameters, name) ? scenario.parameters[name] : undefined;
  if (parameter !== undefined) {
    const parameters = { ...view.parameters, [name]: readParameter(report, name, value, parameter) };
    if (parameter.kind !== 'text') return { parameters };
    // Texts that mean the same, such as full-width signs and blanks in between, are one text in the link.
    const shortest = scenario.prepare?.(parameters)[name];
    return { parameters: typeof shortest === 'string' ? { ...parameters, [name]: shortest } : parameters };
  }
  const known = Object.keys(scenario.parameters).join(', ') || '–';
  const values = { name: quote(name), lesson: scenario.id, known };
  report({ tone: 'warning', name, key: 'link.unknown', values, outcome: insteadOf(null) });
  return {};
}

/** Reads a link of version 1 on top of the lesson's own settings. Never throws; what is wrong is reported and replaced. */
export function readV1(link: RawLink, start: View, report: (notice: LinkNotice) => void): View {
  let view = start;
  const seen = new Map<string, string>();
  for (const [name, value] of link.pairs) {
    const first = seen.get(name);
    if (first !== undefined) {
      const values = { name: quote(name) };
      report({ tone: 'warning', name, key: 'link.repeated', values, outcome: insteadOf(quote(first)) });
      continue;
    }
    seen.set(name, value);
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    view = { ...view, ...(reader ?? readOwn)({ view, report }, name, value) };
  }
  return view.mode === 'live' ? withoutRepetition(view, seen, report) : view;
}

/** What only means something in a run that can be repeated. */
const OF_STEPPED_RUNS = ['picks', 'inputs', 'at', 'thread'] as const;

function withoutRepetition(view: View, given: ReadonlyMap<string, string>, report: Report): View {
  for (const name of OF_STEPPED_RUNS) {
    if (given.has(name))
      report({ tone: 'info', name, key: 'link.notLive', values: { name }, outcome: insteadOf(null) });
  }
  return { ...view, schedule: NO_SCHEDULE, at: null, thread: null };
}

/** The pairs of a view in their fixed order; what is as the lesson has it is left out, so equal views give equal pairs. */
export function writeV1(view: View): [string, string][] {
  const start = defaultView(view.scenario, view.engine);
  const pairs: [string, string][] = [['v', '1']];
  const add = (name: string, value: ParameterValue | null, normal: ParameterValue | null): void => {
    if (value !== null && value !== normal) pairs.push([name, String(value)]);
  };
  for (const name of Object.keys(view.scenario.parameters)) {
    add(name, view.parameters[name] ?? null, start.parameters[name] ?? null);
  }
  add('engine', view.engine, firstEngine(view.scenario));
  add('mode', view.mode, start.mode);
  add('step', view.stepBy, start.stepBy);
  const { config } = view;
  const machine: (keyof MachineConfig)[] = ['cpus', 'policy', 'quantum', 'levels', 'allotment', 'boost'];
  for (const name of machine) add(name, config[name], start.config[name]);
  add('pool', view.pool, start.pool);
  add('seed', config.seed, start.config.seed);
  add('picks', writePicks(view.schedule), '');
  add('inputs', writeInputs(view.schedule), '');
  add('at', view.at, null);
  add('thread', view.thread, null);
  add('speed', view.speed, start.speed);
  add('view', view.tab, start.tab);
  add('lang', view.lang, null);
  add('embed', view.embed ? '1' : null, null);
  add('library', view.library ? '1' : null, null);
  add('code', view.code, null);
  return pairs;
}
