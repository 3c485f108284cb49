import { expose } from 'comlink';
import { Kernel } from '../kernel/kernel.ts';

/** The kernel worker. Comlink serves the calls; demands go beside it, since a kernel that runs cannot answer a call. */
expose(
  new Kernel({
    demand: (demand) => self.postMessage(demand),
    clock: { nowMs: () => performance.timeOrigin + performance.now() },
  }),
);
