import type { ObjectId, Pid, Tid } from '../base/ids.ts';
import type { Ticks } from '../base/units.ts';
import type { ThreadKind } from '../abi/slot.ts';
import type { BlockReason, EndCause, Operation, Outcome, PreemptCause, ReadyCause, RunEnd } from '../abi/record.ts';
import type { VariableChange } from '../abi/record.ts';
import type { ObjectKind, PartRole } from '../abi/objects.ts';

/** What the views show: the machine after the first `record` records of the log. Plain, frozen in meaning, cheap to compare. */
export interface MachineState {
  readonly record: number;
  /** The run was a live one: `tick`, and every other time, counts microseconds, and nobody holds a CPU of ours. */
  readonly live: boolean;
  readonly tick: Ticks;
  /** Steps begun so far. */
  readonly step: number;
  /** Record with which the last one began; -1 = none has. */
  readonly stepBegan: number;
  /** In order of tid; Terminated ones stay. */
  readonly threads: readonly ThreadView[];
  /** Ready threads in the order in which the policy would dispatch them, as far as its ranks say. */
  readonly ready: readonly Tid[];
  /** One entry a CPU that was ever used or configured: who holds it. */
  readonly cpus: readonly (Tid | null)[];
  /** In order of id; processes and threads are no entries here. */
  readonly objects: readonly ObjectView[];
  /** How the run ended; null while it has not (at this record). */
  readonly end: { readonly kind: RunEnd; readonly message: string } | null;
}

export type ThreadStateName = 'New' | 'Ready' | 'Running' | 'Blocked' | 'Terminated';

export interface ThreadView {
  readonly tid: Tid;
  readonly pid: Pid;
  /** Its own row in the object table: what another thread's join waits for. */
  readonly object: ObjectId;
  /** As `Process.name`: MainProcess, Process-1, P0 … */
  readonly name: string;
  /** Short and unique: P1, P1.T2; a name of up to four characters is its own short name. */
  readonly shortName: string;
  readonly kind: ThreadKind;
  readonly parent: Tid | null;
  readonly state: ThreadStateName;
  /** Tick since which it is in this state. */
  readonly since: Ticks;
  /** The CPU it holds, while Running. */
  readonly cpu: number | null;
  /** Line of the last step it began, from 1. */
  readonly line: number | null;
  /** While Blocked. */
  readonly blocked: {
    readonly reason: BlockReason;
    readonly object: ObjectId | null;
    readonly until: Ticks | null;
    /** It has been chosen to go on, and is Ready from the next tick. */
    readonly woken: boolean;
  } | null;
  /** While Ready: how it came to be. */
  readonly ready: {
    readonly cause: ReadyCause | PreemptCause;
    readonly preempted: boolean;
    readonly by: Tid | null;
  } | null;
  /** Smaller is dispatched first. */
  readonly rank: number;
  readonly priority: number;
  /** Once Terminated. */
  readonly end: { readonly cause: EndCause; readonly code: number; readonly message: string } | null;
}

export interface ObjectView {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /** As in the program where it could be told (`lock`, `tickets`), else kind and number. */
  readonly name: string;
  /** Who made it. */
  readonly creator: Tid | null;
  /** lock, rlock: who holds it. */
  readonly holder: Tid | null;
  /** rlock: how often its holder has taken it. */
  readonly depth: number | null;
  /** shared variable: its value; semaphore: its counter; barrier: how many have arrived. */
  readonly value: number | null;
  /** semaphore: the largest value of its counter, if it has a bound of its own; barrier: its parties. */
  readonly limit: number | null;
  /** semaphore: how many places it began with. */
  readonly places: number | null;
  /** condition: the lock that goes with it. */
  readonly lock: ObjectId | null;
  /** barrier: whether it is broken. */
  readonly broken: boolean | null;
  /** event: its flag. */
  readonly flag: boolean | null;
  /** Blocked on it, longest waiter first. */
  readonly waiters: readonly Tid[];
  /** What it is made of, in the order in which it was put together; a worker or server is named by its process's row. */
  readonly parts: readonly ObjectPart[];
  /** What it is a part of, and nothing but a part: null for what stands for itself, or belongs to several. */
  readonly whole: ObjectId | null;
  /** shared variable, what a manager keeps, result: its value as it would be printed, when that is no number. */
  readonly text: string | null;
  /** shared variable: its last write. */
  readonly write: Write | null;
  /** global variable: its process. */
  readonly process: Pid | null;
  /** array: its elements, from index 0 on; the first 256. */
  readonly cells: readonly ArrayCell[] | null;
  readonly pipe: PipeView | null;
  readonly pool: PoolView | null;
  /** result: it is there. */
  readonly ready: boolean | null;
}

export interface ObjectPart {
  readonly role: PartRole;
  readonly object: ObjectId;
}

export interface Write {
  readonly record: number;
  readonly by: Tid;
}

export interface ArrayCell {
  readonly value: number | string;
  readonly write: Write | null;
}

/** Bytes of one message, or of a piece of it that another's bytes have cut off, as they lie in a pipe. */
export interface PipeItem {
  /** Of its last bytes. */
  readonly record: number;
  readonly by: Tid;
  /** Those that have not been received. */
  readonly bytes: number;
  /** They end a message. */
  readonly last: boolean;
  /** The message as it would be printed, if that is known. */
  readonly text: string;
}

