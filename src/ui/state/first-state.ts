import { NO_SCHEDULE } from '../../abi/config.ts';
import type { LessonFiles } from '../../scenarios/scenario.ts';
import type { LabState, Language } from './lab.ts';
import type { Lessons } from './link.ts';
import type { RunLog } from './run-log.ts';
import type { Preferences } from './storage.ts';
import { defaultView } from './view.ts';

const NOTHING: LessonFiles = {
  ts: { language: 'ts', source: '', lines: [] },
  py: { language: 'py', source: '', lines: [] },
  text: { zh: '', en: '' },
  questions: [],
};

/** The store before the first lesson is loaded. */
export function firstState(lessons: Lessons, preferences: Preferences, language: Language, log: RunLog): LabState {
  const [scenario] = lessons;
  const view = defaultView(scenario);
  const { theme, lang, done } = preferences;
  return {
    ready: false,
    hindrance: null,
    lang: lang ?? language,
    engine: view.engine,
    lessons,
    done,
    scenario,
    files: NOTHING,
    parameters: view.parameters,
    config: view.config,
    mode: view.mode,
    stepBy: view.stepBy,
    pool: view.pool,
    schedule: NO_SCHEDULE,
    saved: null,
    code: null,
    original: null,
    ran: null,
    boot: null,
    embed: false,
    library: view.library,
    tab: view.tab,
    theme,
    log: log.store,
    run: 0,
    records: 0,
    cursor: 0,
    step: 0,
    steps: 0,
    machine: log.at(0),
    outcome: 'ready',
    message: null,
    measures: null,
    measuresBefore: null,
    liveAhead: false,
    experiments: [],
    measuring: false,
    running: false,
    playing: false,
    speed: view.speed,
    selected: null,
    hovered: null,
    notices: [],
  };
}
