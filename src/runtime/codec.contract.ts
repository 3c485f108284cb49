import { expect, test } from 'vitest';
import type { Runner } from './fixtures/modes.fixture.ts';

/** What every way into another process keeps. */
export function codecContract(run: Runner): void {
  const claim = (name: string, value = ''): ReturnType<Runner> =>
    run({ program: 'codec-claims', parameters: { claim: name, name: value }, stepBy: 'operation' });

  const VALUES = ['nested', 'numbers', 'unicode', 'bytes', 'bigIntegers', 'dates', 'errors', 'holes', 'large'];
  test.each(VALUES)('%s arrive equal as an argument', async (name) => {
    const { stdout, stderr } = await claim('arrives', name);
    expect({ stdout, stderr }).toEqual({ stdout: `${name} True\n`, stderr: '' });
  });

  test('what is one object arrives as one', async () => {
    const { stdout } = await claim('cyclic');
    expect(stdout).toBe('True True\n');
  });

  test('arguments for which there is no room are an error of start, again and again', async () => {
    for (let n = 0; n < 2; n += 1) {
      const { stdout, status } = await claim('tooLarge');
      expect(stdout).toMatch(
        /^RuntimeError can't start a new process: no room is left for its arguments of 200000\d\d bytes\n$/,
      );
      expect(status.state).toBe('finished');
    }
  });
}
