import { adopt, closeAll, countOf, endOf, hangUp, pipeOf, unpackAll } from '../abi/descriptor-table.ts';
import { bellOf, announce, dropWatches } from '../abi/watch.ts';
import type { Machine } from './machine.ts';
import type { Thread } from './thread.ts';
import { wakeAll } from './transitions.ts';

/** What processes have open, and whom its end concerns, as far as it is the kernel's to see to. */

/** A new process gets the ends that its parent has packed for it. */
export function inherit(machine: Machine, child: Thread, descriptors: readonly number[]): void {
  const { memory, log } = machine;
  for (const descriptor of descriptors) {
    if (!adopt(memory, descriptor, child.pid)) continue;
    const pipe = pipeOf(memory, descriptor);
    const end = endOf(memory, descriptor);
    log.pipeEnd(child, true, pipe, end, countOf(memory, pipe, end));
  }
}

/** Closes what the thread's process has open, and what it wanted to send. Precondition: none of its threads runs any more. */
export function closeDescriptors(machine: Machine, thread: Thread): void {
  const { memory, log } = machine;
  for (const closing of unpackAll(memory, thread.pid))
    hangUp(memory, closing, (word) => wakeAll(machine, word, thread.tid));
  for (const closing of closeAll(memory, thread.pid)) {
    // The launcher is never shown.
    if (thread.tid > 0) log.pipeEnd(thread, false, closing.pipe, closing.end, closing.left);
    hangUp(memory, closing, (word) => wakeAll(machine, word, thread.tid));
  }
}

/** Tells who waits for the thread's end among other things, and forgets what it was waiting for itself. */
export function announceEnd(machine: Machine, thread: Thread): void {
  dropWatches(machine.memory, bellOf(thread.object));
  announce(machine.memory, thread.object, (bell) => wakeAll(machine, bell, thread.tid));
}
