import { expect, test } from 'vitest';
import { asTid } from '../base/ids.ts';
import { Kind, VariableChange } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import { hashLog } from './hash.ts';
import { Variables } from './variables.ts';

class Script extends LogScript {
  enter(tid: number, depth: number, name: string): this {
    return this.record(Kind.FRAME, 1, -1, tid, 0, this.log.appendText(name), depth);
  }

  leave(tid: number, depth: number): this {
    return this.record(Kind.FRAME, 0, -1, tid, 0, 0, depth);
  }
}

const { LOCAL, GLOBAL, LOCAL_GONE } = VariableChange;

function seen(script: Script): Variables {
  const variables = new Variables(script.log);
  variables.extend();
  return variables;
}

test('variables are those of the functions that the thread is in', () => {
  const script = new Script().process(1).line(1).enter(1, 0, '<module>').changed(1, GLOBAL, 'n=1').line(1);
  script
    .enter(1, 1, 'f')
    .changed(1, LOCAL, "x='a=b'", 1)
    .line(1)
    .changed(1, LOCAL_GONE, 'x', 1)
    .changed(1, LOCAL, 'y=2', 1);
  const inside = script.log.count;
  script.line(1).leave(1, 1).changed(1, GLOBAL, 'n=2');
  const variables = seen(script);
  expect(variables.of(asTid(1), 8)).toEqual({
    frames: [
      { name: '<module>', variables: [] },
      { name: 'f', variables: [{ name: 'x', value: "'a=b'", changed: false }] },
    ],
    globals: [{ name: 'n', value: '1', changed: false }],
  });
  expect(variables.of(asTid(1), inside)?.frames[1]?.variables).toEqual([{ name: 'y', value: '2', changed: true }]);
  expect(variables.of(asTid(1), script.log.count)).toEqual({
    frames: [{ name: '<module>', variables: [] }],
    globals: [{ name: 'n', value: '2', changed: true }],
  });
});

test('threads of a process have the same globals, processes have not', () => {
  const script = new Script()
    .process(1)
    .thread(2, 1, 'T')
    .process(3)
    .changed(2, GLOBAL, 'n=1')
    .changed(3, GLOBAL, 'n=9');
  const variables = seen(script);
  const values = [1, 2, 3].map((tid) => variables.of(asTid(tid), 5)?.globals[0]?.value);
  expect(values).toEqual(['1', '1', '9']);
});

test('are the same at a cursor however long the log is', () => {
  const script = new Script().process(1).enter(1, 0, 'f');
  for (let n = 0; n < 1000; n += 1) script.line(1).changed(1, LOCAL, `i=${n}`);
  const variables = seen(script);
  for (const n of [0, 1, 254, 255, 256, 511, 512, 999]) {
    const held = variables.of(asTid(1), 2 + 2 * (n + 1))?.frames[0]?.variables;
    expect(held, `round ${n}`).toEqual([{ name: 'i', value: String(n), changed: true }]);
  }
});

test('belong to the hash of a run by what they say, not by where the text lies', () => {
  const hashes = ['', 'before'].map((before) => {
    const script = new Script();
    script.log.appendText(before);
    return hashLog(script.process(1).changed(1, LOCAL, 'i=1').log);
  });
  expect(hashes[0]).toBe(hashes[1]);
});
