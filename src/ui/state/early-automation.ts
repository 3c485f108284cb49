import type { ProcessionApi } from './automation.ts';
import type { Language } from './lab.ts';

/** Here, because no texts have been loaded either. */
const NOT_READY: Readonly<Record<Language, string>> = {
  zh: '实验室还没有准备好：请先等待 procession.ready，再调用 {{name}}()。',
  en: 'The lab is not there yet: wait for procession.ready before you call {{name}}().',
};

/**
 * The automation of a lab that is still being made, for scripts that run before it is there: calls wait for it, in their order,
 * and what would have to be answered at once throws until then. `ready` is that of the lab, and rejects if there will be none.
 */
export function createEarlyAutomation(coming: Promise<ProcessionApi>, lang: Language): ProcessionApi {
  let lab: ProcessionApi | null = null;
  const ready = coming.then((made) => {
    lab = made;
    return made.ready;
  });
  // Whoever made the lab hears of the failure; nobody else need wait for `ready`.
  ready.catch(() => {});
  /** @throws Error in the language of the browser, for the lab's own is not known yet. */
  const now = (name: keyof ProcessionApi): ProcessionApi => {
    if (lab === null) throw new Error(NOT_READY[lang].replace('{{name}}', name));
    return lab;
  };
  return {
    ready,
    open: async (link) => (await coming).open(link),
    run: async (options) => (await coming).run(options),
    step: async (n) => (await coming).step(n),
    back: async (n) => (await coming).back(n),
    seek: async (record) => (await coming).seek(record),
    pick: async (tid) => (await coming).pick(tid),
    typeLine: async (line) => (await coming).typeLine(line),
    set: async (name, value) => (await coming).set(name, value),
    program: async (source) => (await coming).program(source),
    status: () => now('status').status(),
    log: () => now('log').log(),
    stdout: () => now('stdout').stdout(),
    metrics: () => now('metrics').metrics(),
    link: () => now('link').link(),
    hash: () => now('hash').hash(),
    trace: () => now('trace').trace(),
    openTrace: async (trace, name) => (await coming).openTrace(trace, name),
  };
}
