import { expect, test } from 'vitest';
import { asTid } from '../base/ids.ts';
import { Kind } from '../abi/record.ts';
import { Instructions } from './instructions.ts';
import { LogScript } from './log-script.fixture.ts';

test('a thread executes the instruction of its last step, wherever one looks', () => {
  const script = new LogScript().process(1).thread(2, 1, 'T');
  const execute = (tid: number, said: string): void => {
    script.record(Kind.LINE, 1, 0, tid, 0, 7, 1, script.log.appendText(said));
  };
  execute(1, 'LOAD_GLOBAL n');
  execute(2, 'RETURN_VALUE');
  execute(1, 'STORE_GLOBAL n');
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
