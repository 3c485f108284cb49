import { STEP_LIMIT } from '../../abi/limits.ts';
import type { Ticks } from '../../base/units.ts';
import type { Text } from '../scenario.ts';

/**
 * The workload notation of links:
 *
 *   jobs  = job { "," job }
 *   job   = arrival ":" burst { "-" burst } [ "@" priority ]
 *   burst = ( "c" | "i" ) ticks          c: CPU, i: I/O
 *
 * Blanks are allowed between the parts, and the full-width ， and ： of Chinese keyboards count as , and :. Bursts of the
 * same kind that follow each other directly are one burst: `c3-c2` means `c5` (nothing happens between them). A job may
 * begin with I/O; it has to be dispatched once to ask for it, which costs no tick.
 */
export interface Burst {
  readonly kind: 'c' | 'i';
  readonly ticks: Ticks;
}

export interface Job {
  readonly arrival: Ticks;
  /** Neighbours differ in kind. */
  readonly bursts: readonly Burst[];
  /** Smaller is more urgent. */
  readonly priority: number;
}

export const JOB_LIMITS = {
  jobs: 64,
  arrival: { min: 0, max: 100_000 },
  burst: { min: 1, max: 10_000 },
  priority: { min: 0, max: 99 },
  /** CPU ticks of all jobs together: every one is a step, and the run shall end before the step limit. */
  cpuTicks: STEP_LIMIT - 1,
} as const;

/** What is wrong with a text, and at which character (from 0; the text's length means its end). */
export interface JobsProblem {
  readonly position: number;
  readonly message: Text;
}

export type ParsedJobs =
  | { readonly jobs: readonly Job[]; readonly problem: null }
  | { readonly jobs: null; readonly problem: JobsProblem };

class Refusal extends Error {
  readonly position: number;
  readonly text: Text;

  constructor(position: number, text: Text) {
    super(text.en);
    this.position = position;
    this.text = text;
  }
}

const DIGITS = /[0-9]*/y;

