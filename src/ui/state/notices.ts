import type { StoreApi } from 'zustand/vanilla';
import { say, type Message } from '../texts/translate.ts';
import type { LabState, Language, Notice } from './lab.ts';

/** The most notices on screen at once; the oldest goes. */
const MOST = 8;

/** The notices of the page. Keeps what they say apart from the language, so that they change with it. */
export class NoticeBoard {
  readonly #store: StoreApi<LabState>;
  readonly #messages = new Map<number, Message>();
  #next = 1;

  constructor(store: StoreApi<LabState>) {
    this.#store = store;
  }

  /** A message that is on screen already is not shown twice. */
  add(tone: Notice['tone'], message: Message): void {
    const { lang, notices } = this.#store.getState();
    const text = say(message, lang);
    if (notices.some((notice) => notice.text === text)) return;
    const notice = { id: this.#next, tone, text };
    this.#next += 1;
    this.#messages.set(notice.id, message);
    this.#show([...notices, notice].slice(-MOST));
  }

  dismiss(id: number): void {
    this.#show(this.#store.getState().notices.filter((notice) => notice.id !== id));
  }

  clear(): void {
    this.#show([]);
  }

  translate(lang: Language): void {
    const { notices } = this.#store.getState();
    this.#show(
      notices.map((notice) => {
        const message = this.#messages.get(notice.id);
        return message === undefined ? notice : { ...notice, text: say(message, lang) };
      }),
    );
  }

  #show(notices: readonly Notice[]): void {
    for (const id of this.#messages.keys()) {
      if (!notices.some((notice) => notice.id === id)) this.#messages.delete(id);
    }
    this.#store.setState({ notices });
  }
}
