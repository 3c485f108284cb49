import type { SentDescriptor } from './open-files.ts';

/** Target of a new process that is started by another's command line, and not as the run's first. */
export const COMMAND = 'command';

/** What such a process gets from its parent. */
export interface Letter {
  /** As `sys.orig_argv`: the first is the interpreter itself. */
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly descriptors: readonly SentDescriptor[];
}
