import { createRoot, type Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asTid, type Tid } from '../../../base/ids.ts';
import { Kind, VariableChange } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { provideStandIn } from '../../state/lab-stand-in.fixture.ts';
import { Variables } from './variables.tsx';

let root: Root;
let box: HTMLElement;

beforeEach(() => {
  box = document.createElement('div');
  box.style.cssText = 'display:flex;flex-direction:column;width:320px;height:300px';
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

/** Tables as lines: the caption, then each variable, with a `*` when it is marked. */
function tables(): string[][] {
  return [...box.querySelectorAll('table')].map((table) => [
    table.caption?.textContent ?? '',
    ...[...table.querySelectorAll('tbody tr')].map((row) => {
      const marked = row.querySelector('[title]') === null ? '' : ' *';
      return `${row.querySelector('th')?.textContent ?? ''} = ${row.querySelector('code')?.textContent ?? ''}${marked}`;
    }),
  ]);
}

const { LOCAL, GLOBAL } = VariableChange;

function script(): LogScript {
  const log = new LogScript().process(1).thread(2, 1, 'T').dispatch(1).line(1);
  const frame = (tid: number, depth: number, name: string): void => {
    log.record(Kind.FRAME, 1, -1, tid, 0, log.log.appendText(name), depth);
  };
  const set = (tid: number, change: VariableChange, text: string, depth = 0): void => {
    log.record(Kind.VARIABLE, change, -1, tid, 0, log.log.appendText(text), depth);
  };
  frame(1, 0, '<module>');
  set(1, GLOBAL, 'n=1');
  log.line(1);
  frame(1, 1, 'outer');
  set(1, LOCAL, "who='outer'", 1);
  log.line(1);
  frame(1, 2, 'inner');
  set(1, LOCAL, 'deep=[1, 2, 3]', 2);
  frame(2, 0, 'work');
  set(2, LOCAL, 'mine=7');
  return log;
}

/** `cursor`: at the end of the log, if it is not said. */
function show({ cursor, selected = null }: { readonly cursor?: number; readonly selected?: Tid | null }): void {
  const { log } = script();
  const { actions } = provideStandIn(log);
  void actions.seek(cursor ?? log.count);
  void actions.setEngine('py');
  actions.select(selected);
  flushSync(() => root.render(<Variables />));
}

it('shows the innermost function first, then who called it, then the globals, and marks what has changed', () => {
  show({});
  expect(tables()).toEqual([
    ['Locals of inner()', 'deep = [1, 2, 3] *'],
    ['Locals of outer(), which called it', "who = 'outer'"],
    ['Globals of the process', 'n = 1'],
  ]);
  expect(box.scrollWidth).toBe(box.clientWidth);
});

it('shows the selected thread, whoever has made the last step', () => {
  show({ selected: asTid(2) });
  expect(tables()).toEqual([
    ['Locals of work()', 'mine = 7'],
    ['Globals of the process', 'n = 1'],
  ]);
});

it('shows what was, where the cursor stands', () => {
  show({ cursor: 6 });
  expect(tables()).toEqual([['Globals of the process', 'n = 1 *']]);
});
