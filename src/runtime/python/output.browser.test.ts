import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEXT_STORE_BYTES } from '../../abi/limits.ts';
import type { Machine } from '../../ui/host/machine.ts';
import { readLog } from '../fixtures/lab.fixture.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());

async function expectCleanNext(): Promise<void> {
  const next = await runPython(machine, 'print("next")\n');
  expect([next.stdout, next.stderr, next.status.state]).toEqual(['next\n', '', 'finished']);
}

test(
  'a program that prints a million lines is stopped at a limit, can be told to go on, and the next run is clean',
  { timeout: 240_000 },
  async () => {
    const run = await runPython(machine, 'for n in range(1_000_000):\n    print(n)\n', { variables: false });
    expect(run.status.state).toBe('limit');
    const lines = run.stdout.split('\n').slice(0, -1);
    expect(lines.length).toBeGreaterThan(50_000);
    expect(lines.every((line, n) => line === String(n))).toBe(true);
    const on = await machine.kernel.run({ steps: 1000 });
    expect(on.steps).toBe(run.status.steps + 1000);
    expect(readLog(machine).stdout.length).toBeGreaterThan(run.stdout.length);
    await expectCleanNext();
  },
);

test(
  'what is printed at once and is longer than all texts of a run may be, is kept as far as there is room',
  { timeout: 120_000 },
  async () => {
    const run = await runPython(
      machine,
      'text = "\\n".join(map(str, range(2_000_000)))\nprint(len(text))\nprint(text)\nprint("after")\n',
    );
    expect(run.status.state).toBe('finished');
    expect(run.stdout.startsWith('14888889\n0\n1\n2\n')).toBe(true);
    expect(run.stdout).toMatch(
      /\d… \(the texts of this run have filled their 8 MB: those after this are not kept\)\n…+$/,
    );
    expect(run.stdout.length).toBeGreaterThan(TEXT_STORE_BYTES / 2);
    await expectCleanNext();
  },
);

test('a million lines of the standard error in a child end there, too', { timeout: 120_000 }, async () => {
  const source = `
import sys
from multiprocessing import Process
def complain():
    exec(compile('for n in range(1_000_000): print(n, file=sys.stderr)', '<library>', 'exec'), globals())
if __name__ == '__main__':
    child = Process(target=complain)
    child.start()
    child.join()
    print(child.exitcode)
`;
  const run = await runPython(machine, source, { variables: false });
  expect(['finished', 'limit']).toContain(run.status.state);
  await expectCleanNext();
});
