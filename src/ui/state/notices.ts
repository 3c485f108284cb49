import type { StoreApi } from 'zustand/vanilla';
import { say, type Message } from '../texts/translate.ts';
import type { LabState, Language, Notice } from './lab.ts';
import type { LinkNotice } from './view.ts';

/** The most notices on screen at once; the oldest goes. */
const MOST = 8;
const TONES: readonly Notice['tone'][] = ['info', 'warning', 'error'];

/** One thing told. `name`: the setting that it is about. */
interface Line {
  readonly tone: Notice['tone'];
  readonly name: string | null;
  readonly message: Message;
}

/** A notice, not yet in a language: one line, or all that was wrong with one link. */
interface Entry {
  readonly id: number;
  readonly isOfLink: boolean;
  readonly lines: readonly Line[];
}

/** The notices of the page. Keeps what they say apart from the language, so that they change with it. */
export class NoticeBoard {
  readonly #store: StoreApi<LabState>;
  #entries: readonly Entry[] = [];
  #next = 1;

  constructor(store: StoreApi<LabState>) {
    this.#store = store;
  }

  /** Everything told, one text a value, in the language of the page. */
  get texts(): readonly string[] {
    const { lang } = this.#store.getState();
    return this.#entries.flatMap(({ lines }) => lines.map(({ message }) => say(message, lang)));
  }

  /** A message that is on screen already is not shown twice. */
  add(tone: Notice['tone'], message: Message, name: string | null = null): void {
    if (this.#isShown(message)) return;
    this.#append({ isOfLink: false, lines: [{ tone, name, message }] });
  }

  /** What is wrong with the link that is open: all of it is one notice, a line for each value. */
  addOfLink(notice: LinkNotice): void {
    if (this.#isShown(notice)) return;
    const line = { tone: notice.tone, name: notice.name, message: notice };
    const open = this.#entries.find(({ isOfLink }) => isOfLink);
    if (open === undefined) return this.#append({ isOfLink: true, lines: [line] });
    this.#show(this.#entries.map((entry) => (entry === open ? { ...entry, lines: [...entry.lines, line] } : entry)));
  }

  /** The setting was changed: what was said about its last value is history. */
  settle(name: string): void {
    if (!this.#entries.some(({ lines }) => lines.some((line) => line.name === name))) return;
    const kept = this.#entries.map((entry) => ({ ...entry, lines: entry.lines.filter((line) => line.name !== name) }));
    this.#show(kept.filter(({ lines }) => lines.length > 0));
  }

  dismiss(id: number): void {
    this.#show(this.#entries.filter((entry) => entry.id !== id));
  }

  clear(): void {
    this.#show([]);
  }

  /** Says everything again in the language of the store. */
  translate(): void {
    this.#show(this.#entries);
  }

  #isShown(message: Message): boolean {
    return this.texts.includes(say(message, this.#store.getState().lang));
  }

  #append(entry: Omit<Entry, 'id'>): void {
    const id = this.#next;
    this.#next += 1;
    this.#show([...this.#entries, { ...entry, id }].slice(-MOST));
  }

  #show(entries: readonly Entry[]): void {
    this.#entries = entries;
    const { lang } = this.#store.getState();
    this.#store.setState({ notices: entries.map((entry) => inWords(entry, lang)) });
  }
}

function inWords({ id, lines }: Entry, lang: Language): Notice {
  const tone = TONES[Math.max(...lines.map((line) => TONES.indexOf(line.tone)))] ?? 'info';
  return { id, tone, text: lines.map(({ message }) => say(message, lang)).join('\n') };
}
