import { describe, expect, it } from 'vitest';
import { translator } from '../../texts/translate.ts';
import { commandList, matching, type Command } from './command-list.ts';

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

describe('the commands', () => {
  const opened: string[] = [];
  const commands = commandList(translator('zh'), 'zh', [], (dialog) => opened.push(dialog));

  it('have each name once', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    expect(new Set(commands.map(({ group, name }) => `${group} ${name}`)).size).toBe(commands.length);
  });

  it('open the dialogs, and offer the other language only', () => {
    for (const id of ['share', 'help']) commands.find((one) => one.id === id)?.run();
    expect(opened).toEqual(['share', 'help']);
    expect(commands.filter(({ id }) => id.startsWith('language-')).map(({ id }) => id)).toEqual(['language-en']);
  });
});
