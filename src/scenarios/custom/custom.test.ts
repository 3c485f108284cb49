import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultView } from '../../ui/state/view.ts';
import { runsIn } from '../../ui/state/run-spec.ts';
import { custom } from './scenario.ts';

const textOf = (lang: 'en' | 'zh') => readFileSync(join(import.meta.dirname, `lesson.${lang}.md`), 'utf8');

describe('the lesson of one’s own program', () => {
  test('is Python and nothing else', () => {
    expect([runsIn(custom, 'py'), runsIn(custom, 'ts')]).toEqual([true, false]);
    expect(defaultView(custom).engine).toBe('py');
  });

  test('says in both languages how a program is run, and that a link alone never runs one', () => {
    expect(textOf('en')).toMatch(/press \*\*Run\*\*[\s\S]*No program runs just because a link was opened/);
    expect(textOf('zh')).toMatch(/按\*\*运行\*\*[\s\S]*打开链接都不会让程序自己运行/);
  });
});
