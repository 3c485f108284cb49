import { expect, test } from 'vitest';
import type { Runner } from './fixtures/modes.fixture.ts';

export function pipeContract(run: Runner): void {
  const claim = (name: string): ReturnType<Runner> => run({ program: 'pipe-claims', parameters: { claim: name } });
  test.each([
    'values',
    'simplex',
    'duplex',
    'kinds',
    'parts',
    'tooLong',
    'closing',
    'endOfFile',
    'unclosed',
    'broken',
    'brokenWhileFull',
    'killedWriter',
    'deadHoldNothing',
    'blockedReaderIsKilled',
    'longMessages',
    'twoWriters',
    'twoWritersInTurns',
    'twoReaders',
    'twoReadersInTurns',
    'passedOn',
    'inFlight',
    'notSent',
    'inherited',
    'senseless',
    'senselessLength',
    'waiting',
    'waitForAll',
    'waitedProcessIsKilled',
    'killedWhileWaiting',
    'polled',
    'notMerged',
    'tooMany',
  ])(
    '%s',
    async (name) => {
      const { status, stdout, stderr } = await claim(name);
      console.log(`### ${name} ${status.state} ${status.message ?? ''} steps ${status.steps}\n${stdout}${stderr}`);
      expect(true).toBe(true);
    },
    15000,
  );
}
