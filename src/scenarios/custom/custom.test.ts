import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runsHere } from '../../ui/state/run-spec.ts';
import { custom } from './scenario.ts';

const textOf = (lang: 'en' | 'zh') => readFileSync(join(import.meta.dirname, `lesson.${lang}.md`), 'utf8');

describe('the lesson of one’s own program', () => {
  test('says in both languages that this version does not run it, as long as it does not', () => {
    expect(runsHere(custom)).toBe(false);
    expect(textOf('en')).toMatch(/shown, not run/);
    expect(textOf('zh')).toMatch(/只显示，不运行/);
  });

  test('speaks of no button to run it with', () => {
    expect(textOf('en')).not.toMatch(/press run/i);
    expect(textOf('zh')).not.toMatch(/按“运行”/);
  });
});
