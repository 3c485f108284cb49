/**
 * Shared memory needs a cross-origin isolated page. A server that sends the two headers gives one at once; on any other
 * host a service worker adds them (`public/isolation-worker.js`), and the page has to load once more to receive them.
 */

/** Why the page is not isolated. `detail` of the result carries the browser's own words where it gave any. */
export type IsolationObstacle =
  /** Plain http on another machine: neither service workers nor shared memory exist there. */
  | 'insecure-context'
  /** In a frame only the embedding page can allow it, with headers of its own and `allow="cross-origin-isolated"`. */
  | 'embedded'
  /** The browser has no service workers here (some private windows). */
  | 'no-service-worker'
  /** The browser refused the service worker, or the storage that guards against reloading for ever. */
  | 'blocked'
  /** Everything was granted and the page was loaded again, yet the browser does not isolate it. */
  | 'no-effect';

export type Isolation = { isolated: true } | { isolated: false; reason: IsolationObstacle; detail?: string };

interface Worker {
  readonly state: ServiceWorkerState;
  addEventListener(type: 'statechange', listener: () => void): void;
}

interface Registration {
  readonly installing: Worker | null;
  readonly waiting: Worker | null;
  readonly active: Worker | null;
}

/** What is used of `window`, so that a test can be one. */
export interface Page {
  readonly crossOriginIsolated: boolean;
  readonly isSecureContext: boolean;
  readonly parent: unknown;
  readonly navigator: {
    readonly serviceWorker?: { register(url: URL, options: { scope: string }): Promise<Registration> };
  };
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly document: { readonly baseURI: string };
  readonly location: { reload(): void };
}

const RELOADED = 'procession.isolation.reloaded';

/** Resolves when the newest worker of the registration handles requests, or with false if it failed to install. */
function isActive({ installing, waiting, active }: Registration): Promise<boolean> {
  const worker = installing ?? waiting ?? active;
  return new Promise((resolve) => {
    const look = () => {
      if (worker === null || worker.state === 'redundant') resolve(false);
      else if (worker.state === 'activated') resolve(true);
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}

async function reloadThroughWorker(page: Page): Promise<Isolation> {
  const workers = page.navigator.serviceWorker;
  if (workers === undefined) return { isolated: false, reason: 'no-service-worker' };
  // The mark is set before the reload and taken away only by an isolated page, so there is never a second reload.
  const reloaded = page.sessionStorage.getItem(RELOADED) !== null;
  const folder = new URL('./', page.document.baseURI);
  const registration = await workers.register(new URL('isolation-worker.js', folder), { scope: folder.href });
  if (!(await isActive(registration))) return { isolated: false, reason: 'blocked' };
  if (reloaded) return { isolated: false, reason: 'no-effect' };
  page.sessionStorage.setItem(RELOADED, 'yes');
  page.location.reload();
  // The page is on its way out: nothing may start in it.
  return new Promise(() => {});
}

/**
 * Makes the page cross-origin isolated if that is possible at all, by loading it once more when it must. Call it before
 * anything else of the app runs: where the page reloads, the promise never resolves.
 */
export async function ensureIsolation(page: Page = window): Promise<Isolation> {
  if (page.crossOriginIsolated) {
    forgetReload(page);
    return { isolated: true };
  }
  if (!page.isSecureContext) return { isolated: false, reason: 'insecure-context' };
  if (page.parent !== page) return { isolated: false, reason: 'embedded' };
  try {
    return await reloadThroughWorker(page);
  } catch (error) {
    return { isolated: false, reason: 'blocked', detail: error instanceof Error ? error.message : String(error) };
  }
}

function forgetReload(page: Page): void {
  try {
    page.sessionStorage.removeItem(RELOADED);
  } catch {
    // Storage is forbidden here, so no mark was ever set.
  }
}
