import { asPid, asSlotId, asTid, NO_OBJECT, NO_TID, type Pid, type SlotId } from '../base/ids.ts';
import { slotAt } from '../abi/layout.ts';
import { allocateObject, stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ThreadWord } from '../abi/objects.ts';
import { ReadyCause } from '../abi/record.ts';
import { Slot, SpawnError, ThreadKind } from '../abi/slot.ts';
import { packSpawnMail, unpackSpawnMail } from '../abi/spawn-mail.ts';
import { appendText, encodeText, forwardMail, readMail, writeMail } from '../abi/text.ts';
import { peek } from '../abi/words.ts';
import { inherit } from './belongings.ts';
import type { Machine } from './machine.ts';
import type { Birth, Thread } from './thread.ts';

/** How threads come into being, in both modes. A host is bound at once, so that a thread that exists can also run. */

/** What the kernel needs to know of a thread that shall be. */
interface Order extends Omit<Birth, 'slot' | 'object'> {
  readonly mailBytes: number;
  /** Slot whose worker carries it together with others; -1: it has a worker of its own. */
  readonly carrier: number;
}

/** Precondition: the mail lies in the mailbox of `slot`, whose host is parked. Null: the object table is full. */
function create(machine: Machine, slot: SlotId, order: Order): Thread | null {
  const objectKind = order.kind === ThreadKind.PROCESS ? ObjectKind.PROCESS : ObjectKind.THREAD;
  const nameText = appendText(machine.memory, order.name);
  const owner = order.kind === ThreadKind.PROCESS ? order.parentPid : order.pid;
  const object = allocateObject(machine.memory, objectKind, nameText, owner);
  if (object === NO_OBJECT) {
    // An interpreter was born for this program's files, and none but this one may use it.
    if (order.carrier === slot) machine.pool.discard(slot);
    return null;
  }
  const thread = machine.table.add({ ...order, slot, object });
  introduce(machine, thread);
  machine.pool.bind(slot, thread, order.mailBytes, order.carrier);
  if (thread.tid > 0) machine.log.created(thread, nameText);
  return thread;
}

/** Lets hosts know whose row it is. The pid comes last: they may be looking for it right now. */
function introduce({ words }: Machine, { object, pid, daemon, tid }: Thread): void {
  Atomics.store(words, stateWordOf(object, ThreadWord.DAEMON), daemon ? 1 : 0);
  Atomics.store(words, stateWordOf(object, ThreadWord.TID), tid);
  Atomics.store(words, stateWordOf(object, ThreadWord.PID), pid);
}

/** Creates the run's first process: the launcher as pid 0, tid 0, else the main process. Null: no host came. */
export function spawnMain(machine: Machine): Thread | null {
  const slot = machine.pool.acquire();
  if (slot < 0) return null;
  const { program, parameters, launcher, engine } = machine.spec;
  const name = 'MainProcess';
  const mail = packSpawnMail({ program, target: '', name }, encodeText(JSON.stringify(parameters)));
  return create(machine, asSlotId(slot), {
    tid: launcher ? asTid(0) : machine.table.nextTid,
    pid: launcher ? asPid(0) : machine.table.nextPid,
    name,
    kind: ThreadKind.PROCESS,
    parent: NO_TID,
    parentPid: asPid(0),
    daemon: false,
    priority: 0,
    burst: 0,
    mailBytes: writeMail(machine.memory, slot, mail),
    carrier: engine === 'py' ? slot : -1,
  });
}

/** An interpreter carries all threads of its process. */
function vacantSlot(machine: Machine, isProcess: boolean): number {
  return machine.spec.engine === 'py' && !isProcess ? machine.pool.acquireCarried() : machine.pool.acquire();
}

function carrierFor(machine: Machine, parent: Thread, slot: number, isProcess: boolean): number {
  if (machine.spec.engine !== 'py') return -1;
  return isProcess ? slot : peek(machine.words, slotAt(parent.slot) + Slot.CARRIER) - 1;
}

/** Serves SPAWN: the new thread, or a negative `SpawnError`. When it becomes Ready is the caller's to say. */
export function spawnChild(machine: Machine, parent: Thread): Thread | number {
  const { memory, words, table } = machine;
  const at = slotAt(parent.slot);
  const mailBytes = peek(words, at + Slot.MAIL_BYTES);
  if (table.isFull) return SpawnError.TABLE_FULL;
  const isProcess = peek(words, at + Slot.ARG2) === ThreadKind.PROCESS;
  const slot = vacantSlot(machine, isProcess);
  if (slot < 0) return slot;
  const { header } = unpackSpawnMail(readMail(memory, parent.slot, mailBytes));
  forwardMail(memory, parent.slot, slot, mailBytes);
  const pid: Pid = isProcess ? table.nextPid : parent.pid;
  const thread = create(machine, asSlotId(slot), {
    tid: table.nextTid,
    pid,
    name: header.name,
    kind: peek(words, at + Slot.ARG2) as ThreadKind,
    parent: parent.tid,
    parentPid: isProcess ? parent.pid : parent.parentPid,
    daemon: peek(words, at + Slot.ARG3) !== 0,
    priority: peek(words, at + Slot.ARG0),
    burst: Math.max(0, peek(words, at + Slot.ARG4)),
    mailBytes,
    carrier: carrierFor(machine, parent, slot, isProcess),
  });
  if (thread === null) return SpawnError.NO_ROW;
  inherit(machine, thread, header.descriptors ?? []);
  return thread;
}

/** Stepped mode: the thread becomes Ready when the next tick begins, or after `delay` ticks if that is later. */
export function scheduleArrival(machine: Machine, thread: Thread, delay: number, byLauncher: boolean): void {
  thread.readyCause = delay > 0 || byLauncher ? ReadyCause.ARRIVED : ReadyCause.CREATED;
  thread.readyBy = thread.parent;
  const arrivesNext = byLauncher ? delay <= 0 : delay <= 1;
  if (arrivesNext) machine.rising.push(thread);
  else machine.timers.set(thread, machine.tick + delay);
}
