import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_SCHEDULE, type MachineConfig } from '../../abi/config.ts';
import { ObjectKind } from '../../abi/objects.ts';
import type { Tid } from '../../base/ids.ts';
import { unpackTrace, type Trace, type Unpacked } from '../../replay/trace.ts';
import type { ParameterValue } from '../../scenarios/scenario.ts';
import { say, type Message } from '../texts/translate.ts';
import { noThread } from './choice.ts';
import { withOwnProgram, type ShownFiles } from './own-program.ts';
import { Execution } from './execution.ts';
import { planOf } from './experiment-plan.ts';
import { Experiments } from './experiments.ts';
import { firstState } from './first-state.ts';
import {
  SPEED_RANGE,
  type Engine,
  type LabActions,
  type LabState,
  type Language,
  type Mode,
  type Notice,
  type RunFile,
  type Tab,
  type Theme,
} from './lab.ts';
import { formatLink, parseLink } from './link.ts';
import { NoticeBoard } from './notices.ts';
import { Player } from './player.ts';
import { Refusal, wordsOf } from './refusal.ts';
import { RunLog } from './run-log.ts';
import { runsHere, specOf } from './run-spec.ts';
import { readRun, saveRun, traceOf } from './saved-run.ts';
import { checkSetting } from './settings.ts';
import type { SessionParts } from './session-parts.ts';
import { Turns, type Turn } from './turns.ts';
import { defaultView, type Parsed, type View } from './view.ts';

/**
 * One visit to the lab: what is set (`View`), what runs (`Player`), what the views read (`store`). Every change of a
 * setting that the run depends on is a load; of several the latest wins.
 */
export class Session implements LabActions {
  readonly store: StoreApi<LabState>;
  readonly log = new RunLog();
  readonly player: Player;
  readonly #parts: SessionParts;
  readonly #turns = new Turns();
  readonly #notices: NoticeBoard;
  readonly #experiments: Experiments;
  /** What is wanted; the store follows when it is loaded. */
  #view: View;
  /** What was last loaded. */
  #shown: View;
  /** Loads that are under way. */
  #loads = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#view = defaultView(parts.lessons[0]);
    this.#shown = this.#view;
    this.store = createStore(() => firstState(parts.lessons, parts.preferences.current, parts.language, this.log));
    this.#notices = new NoticeBoard(this.store);
    const execution = parts.machine === null ? null : new Execution(parts.machine, this.log, parts.frames);
    this.player = new Player(this.store, this.#turns, this.log, execution, this.#notices, parts.frames);
    this.#experiments = new Experiments(parts.openMachine, () => this.store.setState(this.#experiment));
    this.#translateHindrance();
  }

  // Opening.

