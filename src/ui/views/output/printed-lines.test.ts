import { describe, expect, it } from 'vitest';
import { InputKind, Kind, Stream } from '../../../abi/record.ts';
import { LogScript } from '../../../replay/log-script.fixture.ts';
import { PrintedLines } from './printed-lines.ts';

function linesOf(script: LogScript, record = script.log.count): string[] {
  const lines = new PrintedLines(script.log);
  lines.extend();
  return Array.from({ length: lines.countUntil(record) }, (_, index) =>
    lines
      .line(index, record)
      .map(({ tid, stream, text }) => `${tid}${stream === 'stderr' ? '!' : ':'}${text}`)
      .join('|'),
  );
}

describe('printed lines', () => {
  it('end where the program ends them', () => {
    expect(linesOf(new LogScript().print(1, 'one\n').print(2, 'two\n\nfour\n'))).toEqual([
      '1:one',
      '2:two',
      '2:',
      '2:four',
    ]);
  });

  it('are continued by whoever prints next', () => {
    expect(linesOf(new LogScript().print(1, 'a ').print(2, 'b\n').print(1, 'c'))).toEqual(['1:a |2:b', '1:c']);
  });

  it('are as far as the cursor has come', () => {
    const script = new LogScript().print(1, 'a ').print(1, 'b\n').print(1, 'c\n');
    expect(linesOf(script, 0)).toEqual([]);
    expect(linesOf(script, 1)).toEqual(['1:a ']);
    expect(linesOf(script, 2)).toEqual(['1:a |1:b']);
  });

  it('are answered by what is typed, whose end ends them', () => {
    const script = new LogScript().print(1, 'name? ');
    for (const text of ['Ada\n', '\n', '']) {
      script.record(Kind.INPUT, InputKind.LINE, -1, 0, 0, text === '' ? 0 : script.log.appendText(text));
    }
    expect(linesOf(script.print(1, 'end'))).toEqual(['1:name? |0:Ada', '0:', '0:^D', '1:end']);
  });

  it('say which stream they went to', () => {
    expect(linesOf(new LogScript().print(3, 'Traceback\n', Stream.STDERR))).toEqual(['3!Traceback']);
  });
});
