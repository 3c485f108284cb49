import { slotAt, type Memory } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { BlockReason, EndCause } from '../abi/record.ts';
import type { KernelDemand } from '../abi/remote.ts';
import { Life, Request, Slot, ThreadKind, Turn } from '../abi/slot.ts';
import { packSpawnMail, unpackSpawnMail } from '../abi/spawn-mail.ts';
import { appendText, encodeText, readMail, writeMail } from '../abi/text.ts';
import { peek, poke } from '../abi/words.ts';
import { asObjectId, type ObjectId } from '../base/ids.ts';
import type { Handover, Relay } from './relay.ts';

/** What a scripted program asks for; each is one request, and the answer is the value of its `yield`. */
export type Ask =
  | { readonly ask: 'checkpoint'; readonly line?: number; readonly burst?: number }
  | {
      readonly ask: 'wait';
      readonly word: number;
      readonly expected: number;
      readonly ticks?: number;
      readonly object?: number;
    }
  | { readonly ask: 'wake'; readonly word: number; readonly count?: number }
  | { readonly ask: 'sleep'; readonly ticks: number }
  | { readonly ask: 'io'; readonly ticks: number; readonly burst?: number }
  | ({ readonly ask: 'spawn' } & SpawnAsk)
  | { readonly ask: 'kill'; readonly pid: number; readonly code?: number }
  | { readonly ask: 'signal'; readonly pid: number; readonly signal: number }
  | { readonly ask: 'raise'; readonly message: string }
  | { readonly ask: 'hang' }
  | { readonly ask: 'die' };

export interface SpawnAsk {
  readonly target: string;
  readonly data?: unknown;
  readonly name?: string;
  readonly priority?: number;
  readonly delay?: number;
  readonly thread?: boolean;
  readonly daemon?: boolean;
}

/** A program: ends by returning its exit code (nothing: 0). */
export type Script = Generator<Ask, number | void, number>;

/** What a script sees of its machine. */
export interface Env {
  readonly memory: Memory;
  readonly slot: number;
  readonly tid: number;
  readonly pid: number;
  readonly data: unknown;
  /** pid and object of the last child. */
  child(): { readonly pid: number; readonly object: ObjectId };
  /** A word of shared memory that belongs to nobody else, by number. */
  word(index: number): number;
}

export type Programs = Readonly<Record<string, (env: Env) => Script>>;

interface Running {
  readonly script: Script;
}

/** The first object row that scripts use as plain words: far from those that the kernel hands out. */
const FIRST_SCRATCH_ROW = 16_000;

/** Hosts without workers: each slot interprets a script when the kernel hands it the turn. */
export class ScriptedHosts implements Relay {
  readonly demands: KernelDemand[] = [];
  handovers = 0;
  readonly #memory: Memory;
  readonly #programs: Programs;
  readonly #running = new Map<number, Running>();

  constructor(memory: Memory, programs: Programs) {
    this.#memory = memory;
    this.#programs = programs;
  }

  /** Workers do not start. */
  refuse = false;
  /** They give back their first turn with no request, as no host may. */
  stumble = false;

