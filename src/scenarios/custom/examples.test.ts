import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES } from './examples.ts';

/** Generous: the programs take half a second, the machine may be busy. */
const TIME_LIMIT_MS = 30_000;

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** What the machine's own Python says; `until` it has printed something, for a program that never ends. */
function python(file: string, until: 'end' | 'first print'): Promise<Said> {
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUNBUFFERED: '1' };
  const child = spawn('python3', ['-W', 'error', file], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
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
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(EXAMPLES.map(({ title, source }, index) => [title.en, source, index] as const))(
    'runs under an ordinary python3: %s',
    async (title, source, index) => {
      const file = join(folder, `example_${index}.py`);
      writeFileSync(file, source);
      const said = await python(file, title.startsWith('A deadlock') ? 'first print' : 'end');
      expect(said.stdout).not.toBe('');
      if (title.startsWith('Exceptions'))
        expect(said.stderr.match(/ZeroDivisionError: division by zero/g)).toHaveLength(2);
      else expect(said.stderr).toBe('');
      expect(said.code ?? 0).toBe(0);
    },
  );

  test('is short enough to be read at a glance', () => {
    for (const { title, source } of EXAMPLES) expect(source.split('\n').length, title.en).toBeLessThanOrEqual(34);
  });
});
