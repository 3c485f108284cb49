/** A top-level function of a program. */
export type ProgramFunction = (...args: never[]) => unknown;

/** One process's own copy of a program. */
export interface Instance {
  readonly functions: Readonly<Record<string, ProgramFunction>>;
}

/** What the transform leaves of a program's module. */
export interface ProgramModule {
  /** Name of the file, for tracebacks. */
  readonly file: string;
  /** Every function with its first and last line, for tracebacks; inner ones after outer ones. */
  readonly ranges: readonly (readonly [name: string, first: number, last: number])[];
  /** What the program imports, by the names that it has in the library. */
  readonly library: Readonly<Record<string, unknown>>;
  /** Executes the program's top level with fresh globals. */
  readonly instantiate: (api: unknown) => Readonly<Record<string, ProgramFunction>>;
}

/** All programs a host knows, by id. */
export type Programs = ReadonlyMap<string, ProgramModule>;

/** Innermost function of the program that holds this line; `<module>` = its top level. */
export function functionAt(module: ProgramModule, line: number): string {
  const holding = module.ranges.filter(([, first, last]) => first <= line && line <= last);
  return holding.at(-1)?.[0] ?? '<module>';
}
