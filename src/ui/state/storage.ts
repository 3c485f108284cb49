import type { Language, Theme } from './lab.ts';

/** What belongs to the device and not to a view: it is in no link. */
export interface Preferences {
  readonly theme: Theme;
  /** Null = as the browser prefers. */
  readonly lang: Language | null;
  /** Ids of the lessons done. */
  readonly done: readonly string[];
  /** The reader's own program, as it was last edited. */
  readonly program: string | null;
}

const NO_PREFERENCES: Preferences = { theme: 'auto', lang: null, done: [], program: null };

const KEY = 'procession.preferences';
const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const LANGUAGES: readonly Language[] = ['zh', 'en'];

/** Keeps preferences for the next visit, where the browser lets it; for this visit it always does. */
export class PreferenceStore {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | null;
  #preferences: Preferences;

  /** @param open gives the storage; it may throw, as `localStorage` does where site data are forbidden. */
  constructor(open: () => Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = attempt(open, null);
    this.#preferences = attempt(() => readPreferences(this.#storage?.getItem(KEY) ?? '{}'), NO_PREFERENCES);
  }

  get current(): Preferences {
    return this.#preferences;
  }

  change(change: Partial<Preferences>): void {
    this.#preferences = { ...this.#preferences, ...change };
    attempt(() => this.#storage?.setItem(KEY, JSON.stringify(this.#preferences)), undefined);
  }
}

function attempt<Value>(action: () => Value, otherwise: Value): Value {
  try {
    return action();
  } catch {
    // Forbidden, full or damaged storage: preferences are a comfort, the lab works without them.
    return otherwise;
  }
}

function readPreferences(json: string): Preferences {
  const saved = JSON.parse(json) as Partial<Record<keyof Preferences, unknown>> | null;
  const done = Array.isArray(saved?.done) ? saved.done.filter((id) => typeof id === 'string') : [];
  return {
    theme: THEMES.find((theme) => theme === saved?.theme) ?? 'auto',
    lang: LANGUAGES.find((lang) => lang === saved?.lang) ?? null,
    done,
    program: typeof saved?.program === 'string' ? saved.program : null,
  };
}

/** The language to begin with: Chinese for whoever's browser asks for any Chinese first, else English. */
export function browserLanguage(preferred: string): Language {
  return preferred.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
