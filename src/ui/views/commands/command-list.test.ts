import { describe, expect, it } from 'vitest';
import { matching, type Command } from './command-list.ts';

const command = (id: string, group: string, name: string): Command => ({ id, group, name, run: () => undefined });
const COMMANDS = [
  command('lesson-lock', '课程', '互斥锁'),
  command('policy-rr', 'Policy', 'Round Robin'),
  command('policy-fcfs', 'Policy', 'FCFS'),
];

describe('finding a command', () => {
  it('shows all of them before anything is typed', () => {
    expect(matching(COMMANDS, '  ')).toEqual(COMMANDS);
  });

  it('wants every word, in any order and case', () => {
    expect(matching(COMMANDS, 'robin POLICY').map(({ id }) => id)).toEqual(['policy-rr']);
  });

  it('finds Chinese names, and lessons by their English id too', () => {
    expect(matching(COMMANDS, '互斥').map(({ id }) => id)).toEqual(['lesson-lock']);
    expect(matching(COMMANDS, 'lock').map(({ id }) => id)).toEqual(['lesson-lock']);
  });

  it('finds nothing rather than something else', () => {
    expect(matching(COMMANDS, 'semaphore')).toEqual([]);
  });
});
