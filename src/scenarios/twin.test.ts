import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCENARIOS, scenarioOf } from './index.ts';
import { defaultsOf, problemOf } from './parameters.ts';
import { withConstants } from './python-constants.ts';
import type { ParameterValues } from './scenario.ts';
import { linesOf } from './twin.ts';
import { TWINS } from './twins.fixture.ts';

/** Generous: the programs take a second, the machine may be busy. */
const TIME_LIMIT_MS = 60_000;

const run = promisify(execFile);
const programOf = (id: string): string => fileURLToPath(new URL(`${id}/program.py`, import.meta.url));

/** What the machine's own Python prints; rejects when the program fails or says anything on stderr. */
async function python(file: string): Promise<string> {
  // Unbuffered, a line and its end are two writes, between which another process may write.
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUNBUFFERED: '' };
  const { stdout, stderr } = await run('python3', ['-W', 'error', file], { env, timeout: TIME_LIMIT_MS });
  expect(stderr).toBe('');
  return stdout;
}

/** What a program prints that may end with an error, which it says on stderr. */
function whateverItSays(file: string): Promise<string> {
  return run('python3', [file], { timeout: TIME_LIMIT_MS }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: { code?: unknown; stdout: string; stderr: string }) => {
      expect(error.code, 'it ended by itself').toBe(1);
      return error.stdout + error.stderr;
    },
  );
}

/** How the program of a lesson is run as it stands. */
function runnerOf(id: string): (file: string) => Promise<string> {
  const twin = TWINS.find(([lesson]) => lesson === id)?.[1];
  if (twin?.mayHang === true) return beginningOf;
  return twin?.mayFail === true ? whateverItSays : python;
}

/**
 * Starts a program that may wait for ever, and ends it with all its processes as soon as it has printed something.
 * @returns what it printed; rejects when it ends, or its time is over, without a word.
 */
function beginningOf(file: string): Promise<string> {
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUNBUFFERED: '1' };
  // A process group of its own: children that wait for each other would survive their parent.
  const child = spawn('python3', ['-W', 'error', file], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let timer: ReturnType<typeof setTimeout>;
  return new Promise<string>((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${file} prints nothing`)), TIME_LIMIT_MS / 2);
    child.once('error', reject);
    child.stdout.once('data', (text: Buffer) => resolve(text.toString()));
    child.stderr.once('data', (text: Buffer) => reject(new Error(text.toString())));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} and printed nothing`)));
  }).finally(() => {
    clearTimeout(timer);
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
}

// Several at once: most of their time they sleep, and what is compared here no delay can change.
describe.concurrent('the machine’s Python', { timeout: TIME_LIMIT_MS }, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'twins-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(SCENARIOS.map(({ id }) => id))('runs the program of %s as it stands', async (id) => {
    expect(await runnerOf(id)(programOf(id))).not.toBe('');
  });

  test.each(TWINS)('prints what the program of %s determines', async (id, twin) => {
    const source = readFileSync(programOf(id), 'utf8');
    for (const [n, values] of twin.determined.entries()) {
      const file = join(folder, `${id}-${n}.py`);
      writeFileSync(file, withConstants(source, values));
      expect(twin.normalise(await python(file), values), JSON.stringify(values)).toEqual(twin.expected(values));
    }
  });

  test('ends every process of the workload, whatever the order', async () => {
    const lines = linesOf(await python(programOf('workload'))).toSorted();
    expect(lines.map((line) => line.replace(/\d\.\d\d/, 'n'))).toEqual(
      [0, 1, 2, 3].map((n) => `J${n}: turnaround n s`),
    );
  });

  test('reads the texts that the constants hold', async () => {
    const texts = ["O'Neil", 'a\\b', '小明', '🐍', 'tab\there', '$& $1'];
    const file = join(folder, 'texts.py');
    const source = "NAME = 'x'  # a comment\nprint(NAME)\n";
    for (const text of texts) {
      writeFileSync(file, withConstants(source, { name: text }));
      expect(await python(file)).toBe(`${text}\n`);
    }
  });
});

describe('the constants of a Python program', () => {
  test('are replaced where they stand, and nothing else is', () => {
    const source = "A = 1\nIO_SHARE = 0.5  # half\nOK = True\nNAME = 'x'\nprint(A, 'A = 1')\n  A = 1\n";
    expect(withConstants(source, { a: 12, ioShare: 2, ok: false, name: 'y' })).toBe(
      "A = 12\nIO_SHARE = 2  # half\nOK = False\nNAME = 'y'\nprint(A, 'A = 1')\n  A = 1\n",
    );
  });

  test('that are missing are an error', () => {
    expect(() => withConstants('A = 1\n', { b: 2 })).toThrow('the Python program has no constant B');
  });

  test.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
    'of %s stand for its parameters, with the same values',
    (id, scenario) => {
      const source = readFileSync(programOf(id), 'utf8');
      const pool = scenario.pool === undefined ? {} : { pool: scenario.pool.default };
      expect(withConstants(source, { ...defaultsOf(scenario), ...pool })).toBe(source);
    },
  );

  test.each(TWINS)('get values that %s allows', (id, twin) => {
    for (const values of twin.determined) {
      for (const [name, value] of Object.entries(values satisfies ParameterValues)) {
        const scenario = scenarioOf(id);
        const pool = scenario?.pool;
        const parameter =
          name === 'pool' && pool !== undefined
            ? ({ kind: 'integer', label: { zh: '', en: '' }, ...pool } as const)
            : scenario?.parameters[name];
        expect(parameter && problemOf(parameter, value), name).toBeNull();
      }
    }
  });
});
