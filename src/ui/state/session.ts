import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_SCHEDULE, type MachineConfig } from '../../abi/config.ts';
import { MAX_LINE_BYTES } from '../../abi/limits.ts';
import { ObjectKind } from '../../abi/objects.ts';
import type { Tid } from '../../base/ids.ts';
import type { Trace } from '../../replay/trace.ts';
import type { ParameterValue } from '../../scenarios/scenario.ts';
import { hasTexts, loadTexts, say, type Message } from '../texts/translate.ts';
import { noThread } from './choice.ts';
import { byteLength, packCode } from './code.ts';
import { Draft } from './draft.ts';
import { Execution } from './execution.ts';
import { experimentsOf } from '../../scenarios/scenario.ts';
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
  type StepBy,
  type Tab,
  type Theme,
} from './lab.ts';
import { formatLink, parseLink } from './link.ts';
import { Loader, runOf, type OpenedFile } from './loader.ts';
import { NoticeBoard } from './notices.ts';
import { Player } from './player.ts';
import { PythonBoot } from './python-boot.ts';
import { Refusal, wordsOf } from './refusal.ts';
import { RunLog } from './run-log.ts';
import { readRun, saveRun, traceOf } from './saved-run.ts';
import { checkSetting } from './settings.ts';
import type { SessionParts } from './session-parts.ts';
import { Turns } from './turns.ts';
import { CUSTOM, defaultView, type Parsed, type View } from './view.ts';

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
  readonly #loader: Loader;
  readonly #boot: PythonBoot;
  readonly #draft: Draft;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.store = createStore(() => firstState(parts.lessons, parts.preferences.current, parts.language, this.log));
    this.#notices = new NoticeBoard(this.store);
    const execution = parts.machine === null ? null : new Execution(parts.machine, this.log, parts.frames);
    this.player = new Player(this.store, this.#turns, this.log, execution, this.#notices, parts.frames);
    this.#experiments = new Experiments(parts.openMachine, () => this.store.setState(this.#measured));
    this.#boot = new PythonBoot(parts.machine?.python ?? null, this.store, this.#notices);
    this.#loader = new Loader(defaultView(parts.lessons[0]), {
      session: parts,
      store: this.store,
      log: this.log,
      player: this.player,
      notices: this.#notices,
      turns: this.#turns,
      boot: this.#boot,
      measured: () => this.#measured,
    });
    this.#draft = new Draft(this.store, this.#loader, parts.preferences);
    this.#translateHindrance();
  }

  // Opening.

  async openLesson(id: string): Promise<void> {
    const { lang, speed, tab, embed, library } = this.#loader.wanted;
    const { view, notices } = parseLink(`#/${id}`, this.#parts.lessons);
    const { program } = this.#parts.preferences.current;
    const code = view.scenario.id === CUSTOM && program !== null ? await packCode(program) : null;
    await this.#open({ view: { ...view, code, lang, speed, tab, embed, library }, notices });
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
    if (this.isLoading) return this.#loader.wanted;
    const { records, cursor, selected, schedule, machine } = this.store.getState();
    if (this.#draft.isUnrun) return this.#loader.wanted;
    const at = records === 0 || cursor === this.log.start ? null : cursor;
    // A link to a thread that is not there yet would complain about itself; the selection comes back with the thread.
    const thread = machine.threads.some(({ tid }) => tid === selected) ? selected : null;
    // Where one stands in a live run means nothing in the next one.
    if (this.#loader.wanted.mode === 'live') return { ...this.#loader.wanted, at: null, thread: null };
    return { ...this.#loader.wanted, at, thread, schedule };
  }

  /** What is shown is not yet what is wanted. */
  get isLoading(): boolean {
    return this.#loader.isLoading;
  }

  openParsed({ view, notices }: Parsed): Promise<void> {
    // A link that names no language leaves it as the reader has it.
    const lang = view.lang ?? this.#loader.wanted.lang;
    return this.#open({ view: { ...view, lang }, notices });
  }

  #open({ view, notices }: Parsed, opened: OpenedFile | null = null): Promise<void> {
    this.player.pause();
    this.#notices.clear();
    for (const notice of notices) this.#notices.addOfLink(notice);
    const load = this.#loader.load(view, { measuresBefore: null, selected: null, hovered: null }, false, opened);
    const { lang } = this.store.getState();
    const spoken = view.lang === null || view.lang === lang ? null : this.#useLanguage(view.lang);
    return Promise.all([load, spoken]).then(() => this.#draft.remember());
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
    if (name === 'lang' && view.lang !== null) await this.#changeLanguage(view.lang);
    else if (name === 'thread') this.select(view.thread);
    else if (name === 'speed') this.setSpeed(view.speed);
    else if (name === 'view') this.setTab(view.tab);
    else if (name === 'embed') this.#set({ ...this.#loader.wanted, embed: view.embed }, { embed: view.embed });
    else if (name === 'library') this.setLibrary(view.library);
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
      const { parameters, config, pool, engine, stepBy } = wanted;
      this.store.setState({ parameters, config, pool, engine, stepBy, mode: wanted.mode });
    }
    // Ticks and milliseconds do not compare.
    const before = this.log.isOver ? measures : measuresBefore;
    return this.#loader.load(wanted, { measuresBefore: wanted.mode === mode ? before : null }, true);
  }

  async setMode(mode: Mode): Promise<void> {
    await this.setParameter('mode', mode);
  }

  async setStepBy(stepBy: StepBy): Promise<void> {
    await this.setParameter('step', stepBy);
  }

  setLibrary(library: boolean): void {
    this.#notices.settle('library');
    this.#set({ ...this.#loader.wanted, library }, { library });
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

  async setEngine(engine: Engine): Promise<void> {
    // Whoever does not want to wait for Python after all gets back what was there.
    if (engine === 'ts' && this.store.getState().boot !== null) this.cancelBoot();
    else await this.setParameter('engine', engine);
  }

  cancelBoot(): void {
    this.#boot.cancel();
  }

  // The reader's own program.

  edit(source: string): Promise<void> {
    return this.#draft.edit(source);
  }

  /** Runs the reader's own program as it stands, from where its link stands in it. */
  runProgram(): Promise<void> {
    return this.#notice(async () => {
      const { at } = this.#loader.wanted;
      await this.#draft.start();
      if (at === null) this.player.play();
    });
  }

  /** Has the reader's own program loaded first, if that is what is shown. @throws Refusal when it cannot be run */
  whenStarted(action: () => Promise<void>): Promise<void> {
    return this.#draft.isUnrun ? this.#draft.start().then(action) : action();
  }

  /** Opens this program in the editor, unrun. */
  async openProgram(source: string): Promise<void> {
    const { lang, speed, tab, embed, library } = this.#loader.wanted;
    const { view, notices } = this.parse(`#/${CUSTOM}`);
    const code = await packCode(source);
    await this.#open({ view: { ...defaultView(view.scenario), code, lang, speed, tab, embed, library }, notices });
  }

  setLanguage(lang: Language): void {
    void this.#changeLanguage(lang);
  }

  #changeLanguage(lang: Language): Promise<void> {
    this.#parts.preferences.change({ lang });
    this.#loader.wanted = { ...this.#loader.wanted, lang };
    this.#notices.settle('lang');
    return this.#useLanguage(lang);
  }

  setSpeed(stepsPerSecond: number): void {
    const speed = Math.round(Math.min(Math.max(stepsPerSecond, SPEED_RANGE.min), SPEED_RANGE.max));
    this.#notices.settle('speed');
    this.#set({ ...this.#loader.wanted, speed }, { speed });
  }

  setTab(tab: Tab): void {
    this.#notices.settle('view');
    this.#set({ ...this.#loader.wanted, tab }, { tab });
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

  async measure(index = 0): Promise<void> {
    const { shown } = this.#loader;
    const experiment = experimentsOf(shown.scenario, this.#parts.cores)[index];
    if (experiment === undefined) return;
    await this.#experiments.measure(experiment, planOf(experiment, shown, this.#parts.cores));
  }

  stopMeasuring(): void {
    this.#experiments.stop();
  }

  /** What is known of the experiments of what is shown. */
  get #measured(): Pick<LabState, 'experiments' | 'measuring'> {
    const { shown } = this.#loader;
    const { cores } = this.#parts;
    const experiments = experimentsOf(shown.scenario, cores).map((experiment) => ({
      experiment,
      result: this.#experiments.of(planOf(experiment, shown, cores)),
    }));
    return { experiments, measuring: this.#experiments.isBusy };
  }

  // Runs as files.

  savedRun(): RunFile | null {
    if (this.log.records === 0 || this.player.isLiveAhead) return null;
    return saveRun(this.log, this.#loader.shown.scenario.id, this.#savedLink);
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
    const { lang, speed, tab, embed, library } = this.#loader.wanted;
    await this.#open({ view: { ...view, lang, speed, tab, embed, library }, notices: [] }, { file, isKnown, run });
  }

  /** Adds a notice: for what no promise can tell. */
  tell(tone: Notice['tone'], message: Message): void {
    this.#notices.add(tone, message);
  }

  // Moving.

  play(): void {
    if (!this.#isRunnable) this.#notices.add('info', this.#whyNot);
    else if (this.#draft.isUnrun) void this.runProgram();
    else this.player.play();
  }

  pause(): void {
    this.player.pause();
  }

  step(count = 1): Promise<void> {
    if (!this.#isRunnable) this.#notices.add('info', this.#whyNot);
    return this.#notice(() => this.whenStarted(() => this.player.step(count)));
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
    return this.#notice(() => this.whenStarted(() => this.player.toEnd()));
  }

  pick(tid: Tid): Promise<void> {
    return this.#notice(() => this.player.pick(tid, true));
  }

  kill(tid: Tid): Promise<void> {
    const thread = this.store.getState().machine.threads.find((one) => one.tid === tid);
    if (thread === undefined) return this.#notice(async () => Promise.reject(noThread(tid)));
    return this.#notice(() => this.player.kill(tid, thread.pid));
  }

  typeLine(line: string | null): Promise<void> {
    return this.#notice(() => this.typeAtCursor(line, true));
  }

  /** @throws Refusal when it is too long, or there is nothing that could read it. `andGoOn`: as for the player. */
  async typeAtCursor(line: string | null, andGoOn: boolean): Promise<void> {
    const length = line === null ? 0 : byteLength(line);
    if (length > MAX_LINE_BYTES) {
      throw new Refusal({ key: 'notice.lineTooLong', values: { length, max: MAX_LINE_BYTES } });
    }
    await this.player.typeLine(line, andGoOn);
  }

  /** There is something that the cursor can move through: a run, a recording, or a program that can be run. */
  get #isRunnable(): boolean {
    return this.log.records > 0 || this.#parts.machine !== null;
  }

  get #whyNot(): Message {
    return { key: 'notice.noRecording', values: { lesson: this.#loader.wanted.scenario.title } };
  }

  #set(view: View, slice: Partial<LabState>): void {
    this.#loader.wanted = view;
    this.store.setState(slice);
  }

  /** At once, if its texts are there; else when they are. */
  async #useLanguage(lang: Language): Promise<void> {
    try {
      if (!hasTexts(lang)) await loadTexts(lang);
    } catch (error) {
      this.#notices.add('error', { key: 'notice.languageFailed', values: { message: wordsOf(error) } });
      return;
    }
    const { lang: wanted } = this.#loader.wanted;
    if (wanted === null || wanted === lang) this.#speak(lang);
  }

  #speak(lang: Language): void {
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
