import { createRoot, type Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { cdp, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../theme.css';
import '../palette/palette.css';
import { ObjectKind } from '../../../abi/objects.ts';
import { BlockReason } from '../../../abi/record.ts';
import { asTid } from '../../../base/ids.ts';
import type { MachineState } from '../../../replay/model.ts';
import { translator } from '../../texts/translate.ts';
import { causeOf } from './cause-words.ts';
import { machineOf, withThread, type MachineSketch } from './machine.fixture.ts';
import type { Passage } from './passage.ts';
import { PlainDiagram, type PlainDiagramProps } from './plain-diagram.tsx';

interface Cdp {
  send(method: string, parameters: object): Promise<unknown>;
}

const t = translator('en');
const onHover = vi.fn<PlainDiagramProps['onHover']>();
const onSelect = vi.fn<PlainDiagramProps['onSelect']>();
const onPick = vi.fn<PlainDiagramProps['onPick']>();
let stage: HTMLElement;
let root: Root;

beforeEach(() => {
  stage = document.createElement('div');
  stage.style.width = '700px';
  stage.style.height = '500px';
  document.body.append(stage);
  root = createRoot(stage);
});

afterEach(async () => {
  root.unmount();
  stage.remove();
  vi.clearAllMocks();
  await emulateReducedMotion(false);
});

const emulateReducedMotion = (reduce: boolean): Promise<unknown> =>
  (cdp() as unknown as Cdp).send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-reduced-motion', value: reduce ? 'reduce' : 'no-preference' }],
  });

function show(machine: MachineState, props: Partial<PlainDiagramProps> = {}): void {
  flushSync(() =>
    root.render(
      <PlainDiagram
        machine={machine}
        cpus={machine.cpus.length}
        changes={[]}
        passagesSince={() => []}
        ticksOver={({ tick }) => tick}
        motionMs={60_000}
        t={t}
        selected={null}
        hovered={null}
        pickable={false}
        pressPicks={false}
        onHover={onHover}
        onSelect={onSelect}
        onPick={onPick}
        {...props}
      />,
    ),
  );
}

const token = (tid: number): SVGGElement => {
  const found = stage.querySelector<SVGGElement>(`.token[data-tid="${tid}"]`);
  if (found === null) throw new Error(`no token of thread ${tid}`);
  return found;
};

const ways = (): Animation[] => stage.getAnimations({ subtree: true }).filter(({ id }) => id === 'way');

const centreOf = (element: Element): { x: number; y: number } => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};

const freeze = (atMs: number): void => {
  for (const animation of ways()) {
    animation.pause();
    animation.currentTime = atMs;
  }
};

const SKETCH: MachineSketch = {
  threads: [
    { state: 'Ready' },
    { state: 'Running', cpu: 0, line: 7 },
    { state: 'Blocked', reason: BlockReason.LOCK, object: 1 },
  ],
  objects: [{ kind: ObjectKind.LOCK, name: 'tickets_lock', holder: 2 }],
};
const before = machineOf(SKETCH);
const after = machineOf(withThread(SKETCH, 2, { state: 'Blocked', reason: BlockReason.LOCK, object: 1 }));
const passages: Passage[] = [{ machine: after, change: { tid: asTid(2), from: 'Running', to: 'Blocked' } as const }];

const passagesSince = (): readonly Passage[] => passages;

