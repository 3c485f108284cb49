import { MantineProvider } from '@mantine/core';
import axe from 'axe-core';
import type { ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Kind, Operation } from '../../../abi/record.ts';
import type { LogStore } from '../../../replay/log-store.ts';
import { provideStandIn } from '../../state/lab-stand-in.fixture.ts';
import type { Lab } from '../../state/use-lab.ts';
import { Graph } from '../graph/graph.tsx';
import { Memory } from '../memory/memory.tsx';
import { everyObject, Id, philosophers } from './every-object.fixture.ts';
import { Objects } from './objects.tsx';

let root: Root;
let box: HTMLElement;
let lab: Lab;

function mount(view: ReactElement, log: LogStore = everyObject().log): void {
  lab = provideStandIn(log);
  root.render(
    <MantineProvider>
      <main style={{ display: 'flex', flexDirection: 'column', width: 700, height: 500 }}>{view}</main>
    </MantineProvider>,
  );
}

async function card(id: number): Promise<HTMLElement> {
  return vi.waitFor(() => {
    const found = box.querySelector<HTMLElement>(`[data-object="${id}"]`);
    if (found === null) throw new Error(`no card of object ${id}`);
    return found;
  });
}

/** Rules about the page as a whole do not apply to one view. */
async function violations(): Promise<string[]> {
  const rules = { 'page-has-heading-one': { enabled: false }, 'heading-order': { enabled: false } };
  const { violations: found } = await axe.run(box, { rules });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
}

beforeEach(() => {
  box = document.createElement('div');
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

describe('the objects', () => {
  it('say in words what their pictures show', async () => {
    mount(<Objects />);
    const label = async (id: number) => (await card(id)).querySelector('svg[role=img]')?.getAttribute('aria-label');
    expect(await label(Id.SEMAPHORE)).toBe('semaphore “rooms”, Counter 1');
    expect(await label(Id.BARRIER)).toBe('barrier “start”, 1 of 3 have arrived');
    expect(await label(Id.QUEUE)).toContain("'tea', 'cake', 42");
    expect((await card(Id.LOCK)).textContent).toContain('P3');
  });

  it('follow the cursor', async () => {
    mount(<Objects />);
    const { log } = lab.store.getState();
    const taken = Array.from({ length: log.count }, (_, n) => n).findIndex(
      (n) => log.kind(n) === Kind.DONE && log.aux(n) === Operation.ACQUIRE,
    );
    await lab.actions.seek(taken);
    await vi.waitFor(async () => expect((await card(Id.LOCK)).textContent).toContain('free'));
    await lab.actions.seek(taken + 1);
    await vi.waitFor(async () => expect((await card(Id.LOCK)).textContent).toContain('P3'));
    expect(box.querySelector(`[data-object="${Id.QUEUE}"]`)).toBeNull();
  });

  it('are opened by a button, and then show their parts, which are nowhere else', async () => {
    mount(<Objects />);
    const queue = await card(Id.QUEUE);
    expect(box.querySelector(`[data-object="${Id.READ_LOCK}"]`)).toBeNull();
    const button = queue.querySelector<HTMLButtonElement>('button[aria-expanded]');
    expect(button?.getAttribute('aria-label')).toBe('Look inside queue “orders”');
    button?.click();
    await vi.waitFor(() => expect(button?.getAttribute('aria-expanded')).toBe('true'));
    const lock = await card(Id.READ_LOCK);
    expect(queue.contains(lock)).toBe(true);
    expect(lock.textContent).toContain('read lock');
    button?.click();
    await vi.waitFor(() => expect(box.querySelector(`[data-object="${Id.READ_LOCK}"]`)).toBeNull());
  });

  it('light up a thread wherever it is when one points at it', async () => {
    mount(<Objects />);
    const badges = async () => (await card(Id.PIPE)).querySelectorAll<HTMLButtonElement>('button');
    lab.actions.hover(lab.store.getState().machine.threads[2]?.tid ?? null);
    await vi.waitFor(async () => expect([...(await badges())].some((one) => one.dataset['lit'] === '')).toBe(true));
    const lit = [...box.querySelectorAll<HTMLElement>('button[data-lit]')].map(({ textContent }) => textContent);
    expect(new Set(lit)).toEqual(new Set(['P3']));
    expect(lit.length).toBeGreaterThan(2);
  });
});

describe('the memory', () => {
  it('has a variable of one name in two processes, each with its own value and writer', async () => {
    mount(<Memory />);
    const rows = await vi.waitFor(() => {
      const found = [...box.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
      expect(found).toHaveLength(2);
      return found;
    });
    expect(rows).toEqual(['counter2P1.T2', "counter['a', 2]changed in the last stepP3"]);
  });
});

describe('the wait-for graph', () => {
  it('says the circle, every arrow, and is empty before anybody waits', async () => {
    mount(<Graph />, philosophers().log);
    await vi.waitFor(() => expect(box.textContent).toContain('A circle: deadlock'));
    expect(box.querySelectorAll('svg path[data-edge]')).toHaveLength(12);
    expect(box.querySelectorAll('svg path[data-cycle]')).toHaveLength(10);
    expect([...box.querySelectorAll('li')].filter((item) => item.textContent?.includes('in the circle'))).toHaveLength(
      10,
    );
    await lab.actions.seek(3);
    await vi.waitFor(() => expect(box.querySelector('main')?.textContent).toBe('Nobody waits for anybody.'));
  });
});

describe('axe finds nothing wrong', () => {
  it.each([
    ['the objects', <Objects key="objects" />, everyObject().log],
    ['the memory', <Memory key="memory" />, everyObject().log],
    ['the wait-for graph', <Graph key="graph" />, philosophers().log],
  ] as const)('with %s', async (_name, view, log) => {
    mount(view, log);
    await vi.waitFor(() => expect(box.querySelector('[role=region]')).not.toBeNull());
    for (const button of box.querySelectorAll<HTMLButtonElement>('button[aria-expanded=false]')) button.click();
    expect(await violations()).toEqual([]);
  });
});
