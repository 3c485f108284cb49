import type { StoreApi } from 'zustand/vanilla';
import { unpackTrace, type Unpacked } from '../../replay/trace.ts';
import type { Tid } from '../../base/ids.ts';
import type { LabState } from './lab.ts';
import { formatLink } from './link.ts';
import type { NoticeBoard } from './notices.ts';
import { filesToShow, type ShownFiles } from './own-program.ts';
import type { Player } from './player.ts';
import type { PythonBoot } from './python-boot.ts';
import { wordsOf } from './refusal.ts';
import type { RunLog } from './run-log.ts';
import { runsIn, specOf } from './run-spec.ts';
import type { SessionParts } from './session-parts.ts';
import type { Turn, Turns } from './turns.ts';
import { CUSTOM, defaultView, type View } from './view.ts';

/** A saved run on its way to the screen. */
export interface OpenedFile {
  readonly file: string;
  readonly isKnown: boolean;
  readonly run: Unpacked;
}

/** What a loader works with; the rest of the session's. */
export interface LoaderParts {
  readonly session: SessionParts;
  readonly store: StoreApi<LabState>;
  readonly log: RunLog;
  readonly player: Player;
  readonly notices: NoticeBoard;
  readonly turns: Turns;
  readonly boot: PythonBoot;
  /** What is known of the experiments of what is shown. */
  readonly measured: () => Partial<LabState>;
}

/** Brings a view to the screen: its lesson's files, its run or a saved one, the cursor and the selection of a link. */
export class Loader {
  /** What is wanted; the store follows when it is loaded. */
  wanted: View;
  /** What was last loaded. */
  #shown: View;
  /** Loads that are under way. */
  #loads = 0;
  /** The reader's own program that may run, because the reader has said so. */
  #released: string | null = null;
  readonly #parts: SessionParts;
  readonly #store: StoreApi<LabState>;
  readonly #log: RunLog;
  readonly #player: Player;
  readonly #notices: NoticeBoard;
  readonly #turns: Turns;
  readonly #boot: PythonBoot;
  readonly #measured: () => Partial<LabState>;

  constructor(first: View, { session, store, log, player, notices, turns, boot, measured }: LoaderParts) {
    this.wanted = first;
    this.#shown = first;
    this.#parts = session;
    this.#store = store;
    this.#log = log;
    this.#player = player;
    this.#notices = notices;
    this.#turns = turns;
    this.#boot = boot;
    this.#measured = measured;
  }

  get shown(): View {
    return this.#shown;
  }

  /** What is shown is not yet what is wanted. */
  get isLoading(): boolean {
    return this.#loads > 0;
  }

  /** From now on this program of the reader's own may run, until there is another. */
  release(source: string): void {
    this.#released = source;
  }

  /** `ahead`: the run is executed on beyond the cursor, so that the panel can tell what the change has done. */
  load(view: View, extra: Partial<LabState>, ahead = false, opened: OpenedFile | null = null): Promise<void> {
    this.wanted = view;
    this.#loads += 1;
    this.#player.interrupt();
    return this.#turns
      .takeOver(async (turn) => {
        await this.#show(turn, view, extra, opened);
        if (ahead && !turn.isVoid) await this.#player.lookAhead(turn);
      })
      .finally(() => {
        this.#loads -= 1;
      });
  }

  async #show(turn: Turn, view: View, extra: Partial<LabState>, opened: OpenedFile | null): Promise<void> {
    const files = await this.#filesOf(turn, view);
    if (turn.isVoid) return;
    if (files === null) return this.#keepShown(turn);
    if (opened !== null) {
      const { file, isKnown, run } = opened;
      const saved = { file, isKnown, live: run.live, records: run.count };
      this.#player.show(run, view.config.cpus, { ...this.#looks(files), ...extra, saved });
    } else if (view.scenario.id === CUSTOM && this.#released !== files.files.py.source) {
      this.#showUnrun(files, extra);
    } else if (this.#parts.machine === null) {
      await this.#showRecording(turn, files, extra);
    } else if (view.engine === 'ts' || (await this.#wakePython(turn, files, extra))) {
      await this.#run(turn, files, extra);
    } else {
      return;
    }
    if (turn.isVoid) return;
    if (view.at !== null && this.#log.records > 0) await this.#restoreCursor(turn, view.at);
    if (view.thread !== null && !turn.isVoid) this.#restoreThread(view.thread);
  }

  async #run(turn: Turn, files: ShownFiles, extra: Partial<LabState>): Promise<void> {
    const spec = specOf(this.wanted, this.#parts.cores, files.files.py.source);
    await this.#player.load(turn, spec, () => ({ ...this.#looks(files), ...extra }));
  }

  #showUnrun(files: ShownFiles, extra: Partial<LabState>): void {
    this.#player.show(null, this.wanted.config.cpus, { ...this.#looks(files), ...extra, ran: null });
  }

