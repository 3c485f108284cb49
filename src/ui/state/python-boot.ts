import type { StoreApi } from 'zustand/vanilla';
import type { PythonEngine } from './execution.ts';
import type { Boot, LabState } from './lab.ts';
import type { NoticeBoard } from './notices.ts';
import { wordsOf } from './refusal.ts';
import { runsIn } from './run-spec.ts';
import type { Turn } from './turns.ts';

/** Waiting for the Python engine, and what the reader sees of it. */
export class PythonBoot {
  readonly #engine: PythonEngine | null;
  readonly #store: StoreApi<LabState>;
  readonly #notices: NoticeBoard;
  /** Of the wait that is under way. */
  #waiting: AbortController | null = null;
  #isReady = false;

  constructor(engine: PythonEngine | null, store: StoreApi<LabState>, notices: NoticeBoard) {
    this.#engine = engine;
    this.#store = store;
    this.#notices = notices;
  }

  /** Nothing has to be waited for. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** False: it cannot be had, which the reader was told; or nobody wants it any more. */
  async wait(turn: Turn): Promise<boolean> {
    if (this.#isReady) return true;
    const waiting = new AbortController();
    this.#waiting = waiting;
    try {
      if (this.#engine === null) throw new Error('this machine has no interpreter');
      const tell = (boot: Boot): void => {
        if (this.#waiting === waiting) this.#store.setState({ boot });
      };
      await turn.orVoid(this.#engine.prepare(tell, waiting.signal));
      if (turn.isVoid) return false;
      this.#isReady = true;
      if (!this.#engine.switchesThreads) this.#notices.add('warning', { key: 'python.noJspi' });
      return true;
    } catch (error) {
      if (turn.isVoid) return false;
      const only = !runsIn(this.#store.getState().scenario, 'ts');
      const values = { message: wordsOf(error) };
      if (waiting.signal.aborted)
        this.#notices.add('info', { key: only ? 'python.cancelled.only' : 'python.cancelled' });
      else this.#notices.add('error', { key: only ? 'python.failed.only' : 'python.failed', values });
      return false;
    } finally {
      if (this.#waiting === waiting) {
        this.#waiting = null;
        this.#store.setState({ boot: null });
      }
    }
  }

  cancel(): void {
    this.#waiting?.abort();
  }
}
