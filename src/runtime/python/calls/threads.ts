import { asObjectId } from '../../../base/ids.ts';
import { TICKS_PER_SECOND } from '../../../base/units.ts';
import { stateWordOf } from '../../../abi/object-table.ts';
import { ThreadWord } from '../../../abi/objects.ts';
import { BlockReason } from '../../../abi/record.ts';
import { Request, Slot, SpawnError, ThreadKind, WaitResult } from '../../../abi/slot.ts';
import { packSpawnMail } from '../../../abi/spawn-mail.ts';
import { bellOf } from '../../../abi/watch.ts';
import { FOREVER } from '../../../sync/port.ts';
import type { Call } from '../carrier.ts';
import { canSwitchStacks } from '../pyodide-internals.ts';
import type { Machinery } from '../machinery.ts';
import { isCalledByJavaScript } from '../pulse.ts';

/** Seconds as Python says them, None and below 0 for ever → ticks. */
export function ticksOf(seconds: number): number {
  return seconds < 0 ? FOREVER : seconds * TICKS_PER_SECOND;
}

/** Called on a thread's own stack; the engine starts that stack when the thread has the turn for the first time. */
export interface Target {
  callPromising(): Promise<void>;
  destroy(): void;
}

/** A thread that has not run yet. */
export interface Start {
  readonly target: Target;
  /** Nothing of the learner's runs in it. */
  readonly library: boolean;
}

/** The kernel calls below `_thread` and `time`. */
export function threadCalls({ carrier, port, targets, stacks }: Machinery) {
  const rows = new Map<number, number>();
  return {
    /** A statement at this line begins. */
    step: (line: number): unknown => port.step(line),
    /** The next instruction, which stands in this line; `text` says what it is. */
    instruction: (line: number, text: number): unknown => port.instruction(line, text),
    /** The thread has computed for long: its step ends, at the same line. */
    pulse: (): unknown => (isCalledByJavaScript() ? true : port.step(port.line)),
    resume: (): unknown => carrier.resume(),

    /** First of all on a new stack: C knows from now on where it ends. */
    protect_stack: (): void => stacks.protect(),

    tid: (): number => port.tid,
    can_switch: (): boolean => canSwitchStacks(),

    /** Starts a thread. Its tid, or a negative `SpawnError`. */
    start_thread: (target: Target, name: string, daemon: boolean, library: boolean): unknown =>
      carrier.enterStep(startThread(target, name, daemon, library)),
    /** The row of a thread that was started here. */
    thread_row: (tid: number): number => rows.get(tid) ?? 0,

    /** Blocks the calling thread until `unpark`, or for so many seconds (below 0: for ever). 1, or 0 when the time is up. */
    park: (object: number, reason: number, seconds: number): unknown =>
      carrier.enter(park(Atomics.load(port.memory.words, bellOf(port.self)), object, reason, seconds)),
    /** Ends the `park` of a thread of this process. */
    unpark: (thread: number): unknown => carrier.enter(unpark(thread)),
    /** The calling thread's row, which `unpark` names. */
    self: (): number => port.self,

    sleep: (seconds: number): unknown => carrier.enterStep(sleep(seconds)),
    /** Seconds that the calling thread, or its process, has had a CPU. */
    cpu_time: (ofThread: boolean): number => port.ticksRun(ofThread) / TICKS_PER_SECOND,
    /** Seconds since the run began. */
    now: (): number => port.now() / TICKS_PER_SECOND,
  };

  function* startThread(target: Target, name: string, daemon: boolean, library: boolean): Call<number> {
    // Those that were started and have not run yet want theirs, too.
    if (!stacks.makeRoom(targets.size + 1)) return SpawnError.NO_HOST;
    const bytes = packSpawnMail({ program: '', target: '', name }, new Uint8Array());
    carrier.writeMail(bytes);
    const kind = library ? ThreadKind.LIBRARY : ThreadKind.THREAD;
    const tid = yield* carrier.ask(Request.SPAWN, 0, 0, kind, daemon ? 1 : 0, 0);
    if (tid <= 0) return tid;
    rows.set(tid, carrier.read(Slot.ARG1));
    targets.set(tid, { target, library });
    return tid;
  }

  /**
   * `rung`: what the bell said when Python called, which has told others by then whom to unpark. They may do that before the wait begins:
   * the call may be a step of its own.
   */
  function* park(rung: number, object: number, reason: number, seconds: number): Call<number> {
    const what = asObjectId(object === 0 ? port.self : object);
    const result = yield* port.wait(bellOf(port.self), rung, ticksOf(seconds), what, reason as BlockReason);
    return result === WaitResult.TIMED_OUT ? 0 : 1;
  }

  function* unpark(thread: number): Call<number> {
    const bell = stateWordOf(asObjectId(thread), ThreadWord.BELL);
    Atomics.add(port.memory.words, bell, 1);
    return yield* port.wake(bell, 1, asObjectId(thread));
  }

  function* sleep(seconds: number): Call<number> {
    yield* port.sleep(ticksOf(seconds), port.self, BlockReason.SLEEP);
    return 0;
  }
}
