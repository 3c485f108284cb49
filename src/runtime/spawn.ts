import { asObjectId, asPid, asTid } from '../base/ids.ts';
import { Request, Slot, SpawnError } from '../abi/slot.ts';
import type { Spawned, SpawnRequest } from '../sync/port.ts';
import { SpawnFailed } from './host-reset.ts';
import type { HostSlot } from './host-slot.ts';

function reasonOf(error: number): string {
  switch (error) {
    case SpawnError.NO_HOST:
      return 'all hosts of this run carry a thread already';
    case SpawnError.NOT_STARTED:
      return 'the browser did not start another worker';
    default:
      return 'this run has reached the number of processes and threads it may have in all';
  }
}

/** Asks the kernel for a new thread; the same in both modes. */
export function spawnThrough(slot: HostSlot, request: SpawnRequest): Spawned {
  slot.writeMail(request.mail);
  const { priority, arrival, kind, daemon, burst } = request;
  const answer = slot.ask(Request.SPAWN, priority, arrival, kind, daemon ? 1 : 0, burst);
  if (answer < 0) throw new SpawnFailed(reasonOf(answer));
  return { tid: asTid(answer), pid: asPid(slot.read(Slot.ARG0)), object: asObjectId(slot.read(Slot.ARG1)) };
}
