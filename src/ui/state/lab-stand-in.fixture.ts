import { createStore } from 'zustand/vanilla';
import { DEFAULT_MACHINE, NO_SCHEDULE } from '../../abi/config.ts';
import type { LogStore } from '../../replay/log-store.ts';
import { measuresAt } from '../../replay/measures.ts';
import { Replay } from '../../replay/replay.ts';
import { StepIndex } from '../../replay/steps.ts';
import { Transitions } from '../../replay/transitions.ts';
import type { LabActions, LabState, Language, Scenario } from './lab.ts';
import { provideLab, type Lab } from './use-lab.ts';

const NOTHING = { zh: '', en: '' };
const SCENARIO: Scenario = {
  id: 'stand-in',
  title: NOTHING,
  summary: NOTHING,
  parameters: {},
  machine: {},
  workers: null,
  stepBy: 'line',
  launcher: false,
};
const LISTING = { source: '', lines: [] };

/** A lab over a finished log: everything about the cursor works, nothing can be run. */
export function provideStandIn(log: LogStore, cpus = 1, lang: Language = 'en'): Lab {
  const replay = new Replay(log, cpus);
  const steps = new StepIndex(log);
  const transitions = new Transitions(log);
  for (const index of [replay, steps, transitions]) index.extend();
  const at = (record: number): Partial<LabState> => {
    const cursor = Math.max(0, Math.min(log.count, record));
    return { cursor, machine: replay.at(cursor), step: steps.stepAt(cursor) };
  };
  const store = createStore<LabState>(() => ({
    ready: true,
    hindrance: null,
    lang,
    engine: 'ts',
    stepBy: 'line',
    library: false,
    lessons: [SCENARIO],
    done: [],
    scenario: SCENARIO,
    files: { ts: { ...LISTING, language: 'ts' }, py: { ...LISTING, language: 'py' }, text: NOTHING, questions: [] },
    parameters: {},
    config: { ...DEFAULT_MACHINE, cpus },
    mode: log.live ? 'live' : 'stepped',
    pool: null,
    schedule: NO_SCHEDULE,
    saved: null,
    code: null,
    original: null,
    ran: '',
    boot: null,
    embed: false,
    tab: 'output',
    theme: 'auto',
    log,
    run: 1,
    records: log.count,
    cursor: log.count,
    step: steps.count,
    steps: steps.count,
    machine: replay.at(log.count),
    outcome: 'paused',
    message: null,
    measures: measuresAt(replay, log.count),
    measuresBefore: null,
    liveAhead: false,
    experiments: [],
    measuring: false,
    running: false,
    playing: false,
    speed: 4,
    selected: null,
    hovered: null,
    notices: [],
  }));
  const seek = async (record: number): Promise<void> => store.setState(at(record));
  const nothing = async (): Promise<void> => {};
  const actions: LabActions = {
    openLesson: nothing,
    openLink: nothing,
    play: () => store.setState({ playing: true }),
    pause: () => store.setState({ playing: false }),
    step: (count = 1) => seek(steps.boundary(store.getState().step + count)),
    back: (count = 1) => seek(steps.boundary(store.getState().step - count)),
    seek,
    stepThread: async (direction) => {
      const { selected, cursor } = store.getState();
      if (selected === null) return;
      const found = direction === 1 ? transitions.next(selected, cursor) : transitions.previous(selected, cursor);
      if (found !== null) await seek(found);
    },
    goToEvent: nothing,
    toStart: () => seek(steps.boundary(0)),
    toEnd: () => seek(log.count),
    pick: nothing,
    kill: nothing,
    setParameter: nothing,
    setConfig: nothing,
    setMode: nothing,
    setStepBy: nothing,
    setLibrary: (library) => store.setState({ library }),
    setPool: nothing,
    typeLine: nothing,
    setEngine: async (engine) => store.setState({ engine }),
    cancelBoot: () => {},
    edit: nothing,
    runProgram: nothing,
    openProgram: nothing,
    setLanguage: (next) => store.setState({ lang: next }),
    setSpeed: (speed) => store.setState({ speed }),
    setTab: (tab) => store.setState({ tab }),
    setTheme: (theme) => store.setState({ theme }),
    markDone: () => {},
    select: (selected) => store.setState({ selected }),
    hover: (hovered) => store.setState({ hovered }),
    dismiss: () => {},
    link: () => '',
    savedRun: () => null,
    openRun: nothing,
    measure: nothing,
    stopMeasuring: () => {},
    tellUnread: () => {},
  };
  const lab: Lab = { store, actions };
  provideLab(lab);
  return lab;
}
