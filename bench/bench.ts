/** What one round measured: a number a side, all in the unit of the case. */
export type Samples = Readonly<Record<string, number>>;

/** A line of the table. */
export interface Row {
  readonly what: { readonly en: string; readonly zh: string };
  /** How many hosts, records, tokens …; '' = does not apply. */
  readonly n: string;
  /** Side whose number is quoted. */
  readonly ours: string;
  /** Side it is divided by; absent = the number itself is quoted, in `unit`. */
  readonly baseline?: string;
  /** null = quoted for information only. */
  readonly goal: { readonly at: 'least' | 'most'; readonly value: number } | null;
  /** What the sides count. */
  readonly unit: string;
}

/** Sides that are measured beside each other, again and again. */
export interface Case {
  readonly rows: readonly Row[];
  /** Rounds that are thrown away before the first one that counts; absent = one. */
  readonly warmUps?: number;
  prepare(): Promise<void>;
  /** Every side once. */
  round(round: number): Promise<Samples>;
  dispose(): Promise<void>;
}

export interface Bench {
  readonly name: string;
  /** Made one after another, so that no case runs beside the idle workers of another. */
  readonly cases: readonly (() => Case)[];
}

export interface CaseResult {
  readonly rows: readonly Row[];
  readonly rounds: readonly Samples[];
}

declare global {
  interface Window {
    /** What bench/run.mjs calls. */
    benches: {
      readonly names: readonly string[];
      run(name: string, rounds: number): Promise<CaseResult[]>;
    };
    /** What bench/run.mjs offers: seconds that scripts of this page have run in all. */
    scriptSeconds(): Promise<number>;
  }
}

/**
 * Runs each side once, in turns from the front and from the back, so that no side always comes first; before each a rest, where
 * a side leaves so much behind that its garbage would be collected while the next one runs.
 */
export async function alternate(
  round: number,
  sides: Readonly<Record<string, () => number | Promise<number>>>,
  restMs = 0,
): Promise<Samples> {
  const names = Object.keys(sides);
  const samples: Record<string, number> = {};
  for (const name of round % 2 === 0 ? names : names.toReversed()) {
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
    samples[name] = await (sides[name]?.() ?? 0);
  }
  return samples;
}

/** The same in several short turns; a side's number is the median of its turns, which a moment's disturbance does not change. */
export async function alternateOften(
  round: number,
  turns: number,
  sides: Readonly<Record<string, () => number | Promise<number>>>,
  restMs = 0,
): Promise<Samples> {
  const taken: Samples[] = [];
  for (let turn = 0; turn < turns; turn += 1) taken.push(await alternate(round + turn, sides, restMs));
  const medianOf = (side: string): number => {
    const sorted = taken.map((samples) => samples[side] ?? Number.NaN).toSorted((a, b) => a - b);
    return sorted[turns >> 1] ?? Number.NaN;
  };
  return Object.fromEntries(Object.keys(sides).map((side) => [side, medianOf(side)]));
}

/** The first rounds are run and thrown away: what they compile and allocate is no part of any side. */
export async function measure(bench: Bench, rounds: number): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const make of bench.cases) {
    const { rows, warmUps = 1, prepare, round, dispose } = bound(make());
    await prepare();
    try {
      for (let i = 0; i < warmUps; i += 1) await round(i);
      const taken: Samples[] = [];
      for (let i = 1; i <= rounds; i += 1) taken.push(await round(i));
      results.push({ rows, rounds: taken });
    } finally {
      await dispose();
    }
  }
  return results;
}

const bound = (of: Case): Case => ({
  ...of,
  prepare: () => of.prepare(),
  round: (round) => of.round(round),
  dispose: () => of.dispose(),
});

/** How many a second, of `count` done by `work`. */
export async function rate(count: number, work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return (count * 1000) / (performance.now() - begin);
}
