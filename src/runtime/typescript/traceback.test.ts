import { describe, expect, test } from 'vitest';
import { HostReset } from '../host-reset.ts';
import { repr } from './format.ts';
import type { ProgramModule } from './program.ts';
import { exitTraceback } from './traceback.ts';

const MODULE: ProgramModule = { file: 'program.ts', ranges: [['main', 1, 9]], library: {}, instantiate: () => ({}) };

const lastLine = (error: unknown): string | undefined => exitTraceback(MODULE, 4, error).split('\n').at(-2);

function thrower(error: unknown): () => never {
  return () => {
    throw error;
  };
}

class Odd {
  toString(): string {
    throw new Error('no text');
  }
}

/** An error whose `key` cannot be read. */
function errorWithout(key: 'name' | 'message', reason: unknown): Error {
  return Object.defineProperty(new Error('far'), key, { get: thrower(reason) });
}

test('a traceback names file, line, function and error', () => {
  expect(exitTraceback(MODULE, 4, new RangeError('far'))).toBe(
    'Traceback (most recent call last):\n  File "program.ts", line 4, in main\nRangeError: far\n',
  );
});

describe('an error whose text cannot be made still has a traceback', () => {
  const oops = new Error('oops');
  test.each<[string, unknown, string]>([
    ['message', errorWithout('message', oops), 'Error: <exception str() failed>'],
    ['name', errorWithout('name', oops), '<exception str() failed>: far'],
    [
      'message, no text at all',
      Object.assign(new Error('a'), { message: Symbol('b') }),
      'Error: <exception str() failed>',
    ],
    ['toString', new Odd(), 'TypeError: exceptions must derive from Error, not <exception str() failed>'],
  ])('%s', (_, error, text) => {
    expect(lastLine(error)).toBe(text);
  });

  test('but the order to stop goes on', () => {
    const reset = new HostReset();
    expect(() => lastLine(errorWithout('message', reset))).toThrow(expect.objectContaining({ reason: reset.reason }));
  });
});

test('an object whose class nobody knows has a repr', () => {
  expect(repr(Object.create(Object.create(null)))).toBe('<object object>');
});
