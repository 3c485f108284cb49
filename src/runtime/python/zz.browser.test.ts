import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';
let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 240_000);
afterAll(() => machine.dispose());
const Q =
  "from multiprocessing import Queue\nif __name__ == '__main__':\n    q = Queue()\n    q.put([1])\n    print(q.get())\n";
for (const [name, source] of Object.entries({
  plain: Q,
  fault: `${Q}    1 / 0\n`,
  functions: Q.replace('if __name', 'def f():\n    return {}\nif __name') + '    f()\n    1/0\n',
  thread: `from threading import Thread\n${Q}    t = Thread(target=print, args=('a',))\n    t.start()\n    t.join()\n`,
  threadFault: `from threading import Thread\n${Q}    t = Thread(target=print, args=('a',))\n    t.start()\n    t.join()\n    1/0\n`,
  input: `${Q}    print(input())\n`,
  exit: `${Q}    raise SystemExit(3)\n`,
})) {
  test(name, async () => {
    const run = await runPython(machine, source, {
      schedule: { picks: [], inputs: [{ kind: 'line', tick: 1, text: 'Ada' }] },
    });
    console.log(
      name,
      JSON.stringify(run.stdout),
      JSON.stringify(run.stderr.slice(-900)),
      run.records.filter((r) => r.kind === 7).map((r) => [r.tid, r.aux, r.a]),
    );
    expect(run.status.state).toBe('finished');
  });
}
