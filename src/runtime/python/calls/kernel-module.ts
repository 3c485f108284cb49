import type { Machinery } from '../machinery.ts';
import { isolated } from '../confinement.ts';
import { connectionCalls } from './connections.ts';
import { descriptorCalls } from './descriptors.ts';
import { doorCalls } from './doors.ts';
import { observationCalls } from './observation.ts';
import { pollCalls } from './polling.ts';
import { processCalls } from './processes.ts';
import { rightsCalls } from './rights.ts';
import { semaphoreCalls } from './semaphores.ts';
import { sharedObjectCalls } from './shared-objects.ts';
import { shownPipeCalls } from './shown-pipes.ts';
import { signalCalls } from './signals.ts';
import { socketCalls } from './sockets.ts';
import { terminalCalls } from './terminal.ts';
import { threadCalls } from './threads.ts';

/** What Python finds as the module `_kernel`. A call that returns None has let another thread run: see `library/stacks.py`. */
export function kernelModule(machinery: Machinery): object {
  return isolated({
    ...threadCalls(machinery),
    ...signalCalls(machinery),
    ...descriptorCalls(machinery),
    ...processCalls(machinery),
    ...semaphoreCalls(machinery),
    ...pollCalls(machinery),
    ...socketCalls(machinery),
    ...doorCalls(machinery),
    ...connectionCalls(machinery),
    ...rightsCalls(machinery),
    ...observationCalls(machinery),
    ...sharedObjectCalls(machinery),
    ...terminalCalls(machinery),
    ...shownPipeCalls(machinery),
  });
}
