import { describe, expect, it } from 'vitest';
import { createAutomation, type ProcessionApi } from './automation.ts';
import { createEarlyAutomation } from './early-automation.ts';
import { newSession } from './session.fixture.ts';

function coming() {
  const { session } = newSession();
  let arrive = (): void => {};
  let reject = (_reason: Error): void => {};
  const promise = new Promise<ProcessionApi>((resolve, refuse) => {
    arrive = () => resolve(createAutomation(session, session.openLink('')));
    reject = refuse;
  });
  return {
    procession: createEarlyAutomation(promise, 'en'),
    early: createEarlyAutomation(promise, 'zh'),
    arrive,
    reject,
  };
}

describe('window.procession before the lab is there', () => {
  it('takes calls, which wait for the lab and are made in their order', async () => {
    const { procession, arrive } = coming();
    const calls = Promise.all([procession.step(), procession.step(2), procession.step(3)]);
    arrive();
    const [one, two, three] = await calls;
    expect([one.tick, two.tick, three.tick]).toEqual([0, 2, 5]);
    await procession.ready;
    expect(procession.status()).toEqual(three);
    expect(procession.log()).toHaveLength(three.records);
  });

  it('says in the language of the browser that it cannot answer at once', async () => {
    const { procession, early, arrive } = coming();
    expect(() => procession.status()).toThrow(
      'The lab is not there yet: wait for procession.ready before you call status().',
    );
    expect(() => early.log()).toThrow('请先等待 procession.ready，再调用 log()');
    arrive();
    await procession.ready;
    expect(procession.stdout()).toBe('');
  });

  it('rejects when there will be no lab', async () => {
    const { procession, reject } = coming();
    reject(new Error('no workers here'));
    await expect(procession.ready).rejects.toThrow('no workers here');
    await expect(procession.run()).rejects.toThrow('no workers here');
  });
});
