import type { MachineConfig } from '../abi/config.ts';
import { hashLog } from '../replay/hash.ts';
import { LogStore } from '../replay/log-store.ts';
import type { Machine } from '../ui/host/machine.ts';
import type { Engine } from '../ui/state/lab.ts';
import { specOf } from '../ui/state/run-spec.ts';
import { defaultView } from '../ui/state/view.ts';
import { pythonSource } from './python-lessons.fixture.ts';
import type { Scenario } from './scenario.ts';

const log = new LogStore();

/** Runs the lesson as it opens, on another machine: how it has ended, and its hash. */
async function run(
  machine: Machine,
  scenario: Scenario,
  engine: Engine,
  change: Partial<MachineConfig>,
): Promise<string> {
  const base = defaultView(scenario, engine);
  const view = { ...base, config: { ...base.config, ...change } };
  const python = engine === 'py' ? await pythonSource(view) : '';
  log.clear();
  await machine.kernel.load(specOf(view, 1, python));
  const { state } = await machine.kernel.run({});
  log.take(machine.memory);
  return `${state} ${hashLog(log)}`;
}

/**
 * Runs it on each of these machines twice, in two orders, so that the second run follows upon another run than the first did. What was
 * not the same, or has not come to an end.
 */
export async function differing(
  machine: Machine,
  scenario: Scenario,
  engine: Engine,
  matrix: readonly Partial<MachineConfig>[],
): Promise<string[]> {
  const first: string[] = [];
  for (const change of matrix) first.push(await run(machine, scenario, engine, change));
  const wrong: string[] = [];
  for (let n = matrix.length - 1; n >= 0; n -= 1) {
    const change = matrix[n] ?? {};
    const second = await run(machine, scenario, engine, change);
    if (first[n] !== second || !/^(finished|deadlock) /.test(second)) {
      wrong.push(`${JSON.stringify(change)}: ${first[n]}, then ${second}`);
    }
  }
  return wrong;
}
