import { Kind, PreemptCause } from '../abi/record.ts';
import type { MachineConfig } from '../abi/config.ts';
import type { Entry } from './lab.fixture.ts';

type State = 'New' | 'Ready' | 'Running' | 'Blocked' | 'Terminated';

interface Seen {
  state: State;
  rank: number;
  /** When it became Ready, as an ordinal. */
  since: number;
  cpu: number;
}

/** Policies under which a dispatch takes the lowest rank, and among equals the one that was Ready first. */
const RANKED = new Set(['fcfs', 'rr', 'sjf', 'srtf', 'priority', 'mlfq', 'manual']);

/**
 * Reads a log record by record, knowing nothing of the kernel, and throws at the first one that breaks a rule of
 * ARCHITECTURE.md.
 */
export class LogChecker {
  readonly #config: MachineConfig;
  readonly #threads = new Map<number, Seen>();
  readonly #cpus: number[];
  /** By CPU: tick of its last step. */
  readonly #steppedIn: number[];
  #tick = 0;
  #ordinal = 0;
  #over = false;
  #userPick = 0;
  #lastPreempted = { tick: -1, tid: 0 };

  constructor(config: MachineConfig) {
    this.#config = config;
    this.#cpus = Array.from({ length: config.cpus }, () => 0);
    this.#steppedIn = Array.from({ length: config.cpus }, () => -1);
  }

  check(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#ordinal += 1;
      this.#require(!this.#over, 'nothing follows the end', entry);
      this.#require(entry.tick >= this.#tick, 'time never runs backwards', entry);
      this.#tick = entry.tick;
      this.#read(entry);
    }
  }

  #require(holds: boolean, rule: string, entry: Entry): void {
    if (!holds) throw new Error(`${rule}: record ${this.#ordinal - 1} ${JSON.stringify(entry)}`);
  }

  #read(entry: Entry): void {
    switch (entry.kind) {
      case Kind.CREATED:
        this.#require(!this.#threads.has(entry.tid), 'a thread is created once', entry);
        this.#threads.set(entry.tid, { state: 'New', rank: 0, since: 0, cpu: -1 });
        return;
      case Kind.READY:
        this.#move(entry, ['New', 'Blocked'], 'Ready', entry.b);
        return;
      case Kind.PREEMPTED:
        this.#leave(entry, 'Ready');
        this.#thread(entry).rank = entry.b;
        this.#preempted(entry);
        return;
      case Kind.DISPATCHED:
        this.#dispatched(entry);
        return;
      case Kind.BLOCKED:
        this.#require(entry.aux > 0, 'every Blocked thread has a reason', entry);
        this.#leave(entry, 'Blocked');
        return;
      case Kind.WOKEN:
        this.#require(this.#thread(entry).state === 'Blocked', 'only a Blocked thread is woken', entry);
        return;
      case Kind.TERMINATED:
        if (this.#thread(entry).state === 'Running') this.#leave(entry, 'Terminated');
        else this.#move(entry, ['New', 'Ready', 'Blocked'], 'Terminated', 0);
        return;
      case Kind.LINE:
        this.#stepped(entry);
        return;
      case Kind.PICK:
        this.#require(entry.a > 1, 'a choice has alternatives', entry);
        this.#userPick = entry.b === 1 ? entry.tid : 0;
        return;
      case Kind.BOOST:
        for (const thread of this.#threads.values()) thread.rank = 0;
        return;
      case Kind.END:
        this.#over = true;
    }
  }

  #thread(entry: Entry): Seen {
    const thread = this.#threads.get(entry.tid);
    if (thread === undefined) throw new Error(`unknown thread: ${JSON.stringify(entry)}`);
    return thread;
  }

  #move(entry: Entry, from: readonly State[], to: State, rank: number): void {
    const thread = this.#thread(entry);
    this.#require(from.includes(thread.state), `only legal transitions: ${thread.state} → ${to}`, entry);
    thread.state = to;
    thread.rank = rank;
    thread.since = this.#ordinal;
  }

  #leave(entry: Entry, to: State): void {
    const thread = this.#thread(entry);
    this.#require(this.#cpus[entry.cpu] === entry.tid, 'a thread leaves the CPU that it holds', entry);
    this.#cpus[entry.cpu] = 0;
    this.#move(entry, ['Running'], to, thread.rank);
  }

  /** Those that the user's picks displace go as the picks come. */
  #preempted(entry: Entry): void {
    if (entry.aux === PreemptCause.PICK) return;
    const { tick, tid } = this.#lastPreempted;
    this.#require(tick < entry.tick || tid < entry.tid, 'who is preempted at the same tick goes by tid', entry);
    this.#lastPreempted = { tick: entry.tick, tid: entry.tid };
  }

  #dispatched(entry: Entry): void {
    const thread = this.#thread(entry);
    this.#require(this.#cpus[entry.cpu] === 0, 'at most one thread a CPU', entry);
    if (RANKED.has(this.#config.policy) && this.#userPick !== entry.tid) {
      for (const other of this.#threads.values()) {
        if (other.state !== 'Ready' || other === thread) continue;
        const first = other.rank > thread.rank || (other.rank === thread.rank && other.since > thread.since);
        this.#require(first, 'a dispatch takes the first of the queue', entry);
      }
    }
    this.#move(entry, ['Ready'], 'Running', entry.b);
    this.#cpus[entry.cpu] = entry.tid;
    this.#userPick = 0;
  }

  #stepped(entry: Entry): void {
    this.#require(this.#cpus[entry.cpu] === entry.tid, 'a step runs on the CPU that its thread holds', entry);
    this.#require(this.#steppedIn[entry.cpu] !== entry.tick, 'a CPU executes one step a tick', entry);
    this.#steppedIn[entry.cpu] = entry.tick;
    const anyIdle = this.#cpus.some((tid, cpu) => tid === 0 && this.#steppedIn[cpu] !== entry.tick);
    if (!anyIdle) return;
    for (const thread of this.#threads.values()) {
      this.#require(thread.state !== 'Ready', 'no Ready thread waits beside an idle CPU', entry);
    }
  }
}
