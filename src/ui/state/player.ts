import type { StoreApi } from 'zustand/vanilla';
import type { Pick, Schedule } from '../../abi/config.ts';
import { LOG_CAPACITY } from '../../abi/limits.ts';
import { InputKind } from '../../abi/record.ts';
import type { RunSpec, RunUntil } from '../../abi/remote.ts';
import type { Pid, Tid } from '../../base/ids.ts';
import type { Ticks } from '../../base/units.ts';
import type * as Anchors from '../../replay/anchors.ts';
import type { Unpacked } from '../../replay/trace.ts';
import { mustBeAlive, mustBeTakeable } from './choice.ts';
import { Cursor } from './cursor.ts';
import type { Execution, Frames } from './execution.ts';
import type { LabState } from './lab.ts';
import { cutSchedule } from './link-schedule.ts';
import type { NoticeBoard } from './notices.ts';
import { standing } from './outcome.ts';
import { Playback } from './playback.ts';
import { Refusal, wordsOf } from './refusal.ts';
import type { RunLog } from './run-log.ts';
import type { Turn, Turns } from './turns.ts';

/** Comes when the first link of a text is followed. @throws Refusal when it does not come */
async function loadAnchors(): Promise<typeof Anchors> {
  try {
    return await import('../../replay/anchors.ts');
  } catch (error) {
    throw new Refusal({ key: 'notice.linkFailed', values: { message: wordsOf(error) } });
  }
}

/** At speed 0, steps a picture through what was executed already. */
const FAST_FORWARD = 1000;
/** Steps executed ahead of the cursor, to show at once what a changed setting does to the whole run. */
const LOOK_AHEAD = 5000;
/** Steps that a search for an event executes first; then twice as many, and so on. */
const FIRST_SEARCH = 256;

/** Where an automated run shall stop, whichever comes first. */
export interface RunGoal {
  readonly record?: number;
  readonly steps?: number;
}

/**
 * The cursor, and the execution that it pulls along: nothing is executed that the cursor has not asked for. Stepping inside
 * the log is replay; only at its end the kernel works. Writes its part of the store: log, cursor, machine, outcome.
 */
export class Player {
  readonly #store: StoreApi<LabState>;
  readonly #turns: Turns;
  readonly #log: RunLog;
  /** Null where nothing can be run: then the log is a recording, or empty. */
  readonly #execution: Execution | null;
  readonly #notices: NoticeBoard;
  readonly #playback: Playback;
  readonly #cursor: Cursor;
  #run = 0;
  /** Why the kernel cannot go on with this run. */
  #fault: string | null = null;
  /** Picks made since the run was loaded. */
  #made: readonly Pick[] = [];
  /** What goes on when the line is there that the run has stopped for. */
  #afterInput: (() => void) | null = null;
  /** Counts pauses: a search that began before the last one gives up. */
  #pauses = 0;

