import type { Session } from './session.ts';

/** What is used of the browser's address bar. */
export interface AddressBar {
  readonly hash: string;
  /** Changes the fragment without an entry in the history, and without an event. */
  replace(hash: string): void;
  /** Changes the fragment with an entry in the history, and without an event. */
  push(hash: string): void;
  /** Calls when the user, or a link in the page, has changed the fragment. */
  onChange(listener: () => void): void;
}

/** Browsers refuse more than some hundred changes of the address in half a minute. */
const QUIET_MS = 300;

/**
 * Keeps the fragment of the address the link to what is shown, once that has rested for a moment; and opens the link that the
 * user types, follows or goes back to. Only another lesson makes an entry in the history.
 */
export function followAddress(session: Session, bar: AddressBar): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let written = bar.hash;
  const lessonOf = (hash: string): string => session.parse(hash).view.scenario.id;

  const write = (): void => {
    timer = null;
    const { playing, running, ready } = session.store.getState();
    if (!ready || playing || running || session.isLoading) return;
    const hash = session.link().slice(session.link().indexOf('#'));
    if (hash === written) return;
    // Another lesson is another page: Back leads to the one before, as it was left.
    const isAnother = lessonOf(hash) !== lessonOf(written);
    written = hash;
    if (isAnother) bar.push(hash);
    else bar.replace(hash);
  };
  session.store.subscribe(() => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(write, QUIET_MS);
  });
  bar.onChange(() => {
    if (bar.hash === written) return;
    written = bar.hash;
    void session.openLink(bar.hash);
  });
}

export function browserAddressBar(): AddressBar {
  return {
    get hash() {
      return location.hash;
    },
    replace: (hash) => history.replaceState(history.state, '', hash),
    push: (hash) => history.pushState(null, '', hash),
    onChange: (listener) => window.addEventListener('hashchange', listener),
  };
}
