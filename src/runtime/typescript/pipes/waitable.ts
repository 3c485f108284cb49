import type { Awaited } from '../../../sync/poll.ts';
import type { Port } from '../../../sync/port.ts';

/** How `wait` looks whether something is ready, and hears that it is. */
export const AWAIT: unique symbol = Symbol('await');

export interface Waitable {
  [AWAIT](port: Port): Awaited;
}
