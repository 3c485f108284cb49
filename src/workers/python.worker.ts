import type { HostBirth, InterpreterOrder, InterpreterReport } from '../abi/remote.ts';
import { makeSnapshot, wake } from '../runtime/python/interpreter.ts';
import { carryProcess, type Awake } from '../runtime/python/process.ts';

const report = (message: InterpreterReport, transfer: Transferable[] = []): void => postMessage(message, transfer);

let awake: Awake | null = null;

async function follow(order: InterpreterOrder | HostBirth): Promise<void> {
  switch (order.kind) {
    case 'make-snapshot': {
      const snapshot = await makeSnapshot(order.supply);
      report({ kind: 'snapshot', snapshot }, [snapshot.buffer]);
      return;
    }
    case 'wake': {
      const hands: { carrier: Awake['carrier'] } = { carrier: null };
      const python = await wake(order.supply, order.snapshot, () => hands.carrier?.takePromise() ?? null);
      awake = Object.assign(hands, { python });
      report({ kind: 'awake' });
      return;
    }
    case 'birth':
      if (awake !== null) carryProcess(awake, order);
  }
}

let last: Promise<void> = Promise.resolve();

// In order: an interpreter may be wanted before it is awake. One that fails dies, and the main thread sees that.
addEventListener('message', ({ data }: MessageEvent<InterpreterOrder | HostBirth>) => {
  last = last.then(() => follow(data)).catch(reportError);
});
