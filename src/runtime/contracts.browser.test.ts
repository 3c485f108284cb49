import { describe } from 'vitest';
import { arrayContract } from './array.contract.ts';
import { badInputContract } from './bad-input.contract.ts';
import { barrierContract } from './barrier.contract.ts';
import { codecContract } from './codec.contract.ts';
import { conditionContract } from './condition.contract.ts';
import { eventContract } from './event.contract.ts';
import { globalsContract } from './globals.contract.ts';
import { inBothModes } from './fixtures/modes.fixture.ts';
import { leftoverContract } from './leftover.contract.ts';
import { fairLockContract, lockContract } from './lock.contract.ts';
import { managerContract } from './manager.contract.ts';
import { pipeContract } from './pipe.contract.ts';
import { poolContract } from './pool.contract.ts';
import { processContract } from './process.contract.ts';
import { joinableQueueContract, queueContract, simpleQueueContract } from './queue.contract.ts';
import { rlockContract } from './rlock.contract.ts';
import { semaphoreContract } from './semaphore.contract.ts';
import { threadContract } from './thread.contract.ts';
import { threadingContract } from './threading.contract.ts';
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
describe('what those who are gone leave behind', () => {
  inBothModes((run) => leftoverContract(run));
});
describe('a manager', () => {
  inBothModes(managerContract);
});
describe('the globals of a process', () => {
  inBothModes(globalsContract);
});
describe('a thread', () => {
  inBothModes(threadContract);
});
describe('a pipe', () => {
  inBothModes(pipeContract);
});
describe('threading', () => {
  inBothModes(threadingContract);
});
describe('a queue', () => {
  inBothModes(queueContract);
});
describe('a queue that can be joined', () => {
  inBothModes(joinableQueueContract);
});
describe('a simple queue', () => {
  inBothModes(simpleQueueContract);
});
describe('a pool', () => {
  inBothModes(poolContract);
});
describe('bad input', () => {
  inBothModes((run) => badInputContract(run));
});
