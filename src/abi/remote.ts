import type { Tid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import type { MachineConfig, Schedule } from './config.ts';

/** What to run. The program's parameters are already checked; the codec of `runtime` puts them into the mailbox. */
export interface RunSpec {
  /** Id of a program that the hosts know. */
  readonly program: string;
  /** The program's parameters, plain JSON. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly machine: MachineConfig;
  readonly schedule: Schedule;
  readonly mode: 'stepped' | 'live';
  /** `operation`: statements are no steps of their own, only visible operations are. `bytecode`: Python engine, each instruction is. */
  readonly stepBy: 'line' | 'operation' | 'bytecode';
  /** The main process only starts the others: it runs before tick 0, costs nothing and is not logged. */
  readonly launcher: boolean;
  /** No records at all (benches of bare primitives). */
  readonly muted: boolean;
  /** Python engine: false = the values of variables are not logged. */
  readonly variables?: boolean;
  /** Most hosts at once. */
  readonly hosts: number;
  /** How long a host may be under way to its next checkpoint; `HOST_HANG_MS` when not said. Stepped mode. */
  readonly patienceMs?: number;
  /** What executes it: `ts` when not said. With `py` a host is an interpreter, and carries all threads of a process. */
  readonly engine?: Engine;
  /** Python engine: the program's own files, by name; `program` names one of them. The kernel does not look at them. */
  readonly files?: Readonly<Record<string, string>>;
}

export type Engine = 'ts' | 'py';

/** `input`: nobody can go on before somebody types a line. */
export type RunState = 'ready' | 'paused' | 'finished' | 'deadlock' | 'failed' | 'limit' | 'input';

/** Where the kernel stands. */
export interface KernelStatus {
  readonly state: RunState;
  readonly records: number;
  readonly steps: number;
  readonly tick: Ticks;
  /** Which limit, or what failed. */
  readonly message?: string;
}

/** When `run` stops, whichever comes first; it stops only at step boundaries. */
export interface RunUntil {
  /** The log has at least this many records. */
  readonly records?: number;
  /** This many more steps. */
  readonly steps?: number;
  /** The clock has reached this tick, before anything was dispatched in it. */
  readonly tick?: Ticks;
}

/** The kernel worker's face, through comlink. Call one method at a time; none while `run` is under way. */
export interface KernelRemote {
  /** Hands over the shared memory; once. */
  attach(memory: SharedArrayBuffer): Promise<void>;
  /** Ends whatever ran, and lets all hosts return to their event loops, where they can be born again. Next comes a `load`. */
  sendHostsHome(): Promise<void>;
  /** Ends whatever ran, zeroes log, texts and objects, creates the main process. */
  load(spec: RunSpec): Promise<KernelStatus>;
  /** Runs until something of `until` holds, Control.PAUSE is set, or the run ends. After `limit` it goes on. A live run ends
   *  for good when Control.PAUSE is set, and takes its inputs by Control.INPUT. */
  run(until: RunUntil): Promise<KernelStatus>;
  /** The next choice takes this thread. @throws Error when it is neither Ready nor Running. */
  pick(tid: Tid): Promise<KernelStatus>;
  /** Ends the process at the next tick, with exit code -15. @throws Error when there is no such process. */
  kill(pid: number): Promise<KernelStatus>;
  /** Wants this many workers in the program's pool, from the next tick on. @throws Error when it has no pool. */
  resizePool(size: number): Promise<KernelStatus>;
  /** Types a line at the next tick; null = the end of the file. @throws Error when the run is over. */
  typeLine(line: string | null): Promise<KernelStatus>;
  /** The picks and inputs used so far, those given with `load` included. */
  schedule(): Promise<Schedule>;
}

/** Kernel → main thread, by postMessage, because a kernel that runs cannot answer comlink. */
export type KernelDemand =
  /** Start a worker for this slot. */
  | { readonly kind: 'host-wanted'; readonly slot: number }
  /** Stop this slot's worker for good; it hung or was told to. */
  | { readonly kind: 'host-unwanted'; readonly slot: number };

/** Main thread → a host worker that is new, or was sent home: its only message. */
export interface HostBirth {
  readonly kind: 'birth';
  /** Id of the one program that the host will carry. */
  readonly program: string;
  readonly memory: SharedArrayBuffer;
  readonly slot: number;
  /** Python engine: the program's own files, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Python engine: the disk that all processes see. */
  readonly disk?: SharedArrayBuffer;
  /** How many workers the slot has had before. */
  readonly worker: number;
}

/** Where the files of the interpreter are, and how many bytes of them there are to load. */
export interface InterpreterSource {
  /** Address of the folder, with a slash at its end. */
  readonly folder: string;
  /** Name of the file with the memory that interpreters wake up with, gzipped. */
  readonly memory: string;
  readonly sizes: { readonly wasm: number; readonly library: number };
}

/** What all interpreters need and share, loaded once. */
export interface InterpreterSupply {
  readonly folder: string;
  readonly module: WebAssemblyModule;
  /** CPython's own library, as a zip file; in shared memory. */
  readonly library: Uint8Array;
  /** The memory to wake up with; shared, and copied by each. */
  readonly memory: Uint8Array;
}

/** A `WebAssembly.Module`: this side compiles without the types that name it. */
export type WebAssemblyModule = object;

/** Main thread → a worker of the Python engine, before its `HostBirth`. */
export type InterpreterOrder =
  /** Load what all interpreters need. `anew`: not from the browser's cache, where it may be broken. */
  | { readonly kind: 'load'; readonly source: InterpreterSource; readonly anew: boolean }
  | { readonly kind: 'wake'; readonly supply: InterpreterSupply };

/** The answer of such a worker. */
export type InterpreterReport =
  | { readonly kind: 'progress'; readonly loaded: number; readonly total: number }
  | { readonly kind: 'loaded'; readonly supply: InterpreterSupply }
  | { readonly kind: 'awake' }
  /** The order could not be carried out. */
  | { readonly kind: 'failed'; readonly message: string };
