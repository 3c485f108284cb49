import type { ParameterValues } from './scenario.ts';

/**
 * What a lesson's two programs have to print alike. Only tests use it: one runs `program.py` with the machine's Python,
 * one runs `program.ts` in the lab, and both compare `normalise(output)` with `expected(values)`.
 */
export interface Twin {
  /** Parameters under which the program alone, and no scheduler, determines what `normalise` leaves. */
  readonly determined: readonly ParameterValues[];
  /** As it stands, the program may wait for ever: that is its point. Absent = it ends by itself. */
  readonly mayHang?: boolean;
  /** As it stands, processes of the program may end with an error: that is its point. Absent = none does. */
  readonly mayFail?: boolean;
  /**
   * The lines printed, with pids by order of appearance, and in a fixed order where the scheduler chooses it: also one that
   * lets a thread wait for seconds between two lines. Without values: what is determined under all of them.
   */
  readonly normalise: (output: string, values?: ParameterValues) => readonly string[];
  readonly expected: (values: ParameterValues) => readonly string[];
}

export function linesOf(output: string): string[] {
  return output.split(/\r?\n/).filter((line) => line !== '');
}

/** `pid 4711` → `pid A`, the next other one → `pid B`. */
export function withNamedPids(lines: readonly string[]): string[] {
  const names = new Map<string, string>();
  return lines.map((line) =>
    line.replace(/\bpid (\d+)/g, (_, pid: string) => {
      const name = names.get(pid) ?? String.fromCharCode(65 + names.size);
      names.set(pid, name);
      return `pid ${name}`;
    }),
  );
}

/** Sorts all lines but the last: children end in the scheduler's order, the parent after them. */
export function withSortedChildren(lines: readonly string[]): string[] {
  return [...lines.slice(0, -1).toSorted(), ...lines.slice(-1)];
}

/** 1, 2 … count. */
export function oneTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}
