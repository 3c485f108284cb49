import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaintsOf, EXPECTED, expectedOf } from './examples.fixture.ts';
import { EXAMPLES } from './examples.ts';

/** Generous: the programs take half a second, the machine may be busy. */
const TIME_LIMIT_MS = 30_000;

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Python runs it before all else, in every process: each print is one write. CPython's is two, and another thread's may come between. */
const IN_ONE_PIECE = `import builtins, sys
sys.stdout.reconfigure(line_buffering=True)
def print(*values, sep=' ', end='\\n', file=None, flush=False):
    (file or sys.stdout).write(sep.join(map(str, values)) + end)
builtins.print = print
`;

/** What the machine's own Python says to this input; `until` it has printed something, for a program that never ends. */
function python(folder: string, name: string, input: string, until: 'end' | 'first print'): Promise<Said> {
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONPATH: folder };
  const child = spawn('python3', ['-W', 'error', join(folder, name)], { env, detached: true });
  child.stdin.end(input);
  const said = { stdout: '', stderr: '' };
  return new Promise<Said>((resolve, reject) => {
    child.once('error', reject);
    child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
    child.stdout.on('data', (text: Buffer) => {
      said.stdout += text.toString();
      if (until === 'first print') resolve({ ...said, code: null });
    });
    child.once('close', (code) => resolve({ ...said, code }));
  }).finally(() => {
    if (until === 'first print' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
}

describe.concurrent('an example to start from', { timeout: TIME_LIMIT_MS }, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'));
    writeFileSync(join(folder, 'sitecustomize.py'), IN_ONE_PIECE);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(EXAMPLES.map(({ title, source }, index) => [title.en, source, index] as const))(
    'prints under an ordinary python3 what is expected of it: %s',
    async (title, source, index) => {
      const { typed = [], deadlock = false, divisions = 0, stdout, settled = String } = expectedOf(title);
      writeFileSync(join(folder, `example_${index}.py`), source);
      const input = typed.map((line) => `${line}\n`).join('');
      const said = await python(folder, `example_${index}.py`, input, deadlock ? 'first print' : 'end');
      expect(settled(said.stdout)).toBe(stdout);
      expect(complaintsOf(said.stderr), said.stderr).toEqual({ divisions, silent: divisions === 0 });
      expect(said.code ?? 0).toBe(0);
    },
  );

  test('is one of those of which something is expected', () => {
    expect(EXAMPLES.map(({ title }) => title.en).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  test('is short enough to be read at a glance', () => {
    for (const { title, source } of EXAMPLES) expect(source.split('\n').length, title.en).toBeLessThanOrEqual(34);
  });
});
