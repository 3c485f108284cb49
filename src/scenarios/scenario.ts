import type { MachineConfig } from '../abi/config.ts';
import type { Measured, Quantity } from '../abi/quantities.ts';

/** A text in both languages of the lab. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A parameter of a lesson, as the panel shows it and the link carries it. */
export type Parameter =
  | {
      readonly kind: 'integer';
      readonly label: Text;
      readonly min: number;
      readonly max: number;
      readonly default: number;
    }
  | { readonly kind: 'boolean'; readonly label: Text; readonly default: boolean }
  | {
      readonly kind: 'choice';
      readonly label: Text;
      readonly choices: readonly { readonly value: string; readonly label: Text }[];
      readonly default: string;
    }
  | {
      readonly kind: 'text';
      readonly label: Text;
      readonly default: string;
      readonly maxLength: number;
      /** Null when the text is good, else what is wrong with it and what is allowed. */
      readonly check: (text: string) => Text | null;
    };

export type ParameterValue = string | number | boolean;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** Asked before the run; answered by the run itself. */
export interface Question {
  readonly prompt: Text;
  readonly choices: readonly Text[];
  /** Index of the right choice, under the lesson's default parameters. */
  readonly answer: number;
  /** Said after the answer, whichever it was. */
  readonly because: Text;
  /** The language of the program it is asked of; none = of either. */
  readonly program?: 'ts' | 'py';
}

/**
 * A series of runs that a lesson measures and draws: one number of every run, over something that is varied from run to
 * run. Everything else is as the reader has set it.
 */
export interface Experiment {
  readonly title: Text;
  /** What is measured, and under which conditions. */
  readonly about?: Text;
  readonly vary:
    | { readonly kind: 'parameter'; readonly name: string }
    | { readonly kind: 'machine'; readonly name: Exclude<keyof MachineConfig, 'policy'> }
    | { readonly kind: 'pool' };
  /** In the order of the axis, within the range of what is varied. */
  readonly values: readonly number[];
  /** Names of the axes, with the unit. */
  readonly x: Text;
  readonly y: Text;
  /** A value of the axis that means something: a line there, and what it is. */
  readonly mark?: { readonly at: number; readonly label: Text };
  readonly mode: 'stepped' | 'live';
  /** Which of the lesson's programs is measured; absent = the first that it has. */
  readonly engine?: 'ts' | 'py';
  /** Live mode: how often each run is made; the median counts. A stepped run is the same every time. */
  readonly repeats: number;
  /** One curve each, of the same unit. */
  readonly series: readonly {
    readonly label: Text;
    readonly measure: Quantity;
    /** Of whom; absent = of all. */
    readonly of?: Measured;
    /** What is set for this curve, whatever the reader has set. */
    readonly parameters?: ParameterValues;
    readonly machine?: Partial<MachineConfig>;
  }[];
}

export interface Scenario {
  readonly id: string;
  readonly title: Text;
  /** One sentence: what the learner will see. It stands beside the lab on the first visit. */
  readonly summary: Text;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** What differs from `DEFAULT_MACHINE`. */
  readonly machine: Partial<MachineConfig>;
  /** Lessons with a pool: how many workers it has, which the program gets as the parameter `pool`. Absent = no pool. */
  readonly pool?: { readonly default: number; readonly min: number; readonly max: number };
  /** Name of the parameter that says how many processes work, for the scheduler panel; null = none. */
  readonly workers: string | null;
  readonly stepBy: 'line' | 'operation';
  /** What is otherwise with the Python program: what a step of it is (else a line), and the machine. */
  readonly python?: { readonly stepBy?: 'line' | 'bytecode'; readonly machine?: Partial<MachineConfig> };
  readonly launcher: boolean;
  /** Which engines can run the lesson; absent = both. */
  readonly engines?: readonly ('ts' | 'py')[];
  /** Called with checked values just before a run: what the program gets. Absent = the values themselves. */
  readonly prepare?: (values: ParameterValues) => ParameterValues;
  /** What the lesson measures, below the measures of a run; absent = nothing. */
  readonly experiment?: Experiment;
  /** The same measured in real time, on a machine that has so many cores; below the other one. */
  readonly liveExperiment?: (cores: number) => Experiment;
}

/** What the lesson measures on this machine, in the order in which it is shown. */
export function experimentsOf({ experiment, liveExperiment }: Scenario, cores: number): readonly Experiment[] {
  const measured = experiment === undefined ? [] : [experiment];
  return liveExperiment === undefined ? measured : [...measured, liveExperiment(cores)];
}

/** What the build makes of a lesson's files (`program.ts?listing`, `lesson.zh.md?html`). */
export interface Listing {
  readonly language: 'ts' | 'py';
  /** The source as written. */
  readonly source: string;
  /** One entry a line: HTML with `<span class="tok-…">` around the tokens, everything escaped. */
  readonly lines: readonly string[];
}

export interface LessonFiles {
  readonly ts: Listing;
  readonly py: Listing;
  /** HTML; links `<a data-event="…">` are anchors to events of the run. */
  readonly text: Text;
  readonly questions: readonly Question[];
}
