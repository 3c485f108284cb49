import type { ObjectId } from '../../base/ids.ts';
import type { Port } from '../../sync/port.ts';
import type { GlobalVariable } from './threads/globals.ts';
import type { ReceiveHandle } from './codec/node-reader.ts';
import type { Process } from './process.ts';
import type { Instance, ProgramModule } from './program.ts';
import type { Thread } from './threads/thread.ts';
import { RuntimeError } from './errors.ts';

/** What a thread that is not its process's first has from the one that started it. */
export interface Inheritance {
  /** Rows of the program's variables, in the order in which it declares them. */
  readonly globals: readonly ObjectId[];
  /** The constants, packed, by name. */
  readonly constants: ReadonlyMap<string, Uint8Array>;
  readonly daemon: boolean;
}

/** The thread that this host carries, and its process. One host carries one thread, so there is one at a time. */
export interface Current {
  readonly port: Port;
  /** `functions` is filled when the program's text is entered. */
  readonly program: { functions: Instance['functions'] };
  readonly programId: string;
  /** What the program imports. */
  readonly library: Readonly<Record<string, unknown>>;
  readonly module: ProgramModule;
  /** Makes handles of what arrives from other processes. */
  readonly receive: ReceiveHandle;
  /** As `Process.name`. */
  readonly name: string;
  /** Which child of which child the process is: MainProcess is [], Process-1:2 is [1, 2]. */
  readonly identity: readonly number[];
  /** Whether the process ends with its parent. */
  readonly daemon: boolean;
  /** The process's row of the object table: that of its first thread. */
  readonly process: ObjectId;
  /** Null = this is the process's first thread, whom `threading` calls main. */
  readonly inherited: Inheritance | null;
  /** The program's variables in the order in which it declares them, and its constants, for threads that this one starts. */
  variables: readonly GlobalVariable[];
  constants: Readonly<Record<string, unknown>>;
  /** The top level of the program has been executed. */
  isReady: boolean;
  /** Handles of the processes and threads that it has started or asked for, by their rows. */
  readonly processes: Map<ObjectId, Process>;
  readonly threads: Map<ObjectId, Thread>;
  /** Its own attributes of each `threading.local`, by the local's number. */
  readonly locals: Map<number, object>;
  /** Functions of the program that have begun and not ended, with its top level. */
  depth: number;
  /** What the transform says the next lock, event or value is called; '' = nothing. */
  nameHint: string;
  /** Items that have been made so far of each list of them, by its name. */
  readonly listed: Map<string, number>;
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
