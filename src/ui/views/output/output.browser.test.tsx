import { createRoot, type Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Stream } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { provideStandIn } from '../../state/lab-stand-in.fixture.ts';
import { Output } from './output.tsx';

let root: Root;
let box: HTMLElement;

beforeEach(() => {
  box = document.createElement('div');
  box.style.cssText = 'display:flex;flex-direction:column;width:300px;height:120px';
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

it('keeps the carets of a traceback in their place, however long their line', () => {
  const script = new LogScript().process(1).dispatch(1).line(1);
  script.print(1, `${' '.repeat(8)}${'~'.repeat(60)}^^\n`, Stream.STDERR).print(1, `${'x '.repeat(60)}\n`);
  provideStandIn(script.log);
  flushSync(() => root.render(<Output />));
  const [carets, long] = [...box.querySelectorAll<HTMLElement>('code button')];
  expect(carets?.clientHeight).toBeLessThan(26);
  expect(long?.clientHeight).toBeGreaterThan(26);
});

it('wraps a line that is too long, and shows the last one', async () => {
  const script = new LogScript().process(1).dispatch(1).line(1);
  for (let n = 0; n < 30; n += 1) script.print(1, `line ${n} ${'word '.repeat(20)}${'x'.repeat(60)}\n`);
  provideStandIn(script.log);
  flushSync(() => root.render(<Output />));
  const region = box.querySelector('[role=region]') as HTMLElement;
  await vi.waitFor(() => expect(box.querySelectorAll('li')).toHaveLength(30));
  expect(region.scrollWidth).toBe(region.clientWidth);
  const right = region.getBoundingClientRect().right;
  for (const print of box.querySelectorAll('code button')) {
    expect(print.getBoundingClientRect().right).toBeLessThanOrEqual(right);
    expect(print.scrollWidth).toBeLessThanOrEqual(print.clientWidth);
  }
  expect(region.scrollTop + region.clientHeight).toBeGreaterThanOrEqual(region.scrollHeight - 1);
});
