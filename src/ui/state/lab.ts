import type { Tid } from '../../base/ids.ts';
import type { MachineConfig, Schedule } from '../../abi/config.ts';
import type { RunState } from '../../abi/remote.ts';
import type { LogStore } from '../../replay/log-store.ts';
import type { MachineState, Measures } from '../../replay/model.ts';
import type { Message } from '../texts/translate.ts';
import type { Experiment, LessonFiles, ParameterValue, ParameterValues, Scenario } from '../../scenarios/scenario.ts';

export type {
  LessonFiles,
  Experiment,
  Listing,
  Parameter,
  ParameterValue,
  ParameterValues,
  Question,
  Scenario,
  Text,
} from '../../scenarios/scenario.ts';

export type Language = 'zh' | 'en';
export type Engine = 'ts' | 'py';
/** stepped: one step at a time, repeatable; live: real parallel execution on the real clock. */
export const MODES = ['stepped', 'live'] as const;
export type Mode = (typeof MODES)[number];
/** What a step of a Python program is: a statement, or an instruction of CPython. */
export const STEPS_BY = ['line', 'bytecode'] as const;
export type StepBy = (typeof STEPS_BY)[number];
export type Theme = 'auto' | 'light' | 'dark';

/** The panels below the timeline; the word in the link (`view`). */
export const TABS = ['output', 'variables', 'events', 'objects', 'memory', 'graph', 'measures'] as const;
export type Tab = (typeof TABS)[number];

/** Steps a second while playing; 0 = as fast as possible. */
export const SPEED_RANGE = { min: 0, max: 1000 } as const;
export const DEFAULT_SPEED = 4;

/** Something to tell the user: what, about what, what to do. Shown until dismissed, and read out. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** Why the lab cannot run here, and what it shows instead; null = it can. */
export type Hindrance = { readonly reason: string; readonly remedy: string } | null;

/** What is known of a saved run that was opened. */
export interface OpenedRun {
  readonly file: string;
  /** It is of the lesson that is shown beside it; else nobody knows of which. */
  readonly isKnown: boolean;
  readonly live: boolean;
  readonly records: number;
}

/** What the lesson measures. */
export interface MeasuredSeries {
  readonly experiment: Experiment;
  /** With the settings shown; null = not measured yet. */
  readonly result: ExperimentState | null;
}

/** How far an experiment is, with these settings, and what it has found. */
export interface ExperimentState {
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  /** Runs made, of how many. */
  readonly done: number;
  readonly count: number;
  /** By series, by value: the median of the runs made so far; null = none yet, or nothing to measure in them. */
  readonly points: readonly (readonly (number | null)[])[];
  /** Its runs wait for Python; null = they do not. */
  readonly boot: Boot | null;
  /** Why it was broken off. */
  readonly message: Message | null;
}

/** How far the Python engine has come: bytes loaded, of how many (0 = the server does not say); then getting ready. */
export type Boot =
  | { readonly phase: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly phase: 'preparing' };

/** A run as a file. */
export interface RunFile {
  readonly name: string;
  readonly json: string;
}

/**
 * The one store. Views read slices of it with `useLab(selector)` and call `lab.<action>`; they never see the kernel.
 * `machine` (the state at the cursor) is replayed from `log`, and is the only source of what the views draw.
 */
export interface LabState {
  /** False until the first lesson is loaded. */
  readonly ready: boolean;
  readonly hindrance: Hindrance;
  readonly lang: Language;
  /** Which of the lesson's programs is on screen and runs. */
  readonly engine: Engine;
  /** All lessons, in the order of the tree. */
  readonly lessons: readonly Scenario[];
  /** Ids of the lessons done on this device. */
  readonly done: readonly string[];
  readonly scenario: Scenario;
  readonly files: LessonFiles;
  readonly parameters: ParameterValues;
  readonly config: MachineConfig;
  readonly mode: Mode;
  /** Python programs: what a step is. */
  readonly stepBy: StepBy;
  /** Workers of the lesson's pool when the run begins; null = it has none. */
  readonly pool: number | null;
  readonly schedule: Schedule;
  /** Source of the reader's own program (`code` of the link), if any. */
  readonly code: string | null;
  /** The reader's own program as it was opened, before it was edited. */
  readonly original: string | null;
  /** The program that the log is a run of, as text: its lines are those of the log. Null = nothing has run. */
  readonly ran: string | null;
  /** The Python engine is on its way; null = it is there, or nobody waits for it. */
  readonly boot: Boot | null;
  /** The log is that of a file which was opened: it can be looked at, and nothing else. Null = it was run here. */
  readonly saved: OpenedRun | null;
  readonly embed: boolean;
  /** Threads of CPython's library are shown: the feeders of queues, the handlers of pools. */
  readonly library: boolean;
  readonly tab: Tab;
  /** A preference of the device, kept in its storage and not in the link. */
  readonly theme: Theme;

