import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asObjectId } from '../../../base/ids.ts';
import { ValueError } from '../errors.ts';
import { Handle } from '../handle.ts';
import { openLetter, openParameters, readArguments } from './letter-reader.ts';
import { writeLetter } from './letter-writer.ts';
import { Lock } from '../locks/lock.ts';
import { Value } from '../value.ts';

const program = { functions: { worker: () => 'work' } };
const sent = (...args: unknown[]): readonly unknown[] =>
  readArguments(openLetter(writeLetter({ args, identity: [], daemon: false }, program)), program);

beforeEach(() => {
  // A strict content policy: whoever generates code fails.
  vi.stubGlobal('Function', () => {
    throw new Error('no code from texts');
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('what is sent arrives equal', () => {
  test.each<[string, unknown]>([
    ['numbers', [0, -0, 1.5, NaN, Infinity, 2 ** 53]],
    ['big integers', [5n, -(2n ** 80n)]],
    ['texts', ['', 'é漢😀', '__proto__']],
    ['nothing', [null, undefined]],
    ['a dict with any keys', JSON.parse('{"__proto__": 1, "a": {"b": []}}')],
    [
      'a Map, not an object',
      new Map<unknown, unknown>([
        [1, 'x'],
        ['k', new Map()],
      ]),
    ],
    ['a Set', new Set([1, 'a'])],
    ['bytes', new Uint8Array([1, 2, 255])],
  ])('%s', (_, value) => {
    expect(sent(value)).toEqual([value]);
  });

  test('shared and cyclic parts stay shared and cyclic', () => {
    const shared = [1];
    const cyclic: { self?: unknown; parts: unknown[] } = { parts: [shared, shared] };
    cyclic.self = cyclic;
    const [copy] = sent(cyclic) as [typeof cyclic];
    expect(copy).not.toBe(cyclic);
    expect(copy.self).toBe(copy);
    expect(copy.parts[0]).toBe(copy.parts[1]);
  });

  test('an error keeps its class, a top-level function is the receiver’s own', () => {
    const [error, worker] = sent(new ValueError('bad'), program.functions.worker);
    expect(error).toBeInstanceOf(ValueError);
    expect((error as Error).message).toBe('bad');
    expect(worker).toBe(program.functions.worker);
  });

  test('a handle arrives as a handle of the same object', () => {
    const lock = Handle.receive(asObjectId(7), () => new Lock());
    const value = Handle.receive(asObjectId(9), () => new Value('d'));
    const copies = sent(lock, [value, lock]) as [Lock, [Value, Lock]];
    expect(copies[0]).toBeInstanceOf(Lock);
    expect(copies[0]).toBe(copies[1][1]);
    expect([copies[0], copies[1][0]].map((handle) => Handle.objectOf(handle))).toEqual([7, 9]);
  });
});

describe('what cannot be sent is named', () => {
  class Ticket {
    readonly price = 1;
  }
  test.each<[string, unknown]>([
    ["cannot pickle 'function' object", () => 1],
    ["cannot pickle 'symbol' object", Symbol('x')],
    ["cannot pickle 'Ticket' object", new Ticket()],
    ["cannot pickle 'WeakMap' object", new WeakMap()],
    ["cannot pickle 'SharedArrayBuffer' object", new Int32Array(new SharedArrayBuffer(4))],
    ["cannot pickle 'Promise' object", Promise.resolve()],
    ["cannot pickle 'Generator' object", (function* () {})()],
  ])('%s', (message, value) => {
    expect(() => sent([{ deep: value }])).toThrow(TypeError);
    expect(() => sent([{ deep: value }])).toThrow(message);
  });
});

test('the parameters of a run arrive as one argument of main', () => {
  const letter = openParameters(new TextEncoder().encode('{"jobs":"0:c3"}'));
  expect(letter).toMatchObject({ identity: [], daemon: false });
  expect(readArguments(letter, program)).toEqual([{ jobs: '0:c3' }]);
});