  /**
   * Waits for the Python engine. False: something else is shown now, or what was shown stays. Meanwhile another lesson can be read;
   * of the same lesson the run stays that is there.
   */
  async #wakePython(turn: Turn, files: ShownFiles, extra: Partial<LabState>): Promise<boolean> {
    const { scenario } = this.wanted;
    const stays = this.#store.getState().ready && this.#shown.scenario === scenario && this.#log.records > 0;
    if (!this.#boot.isReady && !stays) this.#showUnrun(files, extra);
    if (await this.#boot.wait(turn)) return true;
    if (turn.isVoid) return false;
    if (stays) {
      await this.#keepShown(turn);
    } else if (runsIn(scenario, 'ts')) {
      this.wanted = { ...this.wanted, engine: 'ts' };
      await this.#run(turn, files, extra);
    } else {
      this.#released = null;
    }
    return false;
  }

  /** The lesson wanted could not be had. What is on screen stays; if the kernel was given something else, it runs that again. */
  async #keepShown(turn: Turn): Promise<void> {
    this.wanted = this.#shown;
    const { files, code } = this.#store.getState();
    const { parameters, config, pool, mode, stepBy, engine } = this.#shown;
    this.#store.setState({ ready: true, parameters, config, pool, mode, stepBy, engine });
    this.#player.refresh();
    if (this.#player.isStale) await this.#run(turn, { files, code }, {});
  }

  /** What the store shows of the view: as it is when the log is there, for looks may have changed while it was loaded. */
  #looks(files: ShownFiles): Partial<LabState> {
    this.#shown = this.wanted;
    const { scenario, engine, mode, stepBy, parameters, config, pool, schedule, speed, tab, embed, library } =
      this.wanted;
    const looks = { speed, tab, embed, library };
    const shown = { scenario, engine, mode, stepBy, parameters, config, pool, schedule, ...looks };
    const ran = files.files[engine].source;
    return { ready: true, saved: null, ran, ...this.#measured(), ...shown, ...files };
  }

  async #restoreCursor(turn: Turn, at: number): Promise<void> {
    await this.#player.goTo(turn, at);
    const { records } = this.#log;
    if (turn.isVoid || at <= records) return;
    const outcome = { key: 'link.cursorAtEnd' } as const;
    this.#notices.addOfLink({ tone: 'warning', name: 'at', key: 'link.at', values: { records }, outcome });
  }

  #restoreThread(thread: Tid): void {
    if (this.#store.getState().machine.threads.some(({ tid }) => tid === thread)) {
      this.#notices.settle('thread');
      this.#store.setState({ selected: thread });
      return;
    }
    const outcome = { key: 'link.ignored' } as const;
    const values = { value: thread };
    this.#notices.addOfLink({ tone: 'warning', name: 'thread', key: 'link.thread', values, outcome });
  }

  /** Null when the lesson could not be had: what is shown stays. */
  async #filesOf(turn: Turn, view: View): Promise<ShownFiles | null> {
    try {
      const files = await turn.orVoid(this.#parts.loadFiles(view.scenario.id));
      if (files === null) return null;
      const { shown, fault } = await filesToShow(files, view);
      if (fault !== null) {
        this.#notices.addOfLink(fault);
        this.wanted = { ...view, code: null };
      }
      return shown;
    } catch (error) {
      const values = { lesson: view.scenario.title, message: wordsOf(error) };
      if (!turn.isVoid) this.#notices.add('error', { key: 'notice.lessonFailed', values });
      return null;
    }
  }

  /** A recording shows the lesson's own settings, whatever the link asks for; it is true to what was run. */
  async #showRecording(turn: Turn, files: ShownFiles, extra: Partial<LabState>): Promise<void> {
    const { scenario } = this.wanted;
    const { engine, config, parameters, schedule, mode, stepBy, pool } = defaultView(scenario);
    const asked = this.wanted;
    this.wanted = { ...asked, engine, config, parameters, schedule, mode, stepBy, pool };
    if (runOf(asked) !== runOf(this.wanted)) this.#notices.add('warning', { key: 'notice.recordingOnly' });
    const show = (run: Unpacked | null): void =>
      this.#player.show(run, config.cpus, { ...this.#looks(files), ...extra });
    try {
      const saved = await turn.orVoid(this.#parts.loadRecording(scenario.id));
      if (!turn.isVoid) show(unpackTrace(saved));
    } catch {
      if (turn.isVoid) return;
      show(null);
      this.#notices.add('error', { key: 'notice.noRecording', values: { lesson: scenario.title } });
    }
  }
}

/** All that the run depends on, as a text. */
export function runOf({ scenario, engine, config, parameters, schedule, mode, stepBy, pool, code }: View): string {
  const run = { engine, config, parameters, schedule, mode, pool, code };
  // What a step of a Python program would be says nothing about another's.
  return formatLink({ ...defaultView(scenario), ...run, ...(engine === 'py' ? { stepBy } : {}) });
}