const FULL_WIDTH: Readonly<Record<string, string>> = { '，': ',', '：': ':' };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the next part begins. */
  get position(): number {
    while (/^\s$/.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#at;
  }

  /** The next character that is not blank; '' at the end. */
  get next(): string {
    const character = this.#text.charAt(this.position);
    return FULL_WIDTH[character] ?? character;
  }

  /** Goes past the next character if it is this one. */
  takes(character: string): boolean {
    if (this.next !== character) return false;
    this.#at += 1;
    return true;
  }

  number(what: Text, range: { readonly min: number; readonly max: number }): number {
    const start = this.position;
    DIGITS.lastIndex = start;
    const [digits = ''] = DIGITS.exec(this.#text) ?? [];
    if (digits === '') throw this.unexpected(what);
    this.#at = start + digits.length;
    const value = Number(digits);
    if (value < range.min || value > range.max) throw outside(start, what, shortened(digits), range);
    return value;
  }

  unexpected(wanted: Text): Refusal {
    const position = this.position;
    const found = String.fromCodePoint(this.#text.codePointAt(position) ?? 0);
    if (position >= this.#text.length) {
      return new Refusal(position, {
        zh: `到末尾就断了，这里缺少${wanted.zh}`,
        en: `the text ends where ${wanted.en} must follow`,
      });
    }
    return new Refusal(position, {
      zh: `第 ${position + 1} 个字符是 “${found}”，这里应当是${wanted.zh}`,
      en: `character ${position + 1} is "${found}", where ${wanted.en} must stand`,
    });
  }
}

const shortened = (digits: string): string => (digits.length > 12 ? `${digits.slice(0, 12)}…` : digits);

function outside(position: number, what: Text, value: string, range: { min: number; max: number }): Refusal {
  return new Refusal(position, {
    zh: `第 ${position + 1} 个字符处，${what.zh}为 ${value}，允许 ${range.min}–${range.max}`,
    en: `at character ${position + 1}, ${what.en} is ${value}; allowed is ${range.min}–${range.max}`,
  });
}

const ARRIVAL: Text = { zh: '到达时刻', en: 'the tick of arrival' };
const TICKS: Text = { zh: '执行段的长度（tick）', en: 'a burst’s number of ticks' };
const PRIORITY: Text = { zh: '优先级', en: 'the priority' };
const BURST: Text = { zh: ' c（CPU）或 i（I/O），后跟 tick 数', en: '"c" (CPU) or "i" (I/O) and a number of ticks' };
const COLON: Text = { zh: '到达时刻之后的冒号 “:”', en: 'the ":" after the tick of arrival' };
const AFTER: Text = {
  zh: ' “-” 加下一个执行段、“@” 加优先级、“,” 加下一个进程，或者结束',
  en: '"-" and a burst, "@" and a priority, "," and the next process, or the end',
};
const END: Text = { zh: ' “,” 加下一个进程，或者结束', en: '"," and the next process, or the end' };

function readBurst(reader: Reader): Burst {
  const kind = reader.next;
  if (kind !== 'c' && kind !== 'i') throw reader.unexpected(BURST);
  reader.takes(kind);
  return { kind, ticks: reader.number(TICKS, JOB_LIMITS.burst) };
}

function readBursts(reader: Reader): readonly Burst[] {
  const bursts: Burst[] = [];
  do {
    const start = reader.position;
    const burst = readBurst(reader);
    const last = bursts.at(-1);
    if (last === undefined || last.kind !== burst.kind) {
      bursts.push(burst);
      continue;
    }
    const ticks = last.ticks + burst.ticks;
    if (ticks > JOB_LIMITS.burst.max) throw outside(start, TICKS, String(ticks), JOB_LIMITS.burst);
    bursts[bursts.length - 1] = { kind: burst.kind, ticks };
  } while (reader.takes('-'));
  return bursts;
}

function readJob(reader: Reader): Job {
  const arrival = reader.number(ARRIVAL, JOB_LIMITS.arrival);
  if (!reader.takes(':')) throw reader.unexpected(COLON);
  const bursts = readBursts(reader);
  if (!reader.takes('@')) {
    if (reader.next !== '' && reader.next !== ',') throw reader.unexpected(AFTER);
    return { arrival, bursts, priority: 0 };
  }
  const priority = reader.number(PRIORITY, JOB_LIMITS.priority);
  if (reader.next !== '' && reader.next !== ',') throw reader.unexpected(END);
  return { arrival, bursts, priority };
}

export function cpuTicksOf(job: Job): Ticks {
  return job.bursts.reduce((sum, burst) => (burst.kind === 'c' ? sum + burst.ticks : sum), 0);
}

function readJobs(reader: Reader): readonly Job[] {
  const jobs: Job[] = [];
  let cpuTicks = 0;
  do {
    const start = reader.position;
    if (jobs.length === JOB_LIMITS.jobs) {
      throw new Refusal(start, {
        zh: `第 ${start + 1} 个字符处开始第 ${JOB_LIMITS.jobs + 1} 个进程，最多允许 ${JOB_LIMITS.jobs} 个`,
        en: `process number ${JOB_LIMITS.jobs + 1} begins at character ${start + 1}; at most ${JOB_LIMITS.jobs} are allowed`,
      });
    }
    const job = readJob(reader);
    jobs.push(job);
    cpuTicks += cpuTicksOf(job);
    if (cpuTicks > JOB_LIMITS.cpuTicks) {
      throw new Refusal(start, {
        zh: `加上第 ${start + 1} 个字符处的进程，CPU 时间共 ${cpuTicks} tick，最多允许 ${JOB_LIMITS.cpuTicks}`,
        en: `with the process at character ${start + 1} the CPU bursts add up to ${cpuTicks} ticks; at most ${JOB_LIMITS.cpuTicks} are allowed`,
      });
    }
  } while (reader.takes(','));
  return jobs;
}

/** Never throws: whatever the text, the result is the jobs, or the first thing that is wrong with it. */
export function parseJobs(text: string): ParsedJobs {
  try {
    return { jobs: readJobs(new Reader(text)), problem: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { jobs: null, problem: { position: error.position, message: error.text } };
  }
}

/** The shortest text that `parseJobs` reads as these jobs. */
export function formatJobs(jobs: readonly Job[]): string {
  return jobs
    .map(({ arrival, bursts, priority }) => {
      const text = `${arrival}:${bursts.map(({ kind, ticks }) => kind + String(ticks)).join('-')}`;
      return priority === 0 ? text : `${text}@${priority}`;
    })
    .join(',');
}
