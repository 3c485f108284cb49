import { createAutomation, type ProcessionApi } from './state/automation.ts';
import { createEarlyAutomation } from './state/early-automation.ts';
import { exposeAutomation } from './state/expose-automation.ts';
import { ensureIsolation } from './host/isolation.ts';
import { createMachine, type Machine } from './host/machine.ts';
import { FIRST_SCENARIO, loadFiles, SCENARIOS } from '../scenarios/index.ts';
import { loadTexts } from './texts/translate.ts';
import { browserAddressBar, followAddress } from './state/address.ts';
import type { Lessons } from './state/link.ts';
import { Session } from './state/session.ts';
import type { HindranceKey } from './state/session-parts.ts';
import { browserLanguage, PreferenceStore } from './state/storage.ts';
import type { Language } from './state/lab.ts';
import { provideLab } from './state/use-lab.ts';

const LESSONS: Lessons = [FIRST_SCENARIO, ...SCENARIOS.filter((scenario) => scenario !== FIRST_SCENARIO)];

/** The machine of this page, or why there is none. */
async function makeMachine(): Promise<{ machine: Machine | null; hindrance: HindranceKey | null }> {
  const isolation = await ensureIsolation();
  if (!isolation.isolated) return { machine: null, hindrance: `hindrance.${isolation.reason}` };
  try {
    return { machine: await createMachine(), hindrance: null };
  } catch {
    return { machine: null, hindrance: 'hindrance.kernel' };
  }
}

async function loadRecording(lesson: string): Promise<unknown> {
  const response = await fetch(new URL(`recorded/${encodeURIComponent(lesson)}.json`, document.baseURI));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

/**
 * Makes the session of the page and opens what its address says. After it the views may be rendered; the lesson may still load.
 * `window.procession` is there at once, before anything is waited for.
 */
export async function boot(): Promise<Session> {
  const lab = makeLab();
  exposeAutomation(
    createEarlyAutomation(
      lab.then(({ automation }) => automation),
      browserLanguage(navigator.language),
    ),
  );
  return (await lab).session;
}

/** The language that the page will begin with. */
function firstLanguage(preferences: PreferenceStore): Language {
  const asked = /[?&]lang=(zh|en)(?:&|$)/.exec(location.hash)?.[1] as Language | undefined;
  return asked ?? preferences.current.lang ?? browserLanguage(navigator.language);
}

async function makeLab(): Promise<{ session: Session; automation: ProcessionApi }> {
  const preferences = new PreferenceStore(() => localStorage);
  const [{ machine, hindrance }] = await Promise.all([makeMachine(), loadTexts(firstLanguage(preferences))]);
  const session = new Session({
    lessons: LESSONS,
    loadFiles,
    loadRecording,
    machine,
    openMachine: createMachine,
    hindrance,
    preferences,
    frames: {
      request: (callback) => requestAnimationFrame(callback),
      cancel: (request) => cancelAnimationFrame(request),
    },
    cores: navigator.hardwareConcurrency,
    language: browserLanguage(navigator.language),
    address: () => location.href.replace(/#.*$/, ''),
  });
  provideLab({ store: session.store, actions: session });
  const bar = browserAddressBar();
  const automation = createAutomation(session, session.openLink(bar.hash));
  followAddress(session, bar);
  return { session, automation };
}
