import type { MachineConfig } from '../../abi/config.ts';
import { unreachable } from '../../base/invariant.ts';
import { fcfs } from './fcfs.ts';
import { lottery } from './lottery.ts';
import { manual } from './manual.ts';
import { mlfq } from './mlfq.ts';
import type { Policy } from './policy.ts';
import { priority } from './priority.ts';
import { random } from './random.ts';
import { rr } from './rr.ts';
import { sjf } from './sjf.ts';
import { srtf } from './srtf.ts';

export function policyOf(config: MachineConfig): Policy {
  switch (config.policy) {
    case 'fcfs':
      return fcfs;
    case 'sjf':
      return sjf;
    case 'srtf':
      return srtf;
    case 'rr':
      return rr(config.quantum);
    case 'priority':
      return priority(config.quantum);
    case 'mlfq':
      return mlfq(config);
    case 'lottery':
      return lottery(config.quantum);
    case 'random':
      return random;
    case 'manual':
      return manual;
    default:
      return unreachable(config.policy, 'policy');
  }
}
