import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { POLICY_NAMES } from '../../abi/config.ts';
import { TABS } from '../state/lab.ts';
import { en } from './en.ts';
import { listWords, placeWords } from './number-words.ts';
import { say, translator } from './translate.ts';
import { zh } from './zh.ts';

const stem = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/, '');
const stems = (texts: object) => [...new Set(Object.keys(texts).map(stem))].toSorted();
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)(?:, number)?\}\}/g)].map((match) => match[1]).toSorted();
const textOf = (texts: Readonly<Record<string, string>>, key: string) => texts[`${key}_other`] ?? texts[key] ?? '';

const SOURCES = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/texts.(?:en|zh)(?:-\w+)?\.ts$|\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'));

describe('the texts', () => {
  it('are the same in both languages, key by key', () => {
    expect(stems(zh)).toEqual(stems(en));
  });

  it('have the plural forms of their language, and no others', () => {
    for (const [texts, locale] of [
      [en, 'en'],
      [zh, 'zh'],
    ] as const) {
      const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
      const keys = Object.keys(texts);
      const plural = new Set(keys.filter((key) => stem(key) !== key).map(stem));
      for (const key of plural) {
        const forms = keys.filter((one) => stem(one) === key && one !== key).map((one) => one.slice(key.length + 1));
        expect(forms.toSorted(), `${locale} ${key}`).toEqual([...pluralCategories].toSorted());
      }
    }
  });

  it('fill in the same values in both languages', () => {
    for (const key of stems(en))
      expect([key, ...placeholders(textOf(zh, key))]).toEqual([key, ...placeholders(textOf(en, key))]);
  });

  it('part Chinese from Latin letters, digits and numbers by a blank', () => {
    const touching = /\p{Script=Han}(?:[A-Za-z0-9]|\{\{\w+, number)|(?:[A-Za-z0-9]|number\}\})\p{Script=Han}/u;
    for (const [key, text] of Object.entries(zh)) expect(text, key).not.toMatch(touching);
  });

  it('put names in quotes, not in backticks', () => {
    for (const texts of [en, zh]) for (const [key, text] of Object.entries(texts)) expect(text, key).not.toContain('`');
  });

  it('are none of them empty', () => {
    for (const texts of [en, zh]) for (const [key, text] of Object.entries(texts)) expect(text, key).not.toBe('');
  });

  it('are written in Chinese in Chinese', () => {
    const same = Object.entries(zh).filter(([key, text]) => text === (en as Readonly<Record<string, string>>)[key]);
    // Names, signs and the words of programs are the same everywhere.
    for (const [key, text] of same)
      expect(text, key).toMatch(
        /^(?:[A-Za-z/ ]+|\{\{.*\}\}|.|exit\(.*\)|CPU \{\{.*|join \{\{.*|.*`.*`|True|False|中文)$/,
      );
    expect(Object.values(zh).filter((text) => /\p{Script=Han}/u.test(text)).length).toBeGreaterThan(
      stems(en).length * 0.8,
    );
  });

  it('name every policy and every tab', () => {
    for (const policy of POLICY_NAMES) {
      expect(stems(en)).toContain(`policy.${policy}`);
      expect(stems(en)).toContain(`policy.${policy}.about`);
    }
    for (const tab of TABS) expect(stems(en)).toContain(`tab.${tab}`);
  });

  it('that the code asks for with a word of its own exist', () => {
    const asked = SOURCES.flatMap((source) =>
      [...source.matchAll(/\bt\('([a-zA-Z][\w.-]*)'/g)].map((match) => match[1] ?? ''),
    );
    expect(asked.length).toBeGreaterThan(50);
    for (const key of asked) expect(stems(en)).toContain(key);
  });

  it('are all asked for somewhere', () => {
    const code = SOURCES.join('\n');
    // A key that is put together, such as `policy.${name}.about`, asks for all that it can be.
    const patterns = [...code.matchAll(/`([a-z]\w*\.(?:[\w.-]|\$\{[^}`]*\})*)`/gi)].map(
      ([, template = '']) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '.+')}$`),
    );
    const unused = stems(en).filter((key) => !code.includes(`'${key}'`) && !patterns.some((one) => one.test(key)));
    expect(unused).toEqual([]);
  });
});

describe('a text', () => {
  it('has plurals and numbers as its locale writes them', () => {
    expect(translator('en')('control.speed.perSecond', { count: 1 })).toBe('1 step a second');
    expect(translator('en')('control.speed.perSecond', { count: 1200 })).toBe('1,200 steps a second');
    expect(translator('zh')('control.speed.perSecond', { count: 1200 })).toBe('每秒 1,200 步');
  });

  it('takes values as they are: no markup, no nesting, no second filling', () => {
    const value = '<b>$t(app.name) {{name}} & "x"';
    expect(translator('en')('outcome.failed.long', { message: value })).toBe(`The run has failed: ${value}`);
  });

  it('may be followed by what was done about it', () => {
    const message = {
      key: 'link.boolean',
      values: { name: 'a', value: 'b' },
      outcome: { key: 'link.ignored' },
    } as const;
    expect(say(message, 'en')).toBe('a: “b” is neither true nor false. It was ignored.');
    expect(say(message, 'zh')).toBe('a：“b”既不是 true 也不是 false。已忽略。');
  });

  it('parts a Latin value from Chinese by a blank, and changes nothing inside the value', () => {
    const t = translator('zh');
    expect(t('say.event.send', { name: '甲', object: 'P1', count: 2 })).toBe('甲 向 P1 写入一条消息的末尾 2 字节。');
    expect(t('say.event.print', { name: 'P1', text: '卖A票x张' })).toBe('P1 输出：卖A票x张');
  });

  it('takes a value of two languages in its own', () => {
    const values = { lesson: { zh: '互斥锁', en: 'Lock' } };
    expect(say({ key: 'notice.noRecording', values }, 'zh')).toContain('“互斥锁”');
  });

  it('counts places and lists as people do', () => {
    expect([1, 2, 3, 4, 11, 21, 22, 113].map((place) => placeWords(place, 'en'))).toEqual(
      '1st 2nd 3rd 4th 11th 21st 22nd 113th'.split(' '),
    );
    expect(placeWords(2, 'zh')).toBe('第 2 位');
    expect(listWords(['P1', 'P2', 'P3'], 'en')).toBe('P1, P2 and P3');
    expect(listWords(['P1', 'P2', 'P3'], 'zh')).toBe('P1、P2 和 P3');
    expect(listWords(['甲', '乙'], 'zh')).toBe('甲和乙');
  });
});
