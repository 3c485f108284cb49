import type { HostBirth, InterpreterOrder, InterpreterReport } from '../abi/remote.ts';
import { seclude, wake } from '../runtime/python/interpreter.ts';
import { carryProcess, type Awake } from '../runtime/python/process.ts';
import { loadSupply } from '../runtime/python/supply.ts';

// Kept here, because a program finds neither of them.
const report = postMessage.bind(globalThis) as (message: InterpreterReport) => void;
const complain = reportError.bind(globalThis);

let awake: Awake | null = null;

async function follow(order: InterpreterOrder | HostBirth): Promise<void> {
  switch (order.kind) {
    case 'load': {
      const supply = await loadSupply(order.source, order.anew, (loaded, total) =>
        report({ kind: 'progress', loaded, total }),
      );
      report({ kind: 'loaded', supply });
      return;
    }
    case 'wake': {
      const hands: Pick<Awake, 'carrier' | 'mappings'> = { carrier: null, mappings: null };
      const take = (): Promise<number> | null => hands.carrier?.takePromise() ?? null;
      awake = Object.assign(hands, await wake(order.supply, take, () => hands.mappings));
      await seclude(awake);
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
  last = last
    .then(() => follow(data))
    .catch((error: unknown) => {
      report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      complain(error);
    });
});
