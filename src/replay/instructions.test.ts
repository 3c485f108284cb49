import { expect, test } from 'vitest';
import { asTid } from '../base/ids.ts';
import { Instructions } from './instructions.ts';
import { LogScript } from './log-script.fixture.ts';

test('a thread executes the instruction of its last step, wherever one looks', () => {
  const script = new LogScript().process(1).thread(2, 1, 'T');
  script.instruction(1, 7, 'LOAD_GLOBAL n').instruction(2, 7, 'RETURN_VALUE').instruction(1, 7, 'STORE_GLOBAL n');
  const instructions = new Instructions(script.log);
  instructions.extend();
  const seen = (record: number) => [1, 2].map((tid) => instructions.of(asTid(tid), record));
  expect([2, 3, 4, 5].map(seen)).toEqual([
    [null, null],
    ['LOAD_GLOBAL n', null],
    ['LOAD_GLOBAL n', 'RETURN_VALUE'],
    ['STORE_GLOBAL n', 'RETURN_VALUE'],
  ]);
});
