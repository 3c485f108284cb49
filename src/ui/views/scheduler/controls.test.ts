import { describe, expect, it } from 'vitest';
import { POLICY_NAMES } from '../../../abi/config.ts';
import { applies, isShown } from './controls.ts';

describe('which numbers a policy looks at', () => {
  it('is the number of CPUs, whatever the policy', () => {
    for (const policy of POLICY_NAMES) expect(applies('cpus', policy, 'ts')).toBe(true);
  });

  it('is the quantum only where a quantum ends', () => {
    expect(POLICY_NAMES.filter((policy) => applies('quantum', policy, 'ts'))).toEqual([
      'rr',
      'priority',
      'mlfq',
      'lottery',
    ]);
  });

  it('is the seed only where chance decides', () => {
    expect(POLICY_NAMES.filter((policy) => applies('seed', policy, 'ts'))).toEqual(['lottery', 'random']);
    expect(POLICY_NAMES.filter((policy) => applies('seed', policy, 'py'))).toEqual(POLICY_NAMES);
  });

  it('hides levels, allotment and boost from everything but mlfq', () => {
    for (const policy of POLICY_NAMES) {
      for (const name of ['levels', 'allotment', 'boost'] as const)
        expect(isShown(name, policy, 'ts')).toBe(policy === 'mlfq');
    }
  });
});
