import { HostReset } from '../host-reset.ts';
import { current } from './current.ts';
import { SystemExit } from './errors.ts';
import * as procession from './procession.ts';

/** What a transformed program is given. The first four are for the transform only. */
export interface ProgramApi {
  /** A statement begins. */
  readonly checkpoint: (line: number) => void;
  /** In every `catch`: what no program may catch goes on. */
  readonly rethrow: (error: unknown) => void;
  /** The variable that the next object will be stored in. */
  readonly hint: (name: string) => void;
  /** A `for … of` comes back to its head before every item but the first. */
  readonly each: <T>(line: number, items: Iterable<T>) => Iterable<T>;
  /** What programs import. */
  readonly procession: typeof procession;
}

function* each<T>(line: number, items: Iterable<T>): Iterable<T> {
  let first = true;
  for (const item of items) {
    if (!first) current().port.checkpoint(line);
    first = false;
    yield item;
  }
  if (!first) current().port.checkpoint(line);
}

export const PROGRAM_API: ProgramApi = {
  checkpoint: (line) => current().port.checkpoint(line),
  rethrow: (error) => {
    if (error instanceof HostReset || error instanceof SystemExit) throw error;
  },
  hint: (name) => {
    current().nameHint = name;
  },
  each,
  procession,
};