describe('PlainDiagram', () => {
  test('a token travels along its arrow, and only the browser moves it', () => {
    show(before);
    const start = centreOf(token(2));
    show(after, { passagesSince });
    expect(ways().length).toBeGreaterThan(0);
    freeze(0);
    expect(centreOf(token(2)).x).toBeCloseTo(start.x, 0);
    expect(centreOf(token(2)).y).toBeCloseTo(start.y, 0);
    const shaft = stage.querySelector<SVGPathElement>('[data-arrow="block"] .shaft');
    if (shaft === null) throw new Error('no arrow');
    const { x, y } = shaft.getPointAtLength(shaft.getTotalLength() / 2);
    const origin = stage.querySelector('svg')?.getBoundingClientRect() ?? { x: 0, y: 0 };
    const duration = Number(ways()[0]?.effect?.getTiming().duration);
    const nearest = Math.min(
      ...Array.from({ length: 60 }, (_, i) => {
        freeze((duration * i) / 60);
        const at = centreOf(token(2));
        return Math.hypot(at.x - origin.x - x, at.y - origin.y - y);
      }),
    );
    expect(nearest).toBeLessThan(12);
  });

  test('the next state during a motion finishes it at once', () => {
    show(before);
    show(after, { passagesSince });
    freeze(100);
    const last = machineOf(withThread(SKETCH, 1, { state: 'Terminated', code: 0 }));
    show(last, { motionMs: 0 });
    expect(ways()).toEqual([]);
    show(before, { motionMs: 0 });
    const home = centreOf(token(2));
    show(after, { passagesSince });
    show(before, { motionMs: 0 });
    expect(ways()).toEqual([]);
    expect(centreOf(token(2))).toEqual(home);
  });

  test('a motion that has ended leaves nothing behind', async () => {
    show(before);
    show(after, { passagesSince, motionMs: 80 });
    await expect.poll(() => ways().length).toBe(0);
    const moved = centreOf(token(2));
    show(before, { motionMs: 0 });
    show(after, { motionMs: 0 });
    expect(centreOf(token(2))).toEqual(moved);
  });

  test('several changes are played one after the other', () => {
    const dispatched = machineOf(
      withThread(withThread(SKETCH, 2, { state: 'Blocked', reason: BlockReason.LOCK, object: 1 }), 1, {
        state: 'Running',
        cpu: 0,
      }),
    );
    show(before);
    const ready = centreOf(token(1));
    const dispatch = { machine: dispatched, change: { tid: asTid(1), from: 'Ready', to: 'Running' } as const };
    show(dispatched, { passagesSince: () => [...passages, dispatch] });
    const duration = Number(ways()[0]?.effect?.getTiming().duration);
    freeze(duration * 0.45);
    expect(centreOf(token(1)).x).toBeCloseTo(ready.x, 0);
    freeze(duration * 0.9);
    expect(centreOf(token(1)).x).toBeGreaterThan(ready.x + 50);
  });

  test('with reduced motion tokens change place without travelling', async () => {
    await emulateReducedMotion(true);
    show(before);
    show(after, { passagesSince });
    expect(ways()).toEqual([]);
    expect(token(2).dataset['state']).toBe('Blocked');
  });

  test('what is drawn depends on the state shown, not on the way there', () => {
    show(after, { motionMs: 0 });
    const direct = stage.innerHTML;
    show(before);
    show(after, { passagesSince });
    show(before);
    show(after);
    expect(stage.innerHTML).toBe(direct);
  });

  test('the arrow of a change is lit and carries who and why', () => {
    const blocked = after.threads[1];
    if (blocked === undefined) throw new Error('no thread');
    const cause = causeOf(blocked, after, t);
    show(after, { changes: [{ tid: asTid(2), shortName: 'P2', from: 'Running', to: 'Blocked', cause }] });
    const lit = [...stage.querySelectorAll('.arrow.lit')];
    expect(lit.map((arrow) => arrow.getAttribute('data-arrow'))).toEqual(['block']);
    expect(lit[0]?.querySelector('text')?.textContent).toBe('P2 blocked: lock tickets_lock');
  });

  test('a cause in Chinese is put as Chinese puts it', () => {
    const blocked = after.threads[1];
    if (blocked === undefined) throw new Error('no thread');
    expect(causeOf(blocked, after, translator('zh'))).toMatch(/^等待：\S/u);
  });

  test('pointing at a token, and at a holder’s name, tells which thread it is', async () => {
    show(before);
    await userEvent.hover(token(3));
    expect(onHover).toHaveBeenLastCalledWith(3);
    const holder = stage.querySelector('.mini');
    if (holder === null) throw new Error('no holder');
    await userEvent.hover(holder);
    expect(onHover).toHaveBeenLastCalledWith(2);
  });

  test('a click selects, a click on the ground deselects, Space selects by keyboard', async () => {
    show(before);
    await userEvent.click(token(1));
    expect(onSelect).toHaveBeenLastCalledWith(1);
    stage.querySelector('svg')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(onSelect).toHaveBeenLastCalledWith(null);
    token(3).focus();
    await userEvent.keyboard(' ');
    expect(onSelect).toHaveBeenLastCalledWith(3);
  });

  test('a Ready thread can be picked by its button, by double click and by Enter; others cannot', async () => {
    show(before, { pickable: true, hovered: asTid(1) });
    const button = stage.querySelector<HTMLButtonElement>('.run-next');
    expect(button?.textContent).toBe('P1 · run next');
    button?.click();
    expect(onPick).toHaveBeenCalledTimes(1);
    await userEvent.dblClick(token(1));
    expect(onPick).toHaveBeenCalledTimes(2);
    token(1).focus();
    await userEvent.keyboard('{Enter}');
    expect(onPick).toHaveBeenCalledTimes(3);
    token(2).focus();
    await userEvent.keyboard('{Enter}');
    expect(onPick).toHaveBeenCalledTimes(3);
    expect(onPick.mock.calls.every(([tid]) => tid === 1)).toBe(true);
    expect(onSelect).toHaveBeenLastCalledWith(2);
  });

  test('where one is the scheduler, a click on a Ready thread picks it at once, once, and Space still selects', async () => {
    show(before, { pickable: true, pressPicks: true, hovered: asTid(1) });
    expect(stage.querySelector('.run-next')).toBeNull();
    expect([...stage.querySelectorAll('.hint')].map(({ textContent }) => textContent).join(' ')).toBe(
      t('diagram.pickHint'),
    );
    await userEvent.click(token(1));
    expect(onPick.mock.calls).toEqual([[1]]);
    expect(onSelect).not.toHaveBeenCalled();
    await userEvent.dblClick(token(1));
    expect(onPick).toHaveBeenCalledTimes(2);
    await userEvent.click(token(3));
    expect(onPick).toHaveBeenCalledTimes(2);
    expect(onSelect).toHaveBeenLastCalledWith(3);
    token(1).focus();
    await userEvent.keyboard(' ');
    expect(onSelect).toHaveBeenLastCalledWith(1);
    await userEvent.keyboard('{Enter}');
    expect(onPick).toHaveBeenCalledTimes(3);
  });

  test('the button that picks covers no token, and stays while the pointer goes to it', () => {
    show(before, { pickable: true, hovered: asTid(1) });
    show(before, { pickable: true, hovered: null });
    const button = stage.querySelector('.run-next')?.getBoundingClientRect();
    if (button === undefined) throw new Error('no button');
    for (const other of stage.querySelectorAll('.token .body, text.title, text.count, .arrow text')) {
      const box = other.getBoundingClientRect();
      const apart =
        box.right <= button.left || box.left >= button.right || box.bottom <= button.top || box.top >= button.bottom;
      expect(apart || box.width === 0, other.textContent ?? '').toBe(true);
    }
  });

  test('the button says who gives up the interpreter that the picked thread needs', () => {
    const [one, two, ...rest] = before.threads;
    if (one === undefined || two === undefined) throw new Error('no threads');
    const siblings = { ...before, threads: [{ ...one, pid: two.pid }, two, ...rest] };
    show(siblings, { pickable: true, hovered: asTid(1), interpreters: true });
    const title = (): string | undefined => stage.querySelector<HTMLElement>('.run-next')?.title;
    expect(title()).toBe('Run P1 next: P2 gives up its CPU and the GIL');
    show(before, { pickable: true, hovered: asTid(1), interpreters: true });
    expect(title()).toBe('Run P1 next');
    show(siblings, { pickable: true, hovered: asTid(1) });
    expect(title()).toBe('Run P1 next');
  });

  test('nothing can be picked where picking is not allowed', async () => {
    show(before, { hovered: asTid(1) });
    expect(stage.querySelector('.run-next')).toBeNull();
    await userEvent.dblClick(token(1));
    expect(onPick).not.toHaveBeenCalled();
  });

  test('a screen reader hears name, state and what is waited for', () => {
    show(before, { selected: asTid(3) });
    expect(token(3).getAttribute('aria-label')).toBe('P3, Blocked: lock tickets_lock');
    expect(token(2).getAttribute('aria-label')).toBe('P2, Running: CPU 0');
    expect(token(3).getAttribute('aria-pressed')).toBe('true');
    expect(token(1).getAttribute('tabindex')).toBe('0');
    expect(token(1).getAttribute('role')).toBe('button');
  });

  test('no text is smaller than 11 px or reaches out of the drawing, on a phone and on a desktop', async () => {
    for (const [width, height] of [
      [328, 372],
      [390, 560],
      [560, 400],
      [700, 500],
      [1200, 700],
    ] as const) {
      stage.style.width = `${width}px`;
      stage.style.height = `${height}px`;
      show(before, {
        changes: [{ tid: asTid(2), shortName: 'P2', from: 'Ready', to: 'Running', cause: t('arrow.dispatch') }],
      });
      await expect.poll(() => stage.querySelector('svg')?.clientWidth).toBe(width);
      const frame = stage.querySelector('svg')?.getBoundingClientRect();
      for (const text of stage.querySelectorAll<SVGTextElement>('text')) {
        if (text.textContent === '') continue;
        expect(Number.parseFloat(getComputedStyle(text).fontSize), text.textContent ?? '').toBeGreaterThanOrEqual(11);
        const box = text.getBoundingClientRect();
        expect(box.left, text.textContent ?? '').toBeGreaterThanOrEqual((frame?.left ?? 0) - 0.5);
        expect(box.right, text.textContent ?? '').toBeLessThanOrEqual((frame?.right ?? 0) + 0.5);
      }
    }
  });
});
