import { DEFAULT_MACHINE, NO_SCHEDULE, type MachineConfig, type Schedule } from '../../abi/config.ts';
import type { Tid } from '../../base/ids.ts';
import { defaultsOf } from '../../scenarios/parameters.ts';
import type { ParameterValues, Scenario } from '../../scenarios/scenario.ts';
import type { Message } from '../texts/translate.ts';
import { DEFAULT_SPEED, type Engine, type Language, type Mode, type StepBy, type Tab } from './lab.ts';

/** All that a link says, complete: what the link leaves out is filled with the lesson's own settings. */
export interface View {
  readonly scenario: Scenario;
  readonly engine: Engine;
  readonly mode: Mode;
  /** Python programs: what a step is. */
  readonly stepBy: StepBy;
  readonly config: MachineConfig;
  /** One value for every parameter of the lesson. */
  readonly parameters: ParameterValues;
  /** Workers of the lesson's pool when the run begins; null = it has none. */
  readonly pool: number | null;
  /** Empty in live mode, where a run cannot be repeated. */
  readonly schedule: Schedule;
  /** Record of the cursor; null = where a new run stands. */
  readonly at: number | null;
  /** Null = the reader's own. */
  readonly lang: Language | null;
  readonly thread: Tid | null;
  readonly speed: number;
  readonly tab: Tab;
  readonly embed: boolean;
  /** Threads of CPython's library are shown. */
  readonly library: boolean;
  /** The reader's own program as `code.ts` packs it. Only the lesson `custom` has one. */
  readonly code: string | null;
}

/** Something about a link that its reader should know, not yet in a language. */
export interface LinkNotice extends Message {
  readonly tone: 'info' | 'warning' | 'error';
  /** Which name of the link it is about; null = the link as a whole, which could not be taken as it is. */
  readonly name: string | null;
}

export interface Parsed {
  readonly view: View;
  readonly notices: readonly LinkNotice[];
}

/** Id of the lesson that shows the reader's own program. */
export const CUSTOM = 'custom';

export function firstEngine({ engines }: Scenario): Engine {
  return engines?.[0] ?? 'ts';
}

function defaultConfig({ machine, python }: Scenario, engine: Engine): MachineConfig {
  return { ...DEFAULT_MACHINE, ...machine, ...(engine === 'py' ? python?.machine : {}) };
}

/** The lesson's own settings; some of them depend on which of its programs runs. */
export function defaultView(scenario: Scenario, engine: Engine = firstEngine(scenario)): View {
  return {
    scenario,
    engine,
    mode: 'stepped',
    stepBy: scenario.python?.stepBy ?? 'line',
    config: defaultConfig(scenario, engine),
    parameters: defaultsOf(scenario),
    pool: scenario.pool?.default ?? null,
    schedule: NO_SCHEDULE,
    at: null,
    lang: null,
    thread: null,
    speed: DEFAULT_SPEED,
    tab: 'output',
    embed: false,
    library: false,
    code: null,
  };
}
