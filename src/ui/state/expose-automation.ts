import type { ProcessionApi } from './automation.ts';

declare global {
  interface Window {
    /** The lab for tests, notebooks and embedding pages. */
    procession: ProcessionApi;
  }
}

/** Hands the lab to scripts of the page. Precondition: once, before anything waits for `procession.ready`. */
export function exposeAutomation(automation: ProcessionApi): void {
  Object.defineProperty(window, 'procession', {
    value: Object.freeze(automation),
    configurable: true,
    enumerable: true,
  });
}
