import type { MachineConfig, PolicyName } from '../../../abi/config.ts';
import type { Engine } from '../../state/lab.ts';

/** A number of the machine that the panel can change. */
export type MachineNumber = Exclude<keyof MachineConfig, 'policy'>;

const WITH_QUANTUM: readonly PolicyName[] = ['rr', 'priority', 'lottery', 'mlfq'];
const WITH_CHANCE: readonly PolicyName[] = ['lottery', 'random'];

/**
 * Does the policy look at this number, or the engine: what is chance for a Python program comes from the seed, too. A control that does not
 * apply is shown disabled, and says so.
 */
export function applies(name: MachineNumber, policy: PolicyName, engine: Engine): boolean {
  switch (name) {
    case 'cpus':
      return true;
    case 'quantum':
      return WITH_QUANTUM.includes(policy);
    case 'levels':
    case 'allotment':
    case 'boost':
      return policy === 'mlfq';
    case 'seed':
      return engine === 'py' || WITH_CHANCE.includes(policy);
  }
}

/** Numbers that would only be noise under another policy; the others stay visible, disabled. */
export function isShown(name: MachineNumber, policy: PolicyName, engine: Engine): boolean {
  return applies(name, policy, engine) || name === 'quantum' || name === 'seed';
}