  /** The log copied so far; the same object for the whole life of the page, `records` says when it has grown. */
  readonly log: LogStore;
  /** Counts loads: another number = another run, all that was derived from the old log is void. */
  readonly run: number;
  readonly records: number;
  readonly cursor: number;
  /** Number of the step at the cursor, and of the last one so far. */
  readonly step: number;
  readonly steps: number;
  readonly machine: MachineState;
  /** Where the run stands at the cursor, in the words of `status().outcome`. */
  readonly outcome: RunState;
  readonly message: string | null;

  /** Measures at the last record; null before the first step. */
  readonly measures: Measures | null;
  /** Final measures of the run before the last change of a parameter or of the machine: what the change did. */
  readonly measuresBefore: Measures | null;

  /** A live run that has not come to its end: what lies ahead cannot be stepped to. */
  readonly liveAhead: boolean;
  /** The lesson's experiments. */
  readonly experiments: readonly MeasuredSeries[];
  /** An experiment is under way, of this lesson or another. */
  readonly measuring: boolean;

  /** The kernel is executing. */
  readonly running: boolean;
  /** The cursor moves by itself. */
  readonly playing: boolean;
  /** Steps a second while playing; 0 = as fast as possible. */
  readonly speed: number;

  /** The same thread is marked in every view. */
  readonly selected: Tid | null;
  readonly hovered: Tid | null;
  readonly notices: readonly Notice[];
}

/** What the views can do. Every promise ends when the store shows the result; refusals become notices, never throws. */
export interface LabActions {
  openLesson(id: string): Promise<void>;
  openLink(link: string): Promise<void>;
  play(): void;
  pause(): void;
  step(count?: number): Promise<void>;
  back(count?: number): Promise<void>;
  /** Moves the cursor to a record; executes as far as needed. */
  seek(record: number): Promise<void>;
  /** To the next (1) or previous (-1) state change of the selected thread. */
  stepThread(direction: 1 | -1): Promise<void>;
  /** To the event that a link of the lesson text names (`blocked?thread=P2&nth=1`); executes until it comes. */
  goToEvent(link: string): Promise<void>;
  toStart(): Promise<void>;
  toEnd(): Promise<void>;
  /** Takes this thread next, at the cursor. */
  pick(tid: Tid): Promise<void>;
  /** Ends this process at the cursor. */
  kill(tid: Tid): Promise<void>;
  /** Types a line at the cursor, for a program that reads it; null = the end of the file. */
  typeLine(line: string | null): Promise<void>;
  setParameter(name: string, value: ParameterValue): Promise<void>;
  setConfig(change: Partial<MachineConfig>): Promise<void>;
  setMode(mode: Mode): Promise<void>;
  /** What a step of a Python program is, and a run of it. */
  setStepBy(stepBy: StepBy): Promise<void>;
  /** Shows the threads of CPython's library, or folds them away. */
  setLibrary(shown: boolean): void;
  /** While a pool is there it grows or shrinks at the cursor; before that it is a setting of the run. */
  setPool(size: number): Promise<void>;
  /** Another program of the lesson, and a run of it. */
  setEngine(engine: Engine): Promise<void>;
  /** The text of the reader's own program has changed. */
  edit(source: string): Promise<void>;
  /** Runs the reader's own program as it stands. */
  runProgram(): Promise<void>;
  /** Opens this program in the lesson of the reader's own, unrun. */
  openProgram(source: string): Promise<void>;
  /** Gives up waiting for the Python engine. */
  cancelBoot(): void;
  setLanguage(lang: Language): void;
  setSpeed(stepsPerSecond: number): void;
  setTab(tab: Tab): void;
  setTheme(theme: Theme): void;
  /** Ticks a lesson off in the tree. */
  markDone(lesson: string): void;
  select(tid: Tid | null): void;
  hover(tid: Tid | null): void;
  dismiss(notice: number): void;
  /** The link to exactly this view, absolute. */
  link(): string;
  /** The whole run, to be kept in a file; null = there is none yet. */
  savedRun(): RunFile | null;
  /** Shows the run of a file, read-only. */
  openRun(file: string, json: string): Promise<void>;
  /** Makes the runs of an experiment of the lesson, beside the one that is shown. Resolves at once while one is under way. */
  measure(experiment?: number): Promise<void>;
  stopMeasuring(): void;
  /** Says that a file could not be read at all. */
  tellUnread(file: string): void;
}
