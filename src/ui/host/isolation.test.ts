import { describe, expect, test } from 'vitest';
import { ensureIsolation, type Page } from './isolation.ts';

/** A browser tab with its history of loads; `isolates` tells whether the service worker's headers have an effect. */
class Tab {
  loads = 1;
  registered: { url: string; scope: string }[] = [];
  stored = new Map<string, string>();
  workerState: ServiceWorkerState = 'activated';
  isolates = true;
  overrides: Partial<Page> = {};

  page(): Page {
    const { registered, stored, workerState } = this;
    const page = {
      crossOriginIsolated: this.isolates && this.loads > 1 && this.registered.length > 0,
      isSecureContext: true,
      parent: undefined as unknown,
      navigator: {
        serviceWorker: {
          async register(url: URL, { scope }: { scope: string }) {
            registered.push({ url: url.href, scope });
            const worker = { state: workerState, addEventListener: () => {} };
            return { installing: worker, waiting: null, active: null };
          },
        },
      },
      sessionStorage: {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => void stored.set(key, value),
        removeItem: (key: string) => void stored.delete(key),
      },
      document: { baseURI: 'https://school.example/labs/procession/index.html#/philosophers?seed=3' },
      location: { reload: () => void (this.loads += 1) },
    };
    page.parent = page;
    return Object.assign(page, this.overrides);
  }

  /** Loads the page until it stops reloading itself. */
  async settle() {
    for (;;) {
      const loads = this.loads;
      const leaving = new Promise<'leaving'>((resolve) => setTimeout(() => resolve('leaving'), 0));
      const result = await Promise.race([ensureIsolation(this.page()), leaving]);
      if (result !== 'leaving') return result;
      if (this.loads === loads) throw new Error('the page neither settled nor reloaded');
      if (this.loads > 5) throw new Error('the page reloads for ever');
    }
  }
}

describe('ensureIsolation', () => {
  test('a page that is isolated by its server registers nothing', async () => {
    const tab = new Tab();
    tab.overrides = { crossOriginIsolated: true };
    expect(await tab.settle()).toEqual({ isolated: true });
    expect(tab.registered).toEqual([]);
    expect(tab.loads).toBe(1);
  });

  test('a page of a plain host is isolated after exactly one reload', async () => {
    const tab = new Tab();
    expect(await tab.settle()).toEqual({ isolated: true });
    expect(tab.loads).toBe(2);
  });

  test('the worker and its scope are relative to the page', async () => {
    const tab = new Tab();
    await tab.settle();
    expect(tab.registered).toEqual([
      {
        url: 'https://school.example/labs/procession/isolation-worker.js',
        scope: 'https://school.example/labs/procession/',
      },
    ]);
  });

  test('a reload without effect is not repeated', async () => {
    const tab = new Tab();
    tab.isolates = false;
    expect(await tab.settle()).toEqual({ isolated: false, reason: 'no-effect' });
    expect(tab.loads).toBe(2);
    expect(await tab.settle()).toEqual({ isolated: false, reason: 'no-effect' });
    expect(tab.loads).toBe(2);
  });

  test('an isolated page may reload again when a later load is not', async () => {
    const tab = new Tab();
    await tab.settle();
    expect(tab.stored.size).toBe(0);
  });

  test.each<[reason: string, overrides: Partial<Page>]>([
    ['insecure-context', { isSecureContext: false, navigator: {} }],
    ['embedded', { parent: {} }],
    ['no-service-worker', { navigator: {} }],
  ])('%s is named as the obstacle', async (reason, overrides) => {
    const tab = new Tab();
    tab.overrides = overrides;
    expect(await tab.settle()).toEqual({ isolated: false, reason });
    expect(tab.loads).toBe(1);
  });

  test('a refused service worker is told with the words of the browser', async () => {
    const tab = new Tab();
    const register = () => Promise.reject(new Error('The user denied permission'));
    tab.overrides = { navigator: { serviceWorker: { register } } };
    expect(await tab.settle()).toEqual({ isolated: false, reason: 'blocked', detail: 'The user denied permission' });
  });

  test('a worker that fails to install is an obstacle, not a wait', async () => {
    const tab = new Tab();
    tab.workerState = 'redundant';
    expect(await tab.settle()).toEqual({ isolated: false, reason: 'blocked' });
  });

  test('without storage for the mark the page does not reload', async () => {
    const tab = new Tab();
    const denied = () => {
      throw new Error('denied');
    };
    tab.overrides = { sessionStorage: { getItem: denied, setItem: denied, removeItem: denied } };
    expect(await tab.settle()).toEqual({ isolated: false, reason: 'blocked', detail: 'denied' });
    expect(tab.loads).toBe(1);
  });
});
