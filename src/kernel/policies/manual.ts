import { fcfs } from './fcfs.ts';
import type { Policy } from './policy.ts';

/** The user picks. Where no pick was made: go on with the current thread, else the one that has been Ready longest. */
export const manual: Policy = { ...fcfs, name: 'manual' };
