import { asObjectId, asPid, asTid, type ObjectId, type Pid, type Tid } from '../../base/ids.ts';
import type { Ticks } from '../../base/units.ts';
import { Control } from '../../abi/control.ts';
import { LogWriter } from '../../abi/log-writer.ts';
import type { Memory } from '../../abi/layout.ts';
import { header, type BlockReason } from '../../abi/record.ts';
import { Request, Slot, WaitResult } from '../../abi/slot.ts';
import { peek } from '../../abi/words.ts';
import { INTERRUPTED, type Call, type Carrier, type Pause } from './carrier.ts';
import { Claims } from './claims.ts';
import { Messages } from './messages.ts';

/**
 * What kernel calls need of the machine, for the thread that calls: what `Port` of src/sync is to the TypeScript engine. It cannot be that
 * same port, because a JavaScript function cannot wait in its middle while another stack runs: whatever may wait is a
 * generator.
 */
export class TurnPort {
  readonly memory: Memory;
  /** What threads wait for, whatever the waits below say. */
  readonly claims = new Claims();
  /** What they are about to write. */
  readonly messages = new Messages();
  readonly #carrier: Carrier;
  readonly #log: LogWriter;
  /** In stepped mode, where each takes a tick. */
  readonly #stepsOf = new Map<Tid, number>();
  #steps = 0;

  constructor(carrier: Carrier) {
    this.memory = carrier.memory;
    this.#carrier = carrier;
    this.#log = new LogWriter(carrier.memory);
  }

  get pid(): Pid {
    return asPid(this.#carrier.read(Slot.PID));
  }

  get parentPid(): Pid {
    return asPid(this.#carrier.read(Slot.PARENT_PID));
  }

  get tid(): Tid {
    return asTid(this.#carrier.read(Slot.TID));
  }

  /** The calling thread's own row in the object table. */
  get self(): ObjectId {
    return asObjectId(this.#carrier.read(Slot.SELF_OBJECT));
  }

  get line(): number {
    return this.#carrier.read(Slot.LINE);
  }

  /** How long the calling thread has run, or all threads of its process. */
  ticksRun(ofThread: boolean): Ticks {
    const { turns, current } = this.#carrier;
    return turns.ran(ofThread ? current : null) ?? (ofThread ? (this.#stepsOf.get(this.tid) ?? 0) : this.#steps);
  }

  /** Ends the step, as a kernel call; the next one begins with this line. */
  step(line: number): 0 | Pause {
    const { tid } = this;
    this.#steps += 1;
    this.#stepsOf.set(tid, (this.#stepsOf.get(tid) ?? 0) + 1);
    this.#carrier.write(Slot.LINE, line);
    return this.#carrier.endStep();
  }

  /** As `step`, where each instruction is one; `text` says which. */
  instruction(line: number, text: number): 0 | Pause {
    this.#carrier.write(Slot.DETAIL, text);
    return this.step(line);
  }

  /** As `Port.wait`; a signal does not end it (PEP 475), unless its handler raises. */
  *wait(word: number, expected: number, ticks: Ticks, object: ObjectId, reason: BlockReason): Call<WaitResult> {
    const deadline = this.now() + ticks;
    const said = this.claims.of(this.tid) ?? { object, reason };
    for (let left = ticks; ; left = Math.max(0, deadline - this.now())) {
      const waiting = [word, expected, this.#carrier.turns.patience(left), said.object, said.reason] as const;
      const result = yield* this.#carrier.ask(Request.WAIT, ...waiting);
      if (result !== WaitResult.INTERRUPTED) return result as WaitResult;
      yield INTERRUPTED;
      if (Atomics.load(this.memory.words, word) !== expected) return WaitResult.CHANGED;
      if (deadline <= this.now()) return WaitResult.TIMED_OUT;
    }
  }

  *wake(word: number, count: number, object: ObjectId): Call<number> {
    return yield* this.#carrier.ask(Request.WAKE, word, count, object);
  }

  /** As `Port.sleep`, and as `wait`. */
  *sleep(ticks: Ticks, object: ObjectId, reason: BlockReason): Call<void> {
    const deadline = this.now() + ticks;
    const said = this.claims.of(this.tid) ?? { object, reason };
    for (let left = ticks; ; left = Math.max(0, deadline - this.now())) {
      const result = yield* this.#carrier.ask(
        Request.SLEEP,
        this.#carrier.turns.patience(left),
        said.object,
        said.reason,
      );
      if (result !== WaitResult.INTERRUPTED) return;
      yield INTERRUPTED;
      if (deadline <= this.now()) return;
    }
  }

  now(): Ticks {
    return this.#carrier.turns.now();
  }

  get logged(): boolean {
    return peek(this.memory.words, Control.LOG_MUTED) === 0;
  }

  log(kind: number, aux: number, object: ObjectId, a: number, b: number, c: number): void {
    if (this.logged) this.#log.append(header(kind, aux, -1), this.#carrier.turns.stamp(), this.tid, object, a, b, c);
  }
}
