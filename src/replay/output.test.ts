import { describe, expect, it } from 'vitest';
import { Stream } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import { Output } from './output.ts';

describe('what was printed', () => {
  const script = new LogScript().process(1).process(2).print(1, '父进程\n').at(3).print(2, 'child\n');
  const { log } = script.print(2, 'Traceback\n', Stream.STDERR).print(1, 'end\n');
  const output = new Output(log);
  output.extend();

  it('is cut at the cursor and told by stream', () => {
    expect(output.textUntil(log.count)).toBe('父进程\nchild\nend\n');
    expect(output.textUntil(log.count, 'stderr')).toBe('Traceback\n');
    expect(output.textUntil(3)).toBe('父进程\n');
    expect(output.textUntil(2)).toBe('');
  });

  it('says who printed each piece, and when', () => {
    expect(output.piecesUntil(5)).toEqual([
      { record: 2, tick: 0, tid: 1, stream: 'stdout', text: '父进程\n' },
      { record: 3, tick: 3, tid: 2, stream: 'stdout', text: 'child\n' },
      { record: 4, tick: 3, tid: 2, stream: 'stderr', text: 'Traceback\n' },
    ]);
  });
});
