import { ObjectKind } from '../../../abi/objects.ts';
import { Operation, Outcome } from '../../../abi/record.ts';
import { clear, isSet, set, wait } from '../../../sync/event.ts';
import { current } from '../current.ts';
import { Handle, SEND } from '../handle.ts';
import { createObject, logCall, logDone, loggedTicks, outcomeOf, timeoutTicks } from '../operation.ts';
import { receives } from '../codec/receivers.ts';

/** `multiprocessing.Event`: a flag that processes can wait for. It begins lowered. */
export class Event extends Handle {
  constructor() {
    super(() => createObject(ObjectKind.EVENT));
  }

  isSet(): boolean {
    const { port } = current();
    port.step();
    logCall(port, Operation.IS_SET, this.object);
    const up = isSet(port, this.object);
    logDone(port, Operation.IS_SET, this.object, up ? Outcome.OK : Outcome.FALSE);
    return up;
  }

  /** Raises the flag and wakes all who wait for it: they go on even if `clear` follows at once. */
  set(): void {
    const { port } = current();
    port.step();
    logCall(port, Operation.SET, this.object);
    const woken = set(port, this.object);
    logDone(port, Operation.SET, this.object, Outcome.OK, woken);
  }

  clear(): void {
    const { port } = current();
    port.step();
    logCall(port, Operation.CLEAR, this.object);
    clear(port, this.object);
    logDone(port, Operation.CLEAR, this.object, Outcome.OK);
  }

  /** Waits until the flag is raised, for at most `timeout` seconds; false = time is up. */
  wait(timeout: number | null = null): boolean {
    const { port } = current();
    const ticks = timeoutTicks(timeout);
    port.step();
    logCall(port, Operation.WAIT, this.object, loggedTicks(ticks));
    const raised = wait(port, this.object, ticks);
    logDone(port, Operation.WAIT, this.object, outcomeOf(raised, true));
    return raised;
  }

  [SEND](): readonly [kind: string, ...details: unknown[]] {
    return ['Event', this.object];
  }
}

receives('Event', (object) => Handle.receive(object, () => new Event()));
