import { describe, expect, it } from 'vitest';
import { Stream } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { Tracebacks } from './tracebacks.ts';

const TRACEBACK = `Traceback (most recent call last):
  File "/home/learner/program.py", line 9, in <module>
    f()
  File "/home/learner/program.py", line 4, in f
    1 / 0
    ~~^~~
  File "/lib/python314.zip/threading.py", line 300, in deeper
ZeroDivisionError: division by zero
`;

function faultsOf(script: LogScript, record = script.log.count) {
  const tracebacks = new Tracebacks(script.log);
  tracebacks.extend();
  return tracebacks.until(record);
}

describe('tracebacks', () => {
  it('mark the innermost line of the program', () => {
    const script = new LogScript().print(1, TRACEBACK, Stream.STDERR);
    expect(faultsOf(script)).toEqual([{ record: 0, tid: 1, line: 4, message: 'ZeroDivisionError: division by zero' }]);
  });

  it('may come in pieces, and mixed with those of other threads', () => {
    const script = new LogScript();
    const other = TRACEBACK.replaceAll('line 4', 'line 5');
    for (let at = 0; at < TRACEBACK.length; at += 7) {
      script.print(1, TRACEBACK.slice(at, at + 7), Stream.STDERR);
      script.print(2, other.slice(at, at + 7), Stream.STDERR);
    }
    expect(faultsOf(script).map(({ tid, line }) => [tid, line])).toEqual([
      [1, 4],
      [2, 5],
    ]);
  });

  it('are there once they have been printed to their end', () => {
    const script = new LogScript().print(1, 'x\n').print(1, TRACEBACK, Stream.STDERR);
    expect(faultsOf(script, 1)).toEqual([]);
    expect(faultsOf(script, 2)).toHaveLength(1);
  });

  it('of syntax errors mark the line that cannot be read', () => {
    const text = `  File "/home/learner/program.py", line 2\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n`;
    expect(faultsOf(new LogScript().print(1, text, Stream.STDERR))).toMatchObject([
      { line: 2, message: 'SyntaxError: invalid syntax' },
    ]);
  });

  it('are not what a program merely prints, on whatever stream', () => {
    const script = new LogScript().print(1, TRACEBACK).print(1, 'Warning: nothing\nValueError: no\n', Stream.STDERR);
    expect(faultsOf(script)).toEqual([]);
  });

  it('of several threads at one line are all kept, and of one thread the last', () => {
    const again = TRACEBACK.replace('division by zero', 'again');
    const script = new LogScript().print(1, TRACEBACK, Stream.STDERR).print(2, TRACEBACK, Stream.STDERR);
    expect(faultsOf(script.print(1, again, Stream.STDERR)).map(({ tid, message }) => [tid, message])).toEqual([
      [1, 'ZeroDivisionError: again'],
      [2, 'ZeroDivisionError: division by zero'],
    ]);
  });

  it('of a group of exceptions mark the line of each', () => {
    const text = `  + Exception Group Traceback (most recent call last):
  |   File "/home/learner/program.py", line 3, in <module>
  |     raise ExceptionGroup('two', [one, other])
  | ExceptionGroup: two (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/home/learner/program.py", line 1, in f
    |     1 / 0
    | ZeroDivisionError: division by zero
    +------------------------------------
`;
    expect(faultsOf(new LogScript().print(1, text, Stream.STDERR)).map(({ line, message }) => [line, message])).toEqual(
      [
        [1, 'ZeroDivisionError: division by zero'],
        [3, 'ExceptionGroup: two (1 sub-exception)'],
      ],
    );
  });
});
