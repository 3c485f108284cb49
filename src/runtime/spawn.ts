import { asObjectId, asPid, asTid } from '../base/ids.ts';
import { allocate, free, heapByteAt } from '../abi/heap.ts';
import type { Memory } from '../abi/layout.ts';
import { MAILBOX_BYTES } from '../abi/limits.ts';
import { Request, Slot, SpawnError } from '../abi/slot.ts';
import { packSpawnMail, unpackSpawnMail, type SpawnMail } from '../abi/spawn-mail.ts';
import type { Spawned, SpawnRequest } from '../sync/port.ts';
import { SpawnFailed } from './host-reset.ts';
import type { HostSlot } from './host-slot.ts';

function reasonOf(error: number): string {
  switch (error) {
    case SpawnError.NO_HOST:
      return 'all hosts of this run carry a thread already';
    case SpawnError.NOT_STARTED:
      return 'the browser did not start another worker';
    case SpawnError.NO_ROW:
      return 'this run has made all objects it may have';
    default:
      return 'this run has reached the number of processes and threads it may have in all';
  }
}

/**
 * Mail that fits into a mailbox: the arguments of a longer one are laid into the heap, from where the new thread takes them
 * (`openMail`). One that is killed before leaves them there until the run is over.
 */
export function fitting(memory: Memory, mail: Uint8Array): Uint8Array {
  if (mail.length <= MAILBOX_BYTES) return mail;
  const { header, argumentBytes } = unpackSpawnMail(mail);
  const bytes = argumentBytes.length;
  const at = allocate(memory, bytes);
  if (at === 0) throw new SpawnFailed(`no room is left for its arguments of ${bytes} bytes`);
  memory.bytes.set(argumentBytes, heapByteAt(at));
  const short = packSpawnMail({ ...header, heap: [at, bytes] }, new Uint8Array());
  if (short.length <= MAILBOX_BYTES) return short;
  free(memory, at, bytes);
  throw new SpawnFailed('its name is too long');
}

/** The mail in the slot's mailbox, whole. Once for each thread. */
export function openMail(slot: Pick<HostSlot, 'memory' | 'readMail'>): SpawnMail {
  const { header, argumentBytes } = unpackSpawnMail(slot.readMail());
  if (header.heap === undefined) return { header, argumentBytes };
  const [at, bytes] = header.heap;
  const from = heapByteAt(at);
  const copy = new Uint8Array(slot.memory.bytes.slice(from, from + bytes));
  free(slot.memory, at, bytes);
  return { header, argumentBytes: copy };
}

/** After a SPAWN that failed. */
export function tearUp(memory: Memory, mail: Uint8Array): void {
  const { heap } = unpackSpawnMail(mail).header;
  if (heap !== undefined) free(memory, ...heap);
}

/** Asks the kernel for a new thread; the same in both modes. */
export function spawnThrough(slot: HostSlot, request: SpawnRequest): Spawned {
  const mail = fitting(slot.memory, request.mail);
  slot.writeMail(mail);
  const { priority, arrival, kind, daemon, burst } = request;
  const answer = slot.ask(Request.SPAWN, priority, arrival, kind, daemon ? 1 : 0, burst);
  if (answer < 0) {
    tearUp(slot.memory, mail);
    throw new SpawnFailed(reasonOf(answer));
  }
  return { tid: asTid(answer), pid: asPid(slot.read(Slot.ARG0)), object: asObjectId(slot.read(Slot.ARG1)) };
}