  openLesson(id: string): Promise<void> {
    const { lang, speed, tab, embed } = this.#view;
    const parsed = parseLink(`#/${id}`, this.#parts.lessons);
    return this.#open({ view: { ...parsed.view, lang, speed, tab, embed }, notices: parsed.notices });
  }

  async openLink(link: string): Promise<void> {
    await this.openParsed(parseLink(link, this.#parts.lessons));
  }

  /** The view that `link` says, with what is wrong with it. */
  parse(link: string): Parsed {
    return parseLink(link, this.#parts.lessons);
  }

  /** What is wanted now, as a link says it. */
  get view(): View {
    if (this.isLoading) return this.#view;
    const { records, cursor, selected, schedule, machine } = this.store.getState();
    const at = records === 0 || cursor === this.log.start ? null : cursor;
    // A link to a thread that is not there yet would complain about itself; the selection comes back with the thread.
    const thread = machine.threads.some(({ tid }) => tid === selected) ? selected : null;
    // Where one stands in a live run means nothing in the next one.
    if (this.#view.mode === 'live') return { ...this.#view, at: null, thread: null };
    return { ...this.#view, at, thread, schedule };
  }

  /** What is shown is not yet what is wanted. */
  get isLoading(): boolean {
    return this.#loads > 0;
  }

  openParsed({ view, notices }: Parsed): Promise<void> {
    // A link that names no language leaves it as the reader has it.
    const lang = view.lang ?? this.#view.lang;
    return this.#open({ view: { ...view, lang }, notices });
  }

  #open({ view, notices }: Parsed, opened: OpenedFile | null = null): Promise<void> {
    this.player.pause();
    this.#notices.clear();
    for (const notice of notices) this.#notices.addOfLink(notice);
    if (view.lang !== null && view.lang !== this.store.getState().lang) this.#useLanguage(view.lang);
    return this.#load(view, { measuresBefore: null, selected: null, hovered: null }, false, opened);
  }

  // Settings.

  async setParameter(name: string, value: ParameterValue): Promise<void> {
    await this.#notice(() => this.change(name, String(value)), name);
  }

  async setConfig(change: Partial<MachineConfig>): Promise<void> {
    // The view of the first is the start of the second; all are one load.
    const changes = Object.entries(change).map(([name, value]) => this.setParameter(name, value));
    await Promise.all(changes);
  }

  /** Sets what a link calls `name`, as a link would. @throws Refusal when the value is not allowed: nothing changes then. */
  async change(name: string, value: string): Promise<void> {
    // The cursor and the selection are no settings of a live run, but can be moved in it.
    const basis: View = name === 'at' || name === 'thread' ? { ...this.view, mode: 'stepped' } : this.view;
    const view = checkSetting(basis, name, value, this.#parts.lessons);
    if (name === 'lang' && view.lang !== null) this.setLanguage(view.lang);
    else if (name === 'thread') this.select(view.thread);
    else if (name === 'speed') this.setSpeed(view.speed);
    else if (name === 'view') this.setTab(view.tab);
    else if (name === 'engine') this.setEngine(view.engine);
    else if (name === 'embed') this.#set({ ...this.#view, embed: view.embed }, { embed: view.embed });
    else if (name === 'at') await this.player.seek(view.at ?? this.log.start);
    else if (name === 'code') await this.openParsed({ view, notices: [] });
    else if (name === 'pool' && view.pool !== null && this.#hasPool) await this.player.resizePool(view.pool);
    else await this.#reload(name, view);
  }

  /** Everything that the user was told, one text a value. */
  get told(): readonly string[] {
    return this.#notices.texts;
  }

  #reload(name: string, view: View): Promise<void> {
    if (this.#parts.machine === null) throw new Refusal({ key: 'notice.cannotRunHere', values: { name } });
    if (this.store.getState().saved !== null) throw new Refusal({ key: 'notice.savedReadOnly', values: { name } });
    this.#notices.settle(name);
    if (runOf(view) === runOf(this.view)) return this.#turns.idle;
    const { schedule, measures, measuresBefore } = this.store.getState();
    const keepsSchedule = name === 'picks' || name === 'inputs';
    if (!keepsSchedule && schedule.picks.length + schedule.inputs.length > 0) {
      this.#notices.add('info', { key: 'notice.picksDropped' });
    }
    const wanted = { ...view, at: null, thread: null, schedule: keepsSchedule ? view.schedule : NO_SCHEDULE };
    // Shown at once, so that a control does not jump back while the run is loaded.
    const { scenario, mode } = this.store.getState();
    if (wanted.scenario === scenario) {
      const { parameters, config, pool } = wanted;
      this.store.setState({ parameters, config, pool, mode: wanted.mode });
    }
    // Ticks and milliseconds do not compare.
    const before = this.log.isOver ? measures : measuresBefore;
    return this.#load(wanted, { measuresBefore: wanted.mode === mode ? before : null }, true);
  }

  async setMode(mode: Mode): Promise<void> {
    await this.setParameter('mode', mode);
  }

  async setPool(size: number): Promise<void> {
    await this.setParameter('pool', size);
  }

  /** At the cursor the program has a pool that can still change its size. */
  get #hasPool(): boolean {
    const { machine, mode, saved } = this.store.getState();
    if (saved !== null || machine.end !== null || (mode === 'live' && !this.player.isRunningLive)) return false;
    return machine.objects.some(({ kind }) => kind === ObjectKind.POOL);
  }

  setEngine(engine: Engine): void {
    this.#notices.settle('engine');
    this.#set({ ...this.#view, engine }, { engine });
  }

  setLanguage(lang: Language): void {
    this.#parts.preferences.change({ lang });
    this.#view = { ...this.#view, lang };
    this.#notices.settle('lang');
    this.#useLanguage(lang);
  }

  setSpeed(stepsPerSecond: number): void {
    const speed = Math.round(Math.min(Math.max(stepsPerSecond, SPEED_RANGE.min), SPEED_RANGE.max));
    this.#notices.settle('speed');
    this.#set({ ...this.#view, speed }, { speed });
  }

  setTab(tab: Tab): void {
    this.#notices.settle('view');
    this.#set({ ...this.#view, tab }, { tab });
  }

  setTheme(theme: Theme): void {
    this.#parts.preferences.change({ theme });
    this.store.setState({ theme });
  }

  markDone(lesson: string): void {
    const done = [...new Set([...this.store.getState().done, lesson])];
    this.#parts.preferences.change({ done });
    this.store.setState({ done });
  }

  select(selected: Tid | null): void {
    this.#notices.settle('thread');
    this.store.setState({ selected });
  }

  hover(hovered: Tid | null): void {
    this.store.setState({ hovered });
  }

  dismiss(notice: number): void {
    this.#notices.dismiss(notice);
  }

  link(): string {
    return `${this.#parts.address()}${formatLink(this.view)}`;
  }

  // Experiments.

  async measure(): Promise<void> {
    const { experiment } = this.#shown.scenario;
    if (experiment === undefined) return;
    await this.#experiments.measure(experiment, planOf(experiment, this.#shown, this.#parts.cores));
  }

  stopMeasuring(): void {
    this.#experiments.stop();
  }

  /** What is known of the experiment of what is shown. */
  get #experiment(): Pick<LabState, 'experiment' | 'measuring'> {
    const { experiment } = this.#shown.scenario;
    const plan = experiment === undefined ? [] : planOf(experiment, this.#shown, this.#parts.cores);
    return { experiment: this.#experiments.of(plan), measuring: this.#experiments.isBusy };
  }

  // Runs as files.

  savedRun(): RunFile | null {
    if (this.log.records === 0 || this.player.isLiveAhead) return null;
    return saveRun(this.log, this.#shown.scenario.id, this.#savedLink);
  }

  /** The log as a file would have it, also of a run that has just begun. */
  trace(): Trace {
    return traceOf(this.log, this.#savedLink);
  }

  /** To what was run, not to where one looks. */
  get #savedLink(): string {
    return formatLink({ ...this.view, at: null, thread: null, lang: null });
  }

  openRun(file: string, json: string): Promise<void> {
    return this.#notice(() => this.openSaved(file, json));
  }

  tellUnread(file: string): void {
    this.#notices.add('warning', { key: 'saved.unread', values: { file } });
  }

  /** @throws Refusal when it is no saved run; nothing has changed then. */
  async openSaved(file: string, json: string): Promise<void> {
    const { run, view, isKnown } = readRun(file, json, this.#parts.lessons);
    const { lang, speed, tab, embed } = this.#view;
    await this.#open({ view: { ...view, lang, speed, tab, embed }, notices: [] }, { file, isKnown, run });
  }

  /** Adds a notice: for what no promise can tell. */
  tell(tone: Notice['tone'], message: Message): void {
    this.#notices.add(tone, message);
  }

  // Moving.

  play(): void {
    if (!this.#isRunnable) this.#notices.add('info', this.#whyNot);
    else this.player.play();
  }

  pause(): void {
    this.player.pause();
  }

  step(count = 1): Promise<void> {
    if (!this.#isRunnable) this.#notices.add('info', this.#whyNot);
    return this.#notice(() => this.player.step(count));
  }

  back(count = 1): Promise<void> {
    return this.#notice(() => this.player.back(count));
  }

  seek(record: number): Promise<void> {
    return this.#notice(() => this.player.seek(record));
  }

  async stepThread(direction: 1 | -1): Promise<void> {
    const { selected } = this.store.getState();
    if (selected === null) this.#notices.add('info', { key: 'notice.selectThread' });
    else await this.#notice(() => this.player.stepThread(selected, direction));
  }

  goToEvent(anchor: string): Promise<void> {
    return this.#notice(() => this.player.goToEvent(anchor));
  }

  toStart(): Promise<void> {
    return this.#notice(() => this.player.toStart());
  }

  toEnd(): Promise<void> {
    if (!this.#isRunnable) this.#notices.add('info', this.#whyNot);
    return this.#notice(() => this.player.toEnd());
  }

  pick(tid: Tid): Promise<void> {
    return this.#notice(() => this.player.pick(tid, true));
  }

  kill(tid: Tid): Promise<void> {
    const thread = this.store.getState().machine.threads.find((one) => one.tid === tid);
    if (thread === undefined) return this.#notice(async () => Promise.reject(noThread(tid)));
    return this.#notice(() => this.player.kill(tid, thread.pid));
  }

  /** There is something that the cursor can move through: a run, a recording, or a program that can be run. */
  get #isRunnable(): boolean {
    return this.log.records > 0 || (runsHere(this.#view.scenario) && this.#parts.machine !== null);
  }

  get #whyNot(): Message {
    const { scenario } = this.#view;
    if (!runsHere(scenario)) return { key: 'notice.customNotRun' };
    return { key: 'notice.noRecording', values: { lesson: scenario.title } };
  }

  // Loading.

  /** `ahead`: the run is executed on beyond the cursor, so that the panel can tell what the change has done. */
  #load(view: View, extra: Partial<LabState>, ahead = false, opened: OpenedFile | null = null): Promise<void> {
    this.#view = view;
    this.#loads += 1;
    this.player.interrupt();
    return this.#turns
      .takeOver(async (turn) => {
        await this.#show(turn, view, extra, opened);
        if (ahead && !turn.isVoid) await this.player.lookAhead(turn);
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
      this.player.show(run, view.config.cpus, { ...this.#looks(files), ...extra, saved });
    } else if (!runsHere(view.scenario)) {
      this.player.show(null, view.config.cpus, { ...this.#looks(files), ...extra });
    } else if (this.#parts.machine === null) {
      await this.#showRecording(turn, files, extra);
    } else {
      await this.player.load(turn, specOf(view, this.#parts.cores), () => ({ ...this.#looks(files), ...extra }));
    }
    if (turn.isVoid) return;
    if (view.at !== null && this.log.records > 0) await this.#restoreCursor(turn, view.at);
    if (view.thread !== null && !turn.isVoid) this.#restoreThread(view.thread);
  }

  /** The lesson wanted could not be had. What is on screen stays; if the kernel was given something else, it runs that again. */
  async #keepShown(turn: Turn): Promise<void> {
    this.#view = this.#shown;
    const { files, code } = this.store.getState();
    const { parameters, config, pool, mode } = this.#shown;
    this.store.setState({ ready: true, parameters, config, pool, mode });
    this.player.refresh();
    if (this.player.isStale)
      await this.player.load(turn, specOf(this.#shown, this.#parts.cores), () => this.#looks({ files, code }));
  }

  /** What the store shows of the view: as it is when the log is there, for looks may have changed while it was loaded. */
  #looks(files: ShownFiles): Partial<LabState> {
    this.#shown = this.#view;
    const { scenario, engine, mode, parameters, config, pool, schedule, speed, tab, embed } = this.#view;
    const shown = { scenario, engine, mode, parameters, config, pool, schedule, speed, tab, embed };
    return { ready: true, saved: null, ...this.#experiment, ...shown, ...files };
  }

  async #restoreCursor(turn: Turn, at: number): Promise<void> {
    await this.player.goTo(turn, at);
    const { records } = this.log;
    if (turn.isVoid || at <= records) return;
    const outcome = { key: 'link.cursorAtEnd' } as const;
    this.#notices.addOfLink({ tone: 'warning', name: 'at', key: 'link.at', values: { records }, outcome });
  }

  #restoreThread(thread: Tid): void {
    if (this.store.getState().machine.threads.some(({ tid }) => tid === thread)) return this.select(thread);
    const outcome = { key: 'link.ignored' } as const;
    const values = { value: thread };
    this.#notices.addOfLink({ tone: 'warning', name: 'thread', key: 'link.thread', values, outcome });
  }

  /** Null when the lesson could not be had: what is shown stays. */
  async #filesOf(turn: Turn, view: View): Promise<ShownFiles | null> {
    try {
      const files = await turn.orVoid(this.#parts.loadFiles(view.scenario.id));
      if (files === null) return null;
      const { shown, fault } = await withOwnProgram(files, view.code);
      if (fault !== null) {
        this.#notices.addOfLink(fault);
        this.#view = { ...view, code: null };
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
    const { scenario } = this.#view;
    const { config, parameters, schedule, mode, pool } = defaultView(scenario);
    const asked = this.#view;
    this.#view = { ...asked, config, parameters, schedule, mode, pool };
    if (runOf(asked) !== runOf(this.#view)) this.#notices.add('warning', { key: 'notice.recordingOnly' });
    const show = (run: Unpacked | null): void =>
      this.player.show(run, config.cpus, { ...this.#looks(files), ...extra });
    try {
      const saved = await turn.orVoid(this.#parts.loadRecording(scenario.id));
      if (!turn.isVoid) show(unpackTrace(saved));
    } catch {
      if (turn.isVoid) return;
      show(null);
      this.#notices.add('error', { key: 'notice.noRecording', values: { lesson: scenario.title } });
    }
  }

  #set(view: View, slice: Partial<LabState>): void {
    this.#view = view;
    this.store.setState(slice);
  }

  #useLanguage(lang: Language): void {
    this.store.setState({ lang });
    this.#notices.translate();
    this.#translateHindrance();
    this.player.refresh();
  }

  #translateHindrance(): void {
    const { hindrance: key } = this.#parts;
    const { lang } = this.store.getState();
    const hindrance = key === null ? null : { reason: say({ key }, lang), remedy: say({ key: `${key}.remedy` }, lang) };
    this.store.setState({ hindrance });
  }

  /** What is refused becomes a notice. */
  async #notice(action: () => Promise<void>, name: string | null = null): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#notices.add('warning', error.said, name);
    }
  }
}

/** All that the run depends on, as a text. */
function runOf({ scenario, config, parameters, schedule, mode, pool }: View): string {
  return formatLink({ ...defaultView(scenario), config, parameters, schedule, mode, pool });
}

/** A saved run on its way to the screen. */
interface OpenedFile {
  readonly file: string;
  readonly isKnown: boolean;
  readonly run: Unpacked;
}