  constructor(
    store: StoreApi<LabState>,
    turns: Turns,
    log: RunLog,
    execution: Execution | null,
    notices: NoticeBoard,
    frames: Frames,
  ) {
    this.#store = store;
    this.#turns = turns;
    this.#log = log;
    this.#cursor = new Cursor(log);
    this.#execution = execution;
    this.#notices = notices;
    this.#playback = new Playback(
      frames,
      () => store.getState().speed,
      (steps) => this.#playOn(steps),
    );
  }

  /** The kernel has a program, and the log is that of its run. */
  get canRun(): boolean {
    return this.#execution !== null && this.#execution.spec !== null && !this.#execution.isStale;
  }

  /** The kernel's run is not the one that the log shows: a load was overtaken by another, which then failed. */
  get isStale(): boolean {
    return this.#execution?.isStale === true;
  }

  /** A live run that has not come to its end: what has not happened yet cannot be stepped to. */
  get isLiveAhead(): boolean {
    return this.#execution?.spec?.mode === 'live' && !this.#log.isOver;
  }

  /** It goes on by itself just now. */
  get isRunningLive(): boolean {
    return this.#execution?.isRunningLive === true;
  }

  // Loading. Preconditions: inside a turn. `settings` is what the store shows together with the new log.

  async load(turn: Turn, spec: RunSpec, settings: () => Partial<LabState>): Promise<void> {
    const execution = this.#execution;
    if (execution === null) return;
    try {
      await execution.load(spec);
    } catch (error) {
      if (turn.isVoid) return;
      this.#log.restart(spec.machine.cpus);
      this.#begin(settings());
      this.#fail(error);
      return;
    }
    if (turn.isVoid) return;
    execution.showLoaded();
    this.#begin({ ...settings(), schedule: spec.schedule });
  }

  /** Shows a saved run, or with null an empty log. */
  show(saved: Unpacked | null, cpus: number, settings: Partial<LabState>): void {
    this.#execution?.unload();
    if (saved === null) this.#log.restart(cpus);
    else this.#log.load(saved, cpus);
    this.#begin(settings);
  }

  #begin(settings: Partial<LabState>): void {
    this.#fault = null;
    this.#made = [];
    this.#run += 1;
    this.#cursor.place(this.#log.start);
    this.#publish({ ...settings, running: false, playing: this.#playback.isActive });
  }

  // Moving. Each takes its turn behind what was asked for before.
  // @throws Refusal for what lies ahead of a live run, and while it goes on: one cannot look back at it before it is over.

  step(count = 1): Promise<void> {
    return this.#move((turn) => {
      this.#refuseAhead();
      return this.#forward(turn, count);
    });
  }

  back(count = 1): Promise<void> {
    return this.#move(async () => this.#cursor.back(count));
  }

  seek(record: number): Promise<void> {
    return this.#move((turn) => this.goTo(turn, record));
  }

  toStart(): Promise<void> {
    return this.#move(async () => {
      this.#cursor.at = this.#log.start;
    });
  }

  toEnd(): Promise<void> {
    return this.runTo({});
  }

  /** Without a goal: to the end of the run. `steps` counts from the cursor. */
  runTo({ record = Infinity, steps = Infinity }: RunGoal): Promise<void> {
    return (this.isLiveAhead ? this.#runLive() : Promise.resolve()).then(() => this.#runUntil(record, steps));
  }

  /** The whole of a live run; there is no way to have less of it. */
  #runLive(): Promise<void> {
    return this.#turns.take(async (turn) => {
      if (!this.isLiveAhead) return;
      await this.#execute(turn, {}, true);
      if (turn.isVoid) return;
      this.#cursor.at = this.#log.tip;
      this.#publish();
    });
  }

  #runUntil(record: number, steps: number): Promise<void> {
    return this.#move(async (turn) => {
      const log = this.#log;
      const goalStep = log.stepAt(this.#cursor.at) + steps;
      if (record > log.records && goalStep > log.steps) {
        const until = {
          ...(Number.isFinite(record) ? { records: record } : {}),
          ...(Number.isFinite(steps) ? { steps: goalStep - log.steps } : {}),
        };
        await this.#execute(turn, until, true);
      }
      // A goal beyond the end is the end.
      const ends = [record <= log.records ? record : log.tip];
      if (goalStep <= log.steps) ends.push(log.boundary(goalStep));
      const goal = Math.min(...ends);
      if (goalStep === Infinity && record === Infinity && this.#execution?.status?.state === 'input') {
        this.#afterInput = () => void this.toEnd();
      }
      // A record is a place: one that lies behind is gone back to. A number of steps only leads on.
      this.#cursor.place(record <= log.records ? goal : Math.max(this.#cursor.at, goal));
    });
  }

  stepThread(tid: Tid, direction: 1 | -1): Promise<void> {
    return this.#move(async (turn) => {
      if (direction === 1) this.#refuseAhead();
      const find = (): number | null => this.#log.changeOf(tid, this.#cursor.at, direction);
      const found = direction === 1 ? await this.#search(turn, find) : find();
      if (found !== null) this.#cursor.at = found;
      else if (!turn.isVoid) {
        const thread = this.#log.at(this.#log.records).threads.find((one) => one.tid === tid);
        this.#notices.add('info', { key: 'notice.noMoreEvents', values: { name: thread?.shortName ?? String(tid) } });
      }
    });
  }

  goToEvent(link: string): Promise<void> {
    return this.#move(async (turn) => {
      this.#refuseAhead();
      const { anchorFor, parseAnchor, resolveAnchor } = await loadAnchors();
      const { engine, files } = this.#store.getState();
      const anchor = parseAnchor(anchorFor(link, engine));
      const { source } = files[engine];
      const found =
        anchor === null ? null : await this.#search(turn, () => resolveAnchor(this.#log.replay, anchor, source));
      if (found !== null) this.#cursor.at = found;
      else if (!turn.isVoid) this.#notices.add('info', { key: 'notice.noSuchEvent' });
    });
  }

  /** Precondition: inside a turn. Executes as far as needed. */
  async goTo(turn: Turn, record: number): Promise<void> {
    if (record > this.#log.records && !this.isLiveAhead) await this.#execute(turn, { records: record }, true);
    this.#cursor.place(Math.max(0, Math.min(record, this.#log.records)));
    this.#publish();
  }

  /** Precondition: inside a turn. Executes on while the cursor stays: for the measures of the whole run, if it is short. */
  async lookAhead(turn: Turn): Promise<void> {
    if (this.isLiveAhead) return;
    await this.#execute(turn, { steps: LOOK_AHEAD }, false);
    if (!turn.isVoid) this.#publish();
  }

  /** @throws Refusal when it cannot be taken. `andStep`: shows at once what the pick does. */
  pick(tid: Tid, andStep: boolean): Promise<void> {
    return this.#move(async (turn) => {
      if (!(await this.#standHere(turn))) return;
      mustBeTakeable(this.#log.at(this.#log.records), tid);
      await this.#choose(turn, tid, 'notice.pickRefused', (execution) => execution.pick(tid));
      if (andStep) await this.#forward(turn, 1);
    });
  }

  /** @throws Refusal when there is no such process any more. Goes on to the tick in which it ends; in a live run, at once. */
  async kill(tid: Tid, pid: Pid): Promise<void> {
    if (this.isRunningLive) {
      mustBeAlive(this.#log.at(this.#log.records), tid, pid);
      this.#execution?.input(InputKind.KILL, pid);
      return;
    }
    await this.#move(async (turn) => {
      if (!(await this.#standHere(turn))) return;
      mustBeAlive(this.#log.at(this.#log.records), tid, pid);
      const { inputs } = await this.#choose(turn, tid, 'notice.killRefused', (execution) => execution.kill(pid));
      await this.#goToInput(turn, inputs.findLast((input) => input.kind === 'kill' && input.pid === pid)?.tick);
    });
  }

  /** @throws Refusal when there is no pool. Goes on to the tick in which it is told; in a live run, at once. */
  async resizePool(size: number): Promise<void> {
    if (this.isRunningLive) {
      this.#execution?.input(InputKind.POOL, size);
      return;
    }
    await this.#move(async (turn) => {
      if (!(await this.#standHere(turn))) return;
      const { inputs } = await this.#choose(turn, null, 'notice.poolRefused', (execution) =>
        execution.resizePool(size),
      );
      await this.#goToInput(turn, inputs.findLast(({ kind }) => kind === 'pool')?.tick);
    });
  }

  /**
   * Types a line at the cursor; null = the end of the file. Goes on to the tick in which it is there; in a live run, at once.
   * `andGoOn`: what had stopped to wait for a line is taken up again.
   */
  async typeLine(line: string | null, andGoOn: boolean): Promise<void> {
    if (this.isRunningLive) {
      this.#execution?.typeLive(line);
      return;
    }
    const goOn = this.#afterInput;
    await this.#move(async (turn) => {
      if (!(await this.#standHere(turn))) return;
      const { inputs } = await this.#choose(turn, null, 'notice.lineRefused', (execution) => execution.typeLine(line));
      await this.#goToInput(turn, inputs.findLast(({ kind }) => kind === 'line')?.tick);
    });
    if (andGoOn) goOn?.();
  }

  async #goToInput(turn: Turn, tick: Ticks | undefined): Promise<void> {
    if (tick === undefined) return;
    await this.#execute(turn, { tick }, false);
    this.#cursor.at = this.#log.records;
  }

  play(): void {
    const { playing } = this.#store.getState();
    if (playing || (this.#log.isOver && this.#cursor.at >= this.#log.records)) return;
    if (this.isLiveAhead) {
      void this.#runLive();
      return;
    }
    this.#store.setState({ playing: true });
    this.#playback.start();
  }

  pause(): void {
    this.#stopPlaying();
    this.#execution?.interrupt();
  }

  /** For a load that will make void whatever is under way: playing goes on with the new run. */
  interrupt(): void {
    this.#execution?.interrupt();
  }

  /** Says again where the run stands, in the language of the store. */
  refresh(): void {
    this.#publish();
  }

  /** @throws Refusal when a live run would have to be executed. */
  #refuseAhead(): void {
    if (this.isLiveAhead) throw new Refusal({ key: 'notice.liveAhead' });
  }

  #move(work: (turn: Turn) => Promise<void>): Promise<void> {
    this.#afterInput = null;
    // To interrupt a live run is to end it.
    if (this.isRunningLive) return Promise.reject(new Refusal({ key: 'notice.liveRunning' }));
    if (this.#store.getState().playing) {
      this.#stopPlaying();
      this.#execution?.interrupt();
    }
    return this.#turns.take(async (turn) => {
      try {
        await work(turn);
      } finally {
        if (!turn.isVoid) this.#publish();
      }
    });
  }

  #stopPlaying(): void {
    this.#pauses += 1;
    this.#playback.stop();
    if (this.#store.getState().playing) this.#store.setState({ playing: false });
  }

  async #playOn(steps: number): Promise<void> {
    await this.#turns.take(async (turn) => {
      if (!this.#store.getState().playing) return;
      const isBehind = this.#cursor.at < this.#log.tip;
      if (steps !== Infinity || isBehind) await this.#forward(turn, Math.min(steps, FAST_FORWARD));
      else {
        await this.#execute(turn, {}, true);
        this.#cursor.at = this.#log.tip;
      }
      if (turn.isVoid) return;
      this.#publish();
      const { outcome, machine } = this.#store.getState();
      if (machine.end !== null || (outcome !== 'paused' && outcome !== 'ready')) this.#stopPlaying();
      if (outcome === 'input') this.#afterInput = () => this.play();
    });
  }

  async #forward(turn: Turn, steps: number): Promise<void> {
    const log = this.#log;
    const goal = this.#cursor.advance(steps);
    if (goal === null) return;
    if (goal > log.steps) await this.#execute(turn, { steps: goal - log.steps }, false);
    this.#cursor.at = goal <= log.steps ? log.boundary(goal) : log.tip;
  }

  /** Executes until `find` finds something; null when the run has come to a stop without it. */
  async #search(turn: Turn, find: () => number | null): Promise<number | null> {
    const pauses = this.#pauses;
    for (let steps = FIRST_SEARCH; ; steps *= 2) {
      const found = find();
      const before = this.#log.records;
      if (found !== null || this.#log.isOver) return found;
      await this.#execute(turn, { steps }, false);
      if (turn.isVoid || pauses !== this.#pauses || this.#log.records === before) return null;
    }
  }

  /** `follow`: the cursor goes along, so that one sees the progress; it counts as playing, and pausing stops it. */
  async #execute(turn: Turn, until: RunUntil, follow: boolean): Promise<void> {
    const execution = this.#execution;
    if (execution === null || !this.canRun || this.#log.isOver || turn.isVoid) return;
    const pauses = this.#pauses;
    try {
      await execution.run(until, () => {
        if (turn.isVoid) return;
        if (follow) this.#cursor.at = this.#log.tip;
        this.#publish({ running: true, ...(follow && pauses === this.#pauses ? { playing: true } : {}) });
      });
    } catch (error) {
      if (!turn.isVoid) this.#fail(error);
    }
    if (!turn.isVoid) this.#store.setState({ running: false, playing: this.#playback.isActive });
  }

  /** The kernel's own fault, not the program's: the run cannot go on, another one can be loaded. */
  #fail(error: unknown): void {
    this.#fault = wordsOf(error);
    this.#execution?.unload();
    this.#stopPlaying();
    this.#notices.add('error', { key: 'notice.kernelFailed', values: { message: this.#fault } });
    this.#publish();
  }

  /**
   * Brings the kernel to the cursor, at the end of the step that it stands in: by running again with the schedule up to there,
   * when the log goes on or a choice for later is known. False: a load, a pause or a fault came in between.
   */
  async #standHere(turn: Turn): Promise<boolean> {
    const execution = this.#execution;
    const spec = execution?.spec ?? null;
    if (execution === null || spec === null) throw new Refusal({ key: 'notice.pickLive' });
    if (spec.mode === 'live') throw new Refusal({ key: 'notice.liveChoice' });
    const log = this.#log;
    const step = log.stepAt(this.#cursor.at);
    const tick = log.tickOf(step);
    const { schedule } = this.#store.getState();
    // Picks are used with the step, inputs when a tick begins: one that the cursor has seen is not undone.
    const { inputs } = cutSchedule(schedule, log.at(this.#cursor.at).tick);
    const cut = { picks: cutSchedule(schedule, tick).picks, inputs };
    const made = this.#made.filter((pick) => pick.tick > tick).length;
    const isPrefix = cut.picks.length + made === schedule.picks.length && cut.inputs.length === schedule.inputs.length;
    const isAtEnd = step === log.steps && (!log.isOver || this.#cursor.at === log.records);
    if (isAtEnd && isPrefix) return true;
    try {
      const isShort = log.records < LOG_CAPACITY / 2;
      await execution.load({ ...spec, schedule: cut });
      if (turn.isVoid) return false;
      // A long log has to be copied while it is made, so one sees it being made again; a short one is shown when it is there.
      if (!isShort) this.#restart(step, cut);
      if (step > 0) await execution.run({ steps: step }, () => this.#publish({ running: true }));
      if (turn.isVoid) return false;
      if (isShort) this.#restart(step, cut);
    } catch (error) {
      if (!turn.isVoid) this.#fail(error);
      return false;
    }
    this.#cursor.at = log.boundary(step);
    this.#publish({ running: false });
    return log.steps === step;
  }

  #restart(step: number, schedule: Schedule): void {
    this.#execution?.showLoaded();
    this.#made = [];
    this.#run += 1;
    this.#cursor.at = this.#log.boundary(step);
    this.#publish({ schedule });
  }

  async #choose(
    turn: Turn,
    tid: Tid | null,
    refusal: 'notice.pickRefused' | 'notice.killRefused' | 'notice.poolRefused' | 'notice.lineRefused',
    ask: (execution: Execution) => Promise<Schedule>,
  ): Promise<Schedule> {
    const before = this.#store.getState().schedule;
    if (this.#execution === null || turn.isVoid) return before;
    try {
      const schedule = await ask(this.#execution);
      const known = new Set(before.picks.map(({ tick, tid: taken }) => `${tick}:${taken}`));
      this.#made = [...this.#made, ...schedule.picks.filter((pick) => !known.has(`${pick.tick}:${pick.tid}`))];
      this.#store.setState({ schedule });
      return schedule;
    } catch (error) {
      const thread = this.#log.at(this.#log.records).threads.find((one) => one.tid === tid);
      const values = { name: thread?.shortName ?? String(tid ?? ''), message: wordsOf(error) };
      throw new Refusal({ key: refusal, values });
    }
  }

  #publish(more: Partial<LabState> = {}): void {
    const log = this.#log;
    const machine = log.at(this.#cursor.at);
    const { lang } = this.#store.getState();
    const status = this.#execution?.status ?? null;
    this.#store.setState({
      ...more,
      ...standing({ log, cursor: this.#cursor.at, status, fault: this.#fault, lang }),
      log: log.store,
      run: this.#run,
      records: log.records,
      cursor: this.#cursor.at,
      step: log.stepAt(this.#cursor.at),
      steps: log.steps,
      machine,
      measures: log.measures,
      liveAhead: this.isLiveAhead,
    });
  }
}
