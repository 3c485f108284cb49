import type { StoreApi } from 'zustand/vanilla';
import { NO_SCHEDULE } from '../../abi/config.ts';
import { byteLength, MAX_CODE_BYTES, packCode } from './code.ts';
import type { LabState } from './lab.ts';
import type { Loader } from './loader.ts';
import { Refusal } from './refusal.ts';
import { runsIn } from './run-spec.ts';
import type { PreferenceStore } from './storage.ts';
import { CUSTOM } from './view.ts';

/** The reader's own program while it is written. It runs when the reader says so, and never before. */
export class Draft {
  readonly #store: StoreApi<LabState>;
  readonly #loader: Loader;
  readonly #preferences: PreferenceStore;

  constructor(store: StoreApi<LabState>, loader: Loader, preferences: PreferenceStore) {
    this.#store = store;
    this.#loader = loader;
    this.#preferences = preferences;
  }

  get text(): string {
    const { code, files } = this.#store.getState();
    return code ?? files.py.source;
  }

  /** It is shown, and the log is not a run of it; so is a lesson's program while there is no Python, which it needs. */
  get isUnrun(): boolean {
    const { scenario, saved, ran } = this.#store.getState();
    return !runsIn(scenario, 'ts') && saved === null && ran !== this.text;
  }

  /** What is shown now is what is gone back to. */
  remember(): void {
    const isOwn = this.#store.getState().scenario.id === CUSTOM;
    this.#store.setState({ original: isOwn ? this.text : null });
  }

  /** The link follows as soon as the text is packed; what was chosen in a run of the old text is forgotten. */
  async edit(source: string): Promise<void> {
    if (source === this.text) return;
    this.#store.setState({ code: source });
    this.#preferences.change({ program: source });
    if (byteLength(source) > MAX_CODE_BYTES) return;
    const code = await packed(source);
    if (this.#store.getState().code !== source) return;
    this.#loader.wanted = { ...this.#loader.wanted, code, at: null, thread: null, schedule: NO_SCHEDULE };
    // Whoever follows the store asks for the link again.
    this.#store.setState({});
  }

  /** Loads the program as it stands; where the link stood in its run, the cursor stands. @throws Refusal when it is too long */
  async start(): Promise<void> {
    const source = this.text;
    const length = byteLength(source);
    if (length > MAX_CODE_BYTES) {
      throw new Refusal({ key: 'automation.sourceTooLong', values: { length, max: MAX_CODE_BYTES } });
    }
    const code = this.#store.getState().code === null ? null : await packed(source);
    this.#loader.release(source);
    const { wanted } = this.#loader;
    await this.#loader.load({ ...wanted, code }, { measuresBefore: null, selected: null, hovered: null });
  }
}

/** A program without a letter is one with an empty line: a link without code is the lesson's example. */
function packed(source: string): Promise<string> {
  return packCode(source === '' ? '\n' : source);
}
