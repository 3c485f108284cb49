import { MantineProvider } from '@mantine/core';
import type { ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Kind, Operation, ReadyCause, RunEnd, Stream } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { randomRun } from '../../../replay/random-run.fixture.ts';
import { provideStandIn } from '../../state/lab-stand-in.fixture.ts';
import type { Lab } from '../../state/use-lab.ts';
import { Measures } from '../measures/measures.tsx';
import { Output } from '../output/output.tsx';
import { Events } from './events.tsx';

const LOCK = 1;

/** P1 takes the lock and prints, P2 asks for it and complains. */
function script(): LogScript {
  const made = new LogScript().process(1).process(2).lock(LOCK, 'tickets').ready(1, ReadyCause.CREATED);
  made
    .ready(2, ReadyCause.CREATED)
    .dispatch(1)
    .line(1, 4)
    .call(1, Operation.ACQUIRE, LOCK)
    .done(1, Operation.ACQUIRE, LOCK);
  made.at(1).line(1, 5).print(1, 'sold\n').at(2).preempt(1).dispatch(2).line(2, 9);
  return made.print(2, 'no ticket\n', Stream.STDERR).end(RunEnd.FINISHED);
}

let root: Root;
let box: HTMLElement;
let lab: Lab;

function mount(view: ReactElement, log = script().log): void {
  lab = provideStandIn(log);
  root.render(
    <MantineProvider>
      <div style={{ display: 'flex', flexDirection: 'column', width: 480, height: 260 }}>{view}</div>
    </MantineProvider>,
  );
}

const recordOf = (kind: number): number => {
  const { log } = lab.store.getState();
  return Array.from({ length: log.count }, (_, n) => n).findIndex((n) => log.kind(n) === kind);
};

beforeEach(() => {
  box = document.createElement('div');
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

describe('the output', () => {
  it('is what was printed up to the cursor, with its author and its stream', async () => {
    mount(<Output />);
    await vi.waitFor(() => expect(box.textContent).toContain('no ticket'));
    expect(box.querySelector('[data-stream=stderr]')?.textContent).toContain('no ticket');
    expect(box.querySelector('[data-stream=stdout]')?.textContent).toBe('sold');
    await lab.actions.seek(recordOf(Kind.PRINT) + 1);
    await vi.waitFor(() => expect(box.textContent).not.toContain('no ticket'));
    expect(box.textContent).toContain('P1');
    await lab.actions.seek(recordOf(Kind.PRINT));
    await vi.waitFor(() => expect(box.querySelector('ol')).toBeNull());
  });
});

describe('the events', () => {
  it('are sentences, and a click goes to the moment after one', async () => {
    mount(<Events />);
    await lab.actions.seek(3);
    const find = (): HTMLButtonElement | undefined =>
      [...box.querySelectorAll('button')].find((button) => button.textContent?.includes('executes line 4'));
    await vi.waitFor(() => expect(find()).toBeDefined());
    find()?.click();
    await vi.waitFor(() => expect(lab.store.getState().cursor).toBe(recordOf(Kind.LINE) + 1));
    expect(box.querySelector('[aria-current=step]')?.textContent).toContain('executes line 4');
  });

  it('of a long run are not all in the document, and the cursor’s is in view', async () => {
    const { log } = randomRun(2, 400);
    mount(<Events />, log);
    for (const record of [log.count, 1, Math.floor(log.count / 2)]) {
      await lab.actions.seek(record);
      await vi.waitFor(() => expect(box.querySelector('[data-here]')).not.toBeNull());
      const row = box.querySelector('[data-here]') as HTMLElement;
      const { top, bottom } = (box.querySelector('[role=region]') as HTMLElement).getBoundingClientRect();
      expect(row.getBoundingClientRect().top).toBeGreaterThanOrEqual(top - 1);
      expect(row.getBoundingClientRect().bottom).toBeLessThanOrEqual(bottom + 1);
      expect(box.querySelectorAll('li').length).toBeLessThan(20);
    }
  });
});

describe('the measures', () => {
  it('are those at the cursor', async () => {
    mount(<Measures />);
    const cells = (row: number): (string | null)[] =>
      [...(box.querySelectorAll('tbody tr')[row]?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent);
    // arrival, response, turnaround, waiting, blocked, cpu: P2 has waited two ticks and run one
    await vi.waitFor(() => expect(cells(1)).toEqual(['0', '2', '–', '2', '0', '1']));
    await lab.actions.seek(recordOf(Kind.LINE) + 1);
    await vi.waitFor(() => expect(cells(1)).toEqual(['0', '–', '–', '1', '0', '0']));
  });
});
