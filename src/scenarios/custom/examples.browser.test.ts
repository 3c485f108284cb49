import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineConfig } from '../../abi/config.ts';
import { readLog } from '../../runtime/fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../../runtime/fixtures/python.fixture.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { complaintsOf, expectedOf } from './examples.fixture.ts';
import { EXAMPLES } from './examples.ts';

/** The second is likely to find another order than the first. */
const MACHINES: readonly Partial<MachineConfig>[] = [{}, { policy: 'random', seed: 5, cpus: 3 }];

describe('an example to start from', { timeout: 60_000 }, () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await createPythonMachine();
  }, 240_000);
  afterAll(() => machine.dispose());

  test.each(EXAMPLES.map(({ title, source }) => [title.en, source] as const))(
    'prints in the engine what python3 prints, and ends: %s',
    async (title, source) => {
      const { typed, deadlock = false, divisions = 0, stdout, settled = String } = expectedOf(title);
      for (const config of MACHINES) {
        let { status } = await runPython(machine, source, { machine: config });
        for (const line of typed === undefined ? [] : [...typed, null]) {
          expect(status.state).toBe('input');
          await machine.kernel.typeLine(line);
          status = await machine.kernel.run({});
        }
        const said = readLog(machine);
        expect(settled(said.stdout)).toBe(stdout);
        expect(complaintsOf(said.stderr), said.stderr).toEqual({ divisions, silent: divisions === 0 });
        expect(status.state).toBe(deadlock ? 'deadlock' : 'finished');
      }
    },
  );
});