export interface PipeView {
  /** Bytes so far. */
  readonly sent: number;
  readonly received: number;
  /** Messages whose end is in the pipe. */
  readonly messages: number;
  /** What is in it, next one first; the first 64. */
  readonly items: readonly PipeItem[];
  /** A process for each end that is open in it. */
  readonly readers: readonly Pid[];
  readonly writers: readonly Pid[];
}

export interface PoolView {
  /** What it was last told to have; null = what it began with. */
  readonly size: number | null;
  readonly submitted: number;
  /** Numbers of tasks that nobody has begun, the first 64; and how many they are. */
  readonly waiting: readonly number[];
  readonly waits: number;
  readonly running: readonly { readonly task: number; readonly by: Tid }[];
  readonly done: number;
  /** Their worker died while it did them. */
  readonly lost: number;
}

/** One record, decoded: what the event list, the explanations and `procession.log()` are made of. */
export type LogEvent = {
  readonly n: number;
  readonly tick: Ticks;
  readonly tid: Tid | null;
  readonly pid: Pid | null;
} & (
  | {
      readonly kind: 'created';
      readonly thread: ThreadKind;
      readonly name: string;
      readonly newPid: Pid;
      readonly parent: Tid | null;
    }
  | {
      readonly kind: 'ready';
      readonly cause: ReadyCause;
      readonly object: ObjectId | null;
      readonly by: Tid | null;
      readonly rank: number;
      readonly priority: number;
    }
  | { readonly kind: 'dispatched'; readonly cpu: number; readonly quantum: number | null; readonly rank: number }
  | {
      readonly kind: 'preempted';
      readonly cpu: number;
      readonly cause: PreemptCause;
      readonly by: Tid | null;
      readonly rank: number;
    }
  | {
      readonly kind: 'blocked';
      readonly cpu: number;
      readonly reason: BlockReason;
      readonly object: ObjectId | null;
      readonly until: Ticks | null;
      readonly line: number | null;
    }
  | { readonly kind: 'woken'; readonly object: ObjectId | null; readonly by: Tid | null }
  | {
      readonly kind: 'terminated';
      readonly cpu: number | null;
      readonly cause: EndCause;
      readonly code: number;
      readonly message: string;
    }
  | {
      readonly kind: 'line';
      readonly cpu: number;
      readonly line: number;
      readonly step: number;
      /** Where each instruction is a step: which one. */
      readonly instruction?: string;
    }
  | { readonly kind: 'frame'; readonly entered: boolean; readonly name: string; readonly depth: number }
  | { readonly kind: 'variable'; readonly change: VariableChange; readonly name: string; readonly value: string | null }
  | {
      readonly kind: 'call';
      readonly operation: Operation;
      readonly object: ObjectId | null;
      readonly argument: number;
      readonly line: number | null;
    }
  | {
      readonly kind: 'done';
      readonly operation: Operation;
      readonly object: ObjectId | null;
      readonly outcome: Outcome;
      readonly result: number;
    }
  | {
      readonly kind: 'load' | 'store';
      readonly object: ObjectId;
      /** A number, or the text of a value as it would be printed. */
      readonly value: number | string;
      /** In an array, from 0. */
      readonly index: number;
    }
  | {
      readonly kind: 'send' | 'receive';
      readonly object: ObjectId;
      readonly bytes: number;
      /** These bytes end a message. */
      readonly last: boolean;
      /** The message as it would be printed, when it is whole; else ''. */
      readonly text: string;
    }
  | { readonly kind: 'print'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'object';
      readonly object: ObjectId;
      readonly objectKind: ObjectKind;
      readonly name: string;
      readonly value: number;
    }
  | { readonly kind: 'part'; readonly object: ObjectId; readonly role: PartRole; readonly whole: ObjectId }
  | {
      readonly kind: 'pipe-end';
      readonly object: ObjectId;
      readonly end: 'read' | 'write';
      readonly open: boolean;
      readonly process: Pid;
      /** Such ends that are open now, in all processes. */
      readonly count: number;
    }
  | { readonly kind: 'pick'; readonly cpu: number; readonly candidates: number; readonly byUser: boolean }
  /** text: the line that was typed; '' = the end of the file. */
  | { readonly kind: 'input'; readonly input: number; readonly a: number; readonly b: number; readonly text?: string }
  | { readonly kind: 'boost' }
  | { readonly kind: 'end'; readonly end: RunEnd; readonly message: string }
);

/** Ticks throughout. */
export interface ProcessMeasures {
  readonly pid: Pid;
  readonly name: string;
  readonly arrival: Ticks;
  /** First dispatch − arrival; null before the first dispatch. */
  readonly response: Ticks | null;
  /** Termination − arrival; null before it. */
  readonly turnaround: Ticks | null;
  readonly waiting: Ticks;
  readonly blocked: Ticks;
  readonly cpu: Ticks;
}

export interface RunMeasures {
  /** Ticks that have passed. */
  readonly ticks: Ticks;
  /** Share of all CPU ticks in which a step was executed, 0 to 1. */
  readonly utilisation: number;
  /** Dispatches after which a CPU carries another thread than before (the first on each CPU not counted). */
  readonly switches: number;
  /** Processes terminated per 100 ticks. */
  readonly throughput: number;
}

export interface Measures {
  readonly processes: readonly ProcessMeasures[];
  readonly run: RunMeasures;
}
