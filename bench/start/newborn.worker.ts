import { stampMs } from './stamp.ts';

/** The baseline: a worker whose first statement takes the time, and whose second says so. */
const bornMs = stampMs();
postMessage(bornMs);
