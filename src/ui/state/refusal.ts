import { say, type Message } from '../texts/translate.ts';
import type { Language } from './lab.ts';

/** Something the user asked for that cannot be done, with the reason in words. Never a fault of ours. */
export class Refusal extends Error {
  readonly said: Message;

  constructor(said: Message) {
    super(say(said, 'en'));
    this.name = 'Refusal';
    this.said = said;
  }
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message of an error in the user's language, if it has one. */
export function sayError(error: unknown, lang: Language): string {
  return error instanceof Refusal ? say(error.said, lang) : wordsOf(error);
}
