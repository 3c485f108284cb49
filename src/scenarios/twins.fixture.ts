import { twin as barrier } from './barrier/twin.ts';
import { twin as condition } from './condition/twin.ts';
import { twin as deadlock } from './deadlock/twin.ts';
import { twin as event } from './event/twin.ts';
import { twin as gil } from './gil/twin.ts';
import { twin as helloProcess } from './hello-process/twin.ts';
import { twin as isolation } from './isolation/twin.ts';
import { twin as lock } from './lock/twin.ts';
import { twin as mainThread } from './main-thread/twin.ts';
import { twin as manager } from './manager/twin.ts';
import { twin as philosophers } from './philosophers/twin.ts';
import { twin as pipe } from './pipe/twin.ts';
import { twin as queue } from './queue/twin.ts';
import { twin as pool } from './pool/twin.ts';
import { twin as poolCallback } from './pool-callback/twin.ts';
import { twin as poolSize } from './pool-size/twin.ts';
import { twin as readersWriters } from './readers-writers/twin.ts';
import { twin as rlock } from './rlock/twin.ts';
import { twin as semaphoreVsPool } from './semaphore-vs-pool/twin.ts';
import { twin as semaphore } from './semaphore/twin.ts';
import { twin as sharedData } from './shared-data/twin.ts';
import { twin as syncAsync } from './sync-async/twin.ts';
import { twin as threadVsProcess } from './thread-vs-process/twin.ts';
import { twin as threads } from './threads/twin.ts';
import { twin as threeStates } from './three-states/twin.ts';
import type { Twin } from './twin.ts';

/** Every lesson that prints something that can be compared: with its other program, and with CPython. */
export const TWINS: readonly (readonly [id: string, twin: Twin])[] = [
  ['three-states', threeStates],
  ['sync-async', syncAsync],
  ['hello-process', helloProcess],
  ['isolation', isolation],
  ['lock', lock],
  ['rlock', rlock],
  ['semaphore', semaphore],
  ['event', event],
  ['condition', condition],
  ['barrier', barrier],
  ['pipe', pipe],
  ['queue', queue],
  ['manager', manager],
  ['threads', threads],
  ['shared-data', sharedData],
  ['main-thread', mainThread],
  ['thread-vs-process', threadVsProcess],
  ['gil', gil],
  ['pool', pool],
  ['pool-callback', poolCallback],
  ['pool-size', poolSize],
  ['semaphore-vs-pool', semaphoreVsPool],
  ['deadlock', deadlock],
  ['philosophers', philosophers],
  ['readers-writers', readersWriters],
];
