import type { ObjectId, Pid } from '../../base/ids.ts';
import { exitCode } from '../../sync/exit-word.ts';
import type { Port } from '../../sync/port.ts';
import type { ReceiveHandle } from './node-reader.ts';
import type { Process } from './process.ts';
import type { Instance } from './program.ts';
import { RuntimeError } from './errors.ts';

/** A process that this one has started. */
export interface Child {
  readonly object: ObjectId;
  readonly pid: Pid;
  readonly daemon: boolean;
  readonly handle: Process;
}

/** The thread that this host carries, and the process it is. One host carries one thread, so there is one at a time. */
export interface Current {
  readonly port: Port;
  readonly program: Instance;
  readonly programId: string;
  /** Makes handles of what arrives from other processes. */
  readonly receive: ReceiveHandle;
  /** As `Process.name`. */
  readonly name: string;
  /** Which child of which child it is: MainProcess is [], Process-1:2 is [1, 2]. */
  readonly identity: readonly number[];
  readonly daemon: boolean;
  /** How many processes it has made, started or not. */
  created: number;
  /** All it has started, in order. */
  readonly children: Child[];
  /** What is to be done before its children are ended, last first. */
  readonly finalizers: (() => void)[];
  /** Functions of the program that have begun and not ended, with its top level. */
  depth: number;
  /** What the transform says the next lock, event or value is called; '' = nothing. */
  nameHint: string;
}

let running: Current | null = null;

/** @throws RuntimeError outside of a program. */
export function current(): Current {
  if (running === null)
    throw new RuntimeError('no process is running here: this works only inside a program of the lab');
  return running;
}

/** For the engine: what `current` says until the next call. */
export function enter(thread: Current | null): void {
  running = thread;
}

export function livingChildren(thread: Current): readonly Child[] {
  return thread.children.filter((child) => exitCode(thread.port, child.object) === null);
}
