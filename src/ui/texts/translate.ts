import { createInstance } from 'i18next';
import { closeSeams, seamed } from './spacing.ts';
import type { Text } from '../../scenarios/scenario.ts';
import type { en } from './en.ts';
import { en as english } from './en.ts';
import { zh as chinese } from './zh.ts';

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

const i18n = createInstance();
let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  void i18n.init({
    lng: 'en',
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: english }, zh: { translation: chinese } },
  });
}

const translators = new Map<string, Translate>();

/** The texts in one language. The same function for the same language. */
export function translator(lang: 'zh' | 'en'): Translate {
  const known = translators.get(lang);
  if (known !== undefined) return known;
  prepare();
  const fixed = i18n.getFixedT(lang);
  const translate: Translate =
    lang === 'zh'
      ? (key, values = {}) => closeSeams(fixed(key, withSeams(inLanguage(values, lang))))
      : (key, values = {}) => fixed(key, inLanguage(values, lang));
  translators.set(lang, translate);
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
