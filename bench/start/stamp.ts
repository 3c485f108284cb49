import { mailboxByteAt } from '../../src/abi/layout.ts';
import { MAILBOX_BYTES } from '../../src/abi/limits.ts';

/** Milliseconds since the epoch, comparable between the threads of a page. */
export function stampMs(): number {
  return performance.timeOrigin + performance.now();
}

/** The last double of each slot's mailbox, where no letter of these programs reaches. */
export function stampOf(memory: SharedArrayBuffer, slot: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(memory, mailboxByteAt(slot) + MAILBOX_BYTES - 8, 1);
}
