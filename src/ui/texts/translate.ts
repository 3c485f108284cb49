import { closeSeams, seamed } from './spacing.ts';
import type { Text } from '../../scenarios/scenario.ts';
import type { en } from './en.ts';

type Stem<Key extends string> = Key extends `${infer Rest}_one` | `${infer Rest}_other` ? Rest : Key;

/** A text of the lab, plural forms left off. */
export type TextKey = Stem<keyof typeof en>;

/** Numbers are written as the locale does where the text says so; a `Text` is taken in the language of the sentence. */
export type TextValues = Readonly<Record<string, string | number | Text>>;
export type Translate = (key: TextKey, values?: TextValues) => string;

/** A text that is not yet in a language: notices are kept so, and said again when the language changes. */
export interface Message {
  readonly key: TextKey;
  readonly values?: TextValues;
  /** What was done about it: a sentence of its own behind this one. */
  readonly outcome?: Message;
}

type Texts = Readonly<Record<string, string>>;

/** What has been loaded: whoever reads one language does not wait for the other. */
const loaded: Partial<Record<'zh' | 'en', Texts>> = {};

/** Resolves when everything can be said in this language. @throws Error when its texts cannot be had. */
export async function loadTexts(lang: 'zh' | 'en'): Promise<void> {
  loaded[lang] ??= lang === 'zh' ? (await import('./zh.ts')).zh : (await import('./en.ts')).en;
}

export function hasTexts(lang: 'zh' | 'en'): boolean {
  return loaded[lang] !== undefined;
}

const OTHER = { zh: 'en', en: 'zh' } as const;

/** `{{name}}` is what is given as it is, `{{name, number}}` a number as the locale writes it. */
const PLACE = /\{\{(\w+)(, number)?\}\}/g;

/** Fills in a text's values; of a text with plural forms takes the one for `count`. A key without a text is said itself. */
function fixedIn(lang: 'zh' | 'en'): (key: string, values: Readonly<Record<string, string | number>>) => string {
  const texts = loaded[lang] ?? {};
  const plural = new Intl.PluralRules(lang);
  const number = new Intl.NumberFormat(lang);
  return (key, values) => {
    const form = `${key}_${plural.select(Number(values['count'] ?? 0))}`;
    const text = ('count' in values ? texts[form] : undefined) ?? texts[key] ?? key;
    return text.replace(PLACE, (place, name: string, format?: string) => {
      const value = values[name];
      if (value === undefined) return place;
      return format === undefined ? String(value) : number.format(Number(value));
    });
  };
}

const translators = new Map<string, Translate>();

/** The texts in one language; while they are not there, in the other. The same function for the same language. */
export function translator(wanted: 'zh' | 'en'): Translate {
  const lang = hasTexts(wanted) || !hasTexts(OTHER[wanted]) ? wanted : OTHER[wanted];
  const known = translators.get(lang);
  if (known !== undefined) return known;
  const fixed = fixedIn(lang);
  const translate: Translate =
    lang === 'zh'
      ? (key, values = {}) => closeSeams(fixed(key, withSeams(inLanguage(values, lang))))
      : (key, values = {}) => fixed(key, inLanguage(values, lang));
  if (hasTexts(lang)) translators.set(lang, translate);
  return translate;
}

function inLanguage(values: TextValues, lang: 'zh' | 'en'): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[lang] : value]),
  );
}

function withSeams(values: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? seamed(value) : value]),
  );
}

export function say(message: Message, lang: 'zh' | 'en'): string {
  const sentence = translator(lang)(message.key, message.values);
  if (message.outcome === undefined) return sentence;
  return `${sentence}${lang === 'zh' ? '' : ' '}${say(message.outcome, lang)}`;
}
