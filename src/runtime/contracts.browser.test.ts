import { describe } from 'vitest';
import { arrayContract } from './array.contract.ts';
import { barrierContract } from './barrier.contract.ts';
import { codecContract } from './codec.contract.ts';
import { conditionContract } from './condition.contract.ts';
import { eventContract } from './event.contract.ts';
import { inBothModes } from './fixtures/modes.fixture.ts';
import { fairLockContract, lockContract } from './lock.contract.ts';
import { processContract } from './process.contract.ts';
import { rlockContract } from './rlock.contract.ts';
import { semaphoreContract } from './semaphore.contract.ts';
import { valueContract } from './value.contract.ts';

describe('a lock', () => {
  inBothModes((run) => lockContract(run));
});
describe('a fair lock', () => {
  inBothModes((run) => fairLockContract(run));
});
describe('an event', () => {
  inBothModes(eventContract);
});
describe('a recursive lock', () => {
  inBothModes(rlockContract);
});
describe('a semaphore', () => {
  inBothModes(semaphoreContract);
});
describe('a condition', () => {
  inBothModes(conditionContract);
});
describe('a barrier', () => {
  inBothModes(barrierContract);
});
describe('a process', () => {
  inBothModes(processContract);
});
describe('a shared variable', () => {
  inBothModes(valueContract);
});
describe('what is sent', () => {
  inBothModes(codecContract);
});
describe('a shared array', () => {
  inBothModes(arrayContract);
});
