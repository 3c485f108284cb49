import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../ui/host/machine.ts';
import { createPythonMachine, runPython } from '../fixtures/python.fixture.ts';
import type { FixtureRun } from '../fixtures/lab.fixture.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await createPythonMachine();
}, 60_000);
afterAll(() => machine.dispose());

const DRAWS = `
import multiprocessing as mp, os, random, secrets, tempfile, uuid
def draw():
    print(os.urandom(4).hex(), random.random(), secrets.token_hex(4), uuid.uuid4(), tempfile.mkdtemp())
if __name__ == '__main__':
    draw()
    print(mp.current_process().authkey.hex())
    print(random.sample(range(1000), 20), {'a', 'b', 'c', 'd'}, hash('text'))
    for n in range(2):
        process = mp.Process(target=draw)
        process.start()
        process.join()
`;

async function draws(seed: number): Promise<FixtureRun> {
  const run = await runPython(machine, DRAWS, { machine: { seed } });
  expect(run.stderr).toBe('');
  return run;
}

test("what a program takes for chance follows from the run's seed, and is another in each process", async () => {
  const first = await draws(1);
  const second = await draws(1);
  expect(second.stdout).toBe(first.stdout);
  expect(second.words).toEqual(first.words);
  const other = await draws(2);
  expect(other.stdout).not.toBe(first.stdout);
  const drawn = [first, other].flatMap(({ stdout }) => {
    const [own = '', key = '', , ...children] = stdout.trim().split('\n');
    return [own, key, ...children].flatMap((line) => line.split(' '));
  });
  expect(drawn).toHaveLength(2 * (5 + 1 + 2 * 5));
  expect(new Set(drawn).size).toBe(drawn.length);
});
