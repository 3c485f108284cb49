import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BlockReason, ReadyCause } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { provideStandIn } from '../../state/lab-stand-in.fixture.ts';
import type { Lab } from '../../state/use-lab.ts';
import { StateDiagram } from './diagram.tsx';
import '../../theme.css';
import '../palette/palette.css';

let stage: HTMLElement;
let root: Root;
let lab: Lab;

beforeEach(() => {
  const script = new LogScript().process(1).process(2).lock(1, 'tickets');
  script.ready(1, ReadyCause.CREATED).ready(2, ReadyCause.CREATED).dispatch(1).line(1, 3);
  script.block(1, BlockReason.LOCK, 1).at(1).dispatch(2).line(2, 9).terminate(2);
  lab = provideStandIn(script.log, 1, 'zh');
  stage = document.createElement('div');
  stage.style.width = '700px';
  stage.style.height = '480px';
  document.body.append(stage);
  root = createRoot(stage);
});

afterEach(() => {
  root.unmount();
  stage.remove();
});

const stateOf = (tid: number): string | null =>
  stage.querySelector(`.token[data-tid="${tid}"]`)?.getAttribute('data-state') ?? null;
const lit = (): string[] =>
  [...stage.querySelectorAll('.arrow.lit')].map((arrow) => arrow.getAttribute('data-arrow') ?? '');

describe('the diagram of the lab', () => {
  test('follows the cursor, forwards and back, and looks the same in both directions', async () => {
    await lab.actions.toStart();
    flushSync(() => root.render(<StateDiagram />));
    expect([stateOf(1), stateOf(2)]).toEqual(['New', 'New']);
    await lab.actions.step();
    await expect.poll(() => stateOf(1)).toBe('Blocked');
    expect(lit()).toEqual(['admit', 'dispatch', 'block']);
    const once = stage.innerHTML;
    await lab.actions.step();
    await expect.poll(() => stateOf(2)).toBe('Terminated');
    await lab.actions.back();
    await expect.poll(() => stateOf(1)).toBe('Blocked');
    expect(stage.innerHTML).toBe(once);
  });

  test('pointing and clicking mark the thread for all views', async () => {
    flushSync(() => root.render(<StateDiagram />));
    const token = stage.querySelector('.token[data-tid="2"]');
    if (token === null) throw new Error('no token');
    await userEvent.hover(token);
    expect(lab.store.getState().hovered).toBe(2);
    await userEvent.click(token);
    expect(lab.store.getState().selected).toBe(2);
    await expect.poll(() => token.getAttribute('aria-pressed')).toBe('true');
  });
});
