import { ObjectKind } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import * as barrier from '../../../sync/barrier.ts';
import type { Port } from '../../../sync/port.ts';
import { HostReset } from '../../host-reset.ts';
import { current } from '../current.ts';
import { BrokenBarrierError, PicklingError, ValueError } from '../errors.ts';
import { Handle, SEND } from '../handle.ts';
import { createObject, logCall, logDone, loggedTicks, timeoutTicks } from '../operation.ts';
import { receives } from '../codec/receivers.ts';

/** Called by the last to arrive, before all pass. */
export type BarrierAction = () => unknown;

const MAX_PARTIES = 0x7fff_ffff;

function checkedParties(parties: unknown): number {
  if (typeof parties !== 'number')
    throw new TypeError(`'${typeof parties}' object cannot be interpreted as an integer`);
  if (!Number.isInteger(parties)) throw new TypeError("'float' object cannot be interpreted as an integer");
  if (parties < 1) throw new ValueError('parties must be >= 1');
  if (parties > MAX_PARTIES) throw new ValueError(`parties must be <= ${MAX_PARTIES}`);
  return parties;
}

function checkedAction(action: unknown): BarrierAction | null {
  if (action === null || typeof action === 'function') return action as BarrierAction | null;
  throw new TypeError(`'${typeof action}' object is not callable`);
}

/** @throws PicklingError when another process could not find the function. */
function nameOf(action: BarrierAction): string {
  const { functions } = current().program;
  const name = Object.keys(functions).find((key) => functions[key] === action);
  if (name !== undefined) return name;
  const local = action.name || '<lambda>';
  throw new PicklingError(`Can't pickle local object '${local}': the action of a barrier must be a top-level function`);
}

/** `multiprocessing.Barrier`: nobody passes before all are there. */
export class Barrier extends Handle {
  /** How many it takes. */
  readonly parties: number;
  readonly #action: BarrierAction | null;
  readonly #timeout: number | null;

  /** @param timeout seconds, for every `wait` that names none. */
  constructor(parties: number, action: BarrierAction | null = null, timeout: number | null = null) {
    const checked = checkedParties(parties);
    timeoutTicks(timeout);
    super(() =>
      createObject(ObjectKind.BARRIER, (port, object) => {
        barrier.initialise(port, object, checked);
        return [0, checked];
      }),
    );
    this.parties = checked;
    this.#action = checkedAction(action);
    this.#timeout = timeout;
  }

  /** For the codec: the action is the receiver's own function of that name. */
  static ofNamed(parties: number, actionName: string | null, timeout: number | null): Barrier {
    const action = actionName === null ? null : current().program.functions[actionName];
    return new this(parties, action as BarrierAction | null, timeout);
  }

  /**
   * Waits until all parties are there, for at most `timeout` seconds. The last one does the action, then all pass.
   * @returns which one it was, from 0, in the order of arrival: one of them can be chosen by it for something
   * @throws BrokenBarrierError when the barrier is broken or reset, before or meanwhile; a time that is up breaks it.
   */
  wait(timeout: number | null = null): number {
    const { port } = current();
    const ticks = timeoutTicks(timeout ?? this.#timeout);
    port.step();
    logCall(port, Operation.WAIT, this.object, loggedTicks(ticks));
    const arrival = barrier.arrive(port, this.object);
    if (arrival === null) return this.#refuse(port, barrier.Passage.BROKEN);
    logDone(port, Operation.ARRIVE, this.object, Outcome.OK, arrival.index + 1);
    const passage = arrival.isLast ? this.#open(port, arrival) : barrier.waitForOthers(port, this.object, ticks);
    if (passage !== barrier.Passage.PASSED) return this.#refuse(port, passage);
    logDone(port, Operation.WAIT, this.object, Outcome.OK, arrival.index);
    return arrival.index;
  }

  /** Makes it as new. Who waits there gets a BrokenBarrierError. */
  reset(): void {
    const { port } = current();
    port.step();
    logCall(port, Operation.RESET, this.object);
    barrier.reset(port, this.object);
    logDone(port, Operation.RESET, this.object, Outcome.OK);
  }

  /** Breaks it: who waits there, and whoever comes before a `reset`, gets a BrokenBarrierError. */
  abort(): void {
    const { port } = current();
    port.step();
    this.#abort(port);
  }

  /** How many wait there now. */
  get nWaiting(): number {
    const { port } = current();
    port.step();
    return barrier.countOf(port, this.object);
  }

  get broken(): boolean {
    const { port } = current();
    port.step();
    return barrier.isBroken(port, this.object);
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    const action = this.#action === null ? null : nameOf(this.#action);
    return ['Barrier', this.object, this.parties, action, this.#timeout];
  }

  #open(port: Port, arrival: barrier.Arrival): barrier.Passage {
    try {
      this.#action?.();
    } catch (error) {
      if (!(error instanceof HostReset)) this.#abort(port);
      throw error;
    }
    if (!barrier.open(port, this.object, arrival)) return barrier.Passage.BROKEN;
    logDone(port, Operation.PASS, this.object, Outcome.OK);
    return barrier.Passage.PASSED;
  }

  #abort(port: Port): void {
    logCall(port, Operation.ABORT, this.object);
    barrier.abort(port, this.object);
    logDone(port, Operation.ABORT, this.object, Outcome.OK);
  }

  #refuse(port: Port, passage: barrier.Passage): never {
    const late = passage === barrier.Passage.LATE;
    if (late) logDone(port, Operation.ABORT, this.object, Outcome.OK);
    logDone(port, Operation.WAIT, this.object, late ? Outcome.TIMED_OUT : Outcome.ERROR);
    throw new BrokenBarrierError();
  }
}

receives('Barrier', (object, details) => {
  const [parties, action, timeout] = details as [number, string | null, number | null];
  return Handle.receive(object, () => Barrier.ofNamed(parties, action, timeout));
});
