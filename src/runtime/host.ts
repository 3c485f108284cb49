import type { HostBirth } from '../abi/remote.ts';
import { enterAsHost } from '../abi/guard.ts';
import { viewMemory } from '../abi/layout.ts';
import { HostReset } from './host-reset.ts';
import { HostSlot } from './host-slot.ts';
import { LivePort } from './live-port.ts';
import { openMail } from './spawn.ts';
import { SteppedPort } from './stepped-port.ts';
import { enter } from './typescript/current.ts';
import type { Programs } from './typescript/program.ts';
import { runThread, type ThreadEnd } from './typescript/thread-life.ts';

/**
 * The life of a host of the TypeScript engine: park, carry a thread to its end, park again. It never returns to its event
 * loop before it is sent there, so the next thread needs no message. An InvariantError ends the worker, and the main thread
 * sees it die.
 */
export function startHost(birth: HostBirth, programs: Programs): void {
  enterAsHost(birth.slot, birth.worker);
  const slot = new HostSlot(viewMemory(birth.memory), birth.slot, birth.worker);
  let end: ThreadEnd | null = null;
  while (slot.park(end)) end = carry(slot, programs);
}

/** Null when the thread was told to stop. */
function carry(slot: HostSlot, programs: Programs): ThreadEnd | null {
  try {
    const port = slot.live ? new LivePort(slot) : new SteppedPort(slot);
    return runThread(port, openMail(slot), programs);
  } catch (error) {
    if (error instanceof HostReset) return null;
    throw error;
  } finally {
    enter(null);
  }
}