  /** The main thread's part: a worker parks at once. */
  demand(demand: KernelDemand): void {
    this.demands.push(demand);
    this.#running.delete(demand.slot);
    if (demand.kind !== 'host-wanted') return;
    Atomics.store(this.#memory.words, slotAt(demand.slot) + Slot.LIFE, this.refuse ? Life.DEAD : Life.PARKED);
  }

  handOver(slot: number): Handover {
    this.handovers += 1;
    const { words } = this.#memory;
    const at = slotAt(slot);
    if (peek(words, at + Slot.LIFE) === Life.DEAD) return 'died';
    if (peek(words, at + Slot.KILL) !== 0) return this.#park(slot);
    const running = this.#running.get(slot);
    if (running === undefined) {
      this.#begin(slot);
      if (this.stumble) return this.#request(slot, Request.NONE);
      return this.handOver(slot);
    }
    const { done, value } = running.script.next(peek(words, at + Slot.RESULT));
    if (done === true) return this.#exit(slot, typeof value === 'number' ? value : 0, 0, EndCause.RETURNED);
    return this.#leave(slot, value as Ask);
  }

  #begin(slot: number): void {
    const { words } = this.#memory;
    const at = slotAt(slot);
    const mail = unpackSpawnMail(readMail(this.#memory, slot, peek(words, at + Slot.MAIL_BYTES)));
    const { target } = mail.header;
    const program = this.#programs[target === '' ? 'main' : target];
    if (program === undefined) throw new Error(`no script ${target}`);
    const running: Running = {
      script: program({
        memory: this.#memory,
        slot,
        tid: peek(words, at + Slot.TID),
        pid: peek(words, at + Slot.PID),
        data: JSON.parse(new TextDecoder().decode(mail.argumentBytes)),
        child: () => ({ pid: peek(words, at + Slot.ARG0), object: asObjectId(peek(words, at + Slot.ARG1)) }),
        word: (index) => stateWordOf(asObjectId(FIRST_SCRATCH_ROW + index)),
      }),
    };
    this.#running.set(slot, running);
  }

  #park(slot: number): Handover {
    this.#running.delete(slot);
    poke(this.#memory.words, slotAt(slot) + Slot.LIFE, Life.PARKED);
    return 'request';
  }

  #exit(slot: number, code: number, text: number, cause: number): Handover {
    this.#request(slot, Request.EXIT, code, text, cause);
    return this.#park(slot);
  }

  #request(slot: number, request: number, ...args: number[]): Handover {
    const { words } = this.#memory;
    const at = slotAt(slot);
    poke(words, at + Slot.REQUEST, request);
    args.forEach((arg, index) => poke(words, at + Slot.ARG0 + index, arg));
    poke(words, at + Slot.TURN, Turn.KERNEL);
    return 'request';
  }

  #leave(slot: number, ask: Ask): Handover {
    const { words } = this.#memory;
    const at = slotAt(slot);
    switch (ask.ask) {
      case 'checkpoint':
        poke(words, at + Slot.LINE, ask.line ?? 1);
        poke(words, at + Slot.BURST, ask.burst ?? 0);
        return this.#request(slot, Request.YIELD);
      case 'wait': {
        const object = ask.object ?? 0;
        const reason = object > 0 ? BlockReason.JOIN : BlockReason.OTHER;
        return this.#request(slot, Request.WAIT, ask.word, ask.expected, ask.ticks ?? -1, object, reason);
      }
      case 'wake':
        return this.#request(slot, Request.WAKE, ask.word, ask.count ?? -1, 0);
      case 'sleep':
        return this.#request(slot, Request.SLEEP, ask.ticks, 0, BlockReason.SLEEP);
      case 'io':
        poke(words, at + Slot.BURST, ask.burst ?? 0);
        return this.#request(slot, Request.SLEEP, ask.ticks, 0, BlockReason.IO);
      case 'spawn':
        return this.#spawn(slot, ask);
      case 'kill':
        return this.#request(slot, Request.KILL, ask.pid, ask.code ?? -15, 0);
      case 'signal':
        return this.#request(slot, Request.SIGNAL, ask.pid, ask.signal);
      case 'raise':
        return this.#exit(slot, 1, appendText(this.#memory, ask.message), EndCause.RAISED);
      case 'hang':
        return 'hung';
      case 'die':
        Atomics.store(words, at + Slot.LIFE, Life.DEAD);
        return 'died';
    }
  }

  #spawn(slot: number, ask: SpawnAsk): Handover {
    const header = { program: 'test', target: ask.target, name: ask.name ?? ask.target };
    const bytes = writeMail(this.#memory, slot, packSpawnMail(header, encodeText(JSON.stringify(ask.data ?? null))));
    poke(this.#memory.words, slotAt(slot) + Slot.MAIL_BYTES, bytes);
    const kind = ask.thread === true ? ThreadKind.THREAD : ThreadKind.PROCESS;
    return this.#request(slot, Request.SPAWN, ask.priority ?? 0, ask.delay ?? 0, kind, ask.daemon === true ? 1 : 0, 0);
  }
}
