import { describe, expect, it } from 'vitest';
import { QUANTITIES, type Measured, type Quantity } from '../abi/quantities.ts';
import { BlockReason, ReadyCause, RunEnd, Stream } from '../abi/record.ts';
import { LogScript } from './log-script.fixture.ts';
import { quantityOf } from './quantity.ts';
import { Replay } from './replay.ts';

function of(script: LogScript, quantity: Quantity, who: Measured = 'all'): number | null {
  const replay = new Replay(script.log);
  replay.extend();
  return quantityOf(replay, quantity, who);
}

/** P1 starts P2 and P3 and waits for them; microseconds. */
function liveRun(): LogScript {
  const script = new LogScript();
  script.log.live = true;
  script.process(1).ready(1, ReadyCause.CREATED).dispatch(1, -1);
  script.at(1000).process(2, 'P2', 1).ready(2, ReadyCause.CREATED);
  script.at(2000).process(3, 'P3', 1).ready(3, ReadyCause.CREATED);
  script.at(2500).block(1, BlockReason.JOIN, 1002, -1, -1);
  script.at(4000).dispatch(2, -1).at(7000).dispatch(3, -1);
  script.at(9000).terminate(2, -1).at(9000).ready(1, ReadyCause.WOKEN, 0, 2).at(9500).dispatch(1, -1);
  script.at(11_000).terminate(3, -1).at(12_000).terminate(1, -1).end(RunEnd.FINISHED);
  return script;
}

describe('what a run is summed up by', () => {
  it('is in milliseconds for a live run', () => {
    const script = liveRun();
    expect(of(script, 'duration')).toBe(12);
    expect(of(script, 'start')).toBe((3 + 5) / 2);
    expect(of(script, 'finish')).toBe(10);
    expect(of(script, 'wake')).toBe(0.5);
  });

  it('can be of processes alone, or of threads', () => {
    const script = liveRun();
    expect(of(script, 'start', 'processes')).toBe(4);
    expect(of(script, 'start', 'threads')).toBeNull();
    const threads = new LogScript().process(1).thread(2, 1, 'T2', 1).ready(2, ReadyCause.CREATED);
    threads.at(3).dispatch(2).terminate(2);
    expect(of(threads, 'start', 'threads')).toBe(3);
    expect(of(threads, 'start', 'processes')).toBeNull();
  });

  it('is in ticks for a stepped one, and no time where it is none', () => {
    const script = new LogScript().process(1).ready(1).at(0).dispatch(1).line(1).at(1).line(1).terminate(1);
    expect(of(script, 'duration')).toBe(2);
    expect(of(script, 'utilisation')).toBe(100);
    expect(of(script, 'switches')).toBe(0);
    expect(of(script, 'turnaround')).toBe(2);
  });

  it('can be what the program has measured and printed: its last number, as it is', () => {
    const script = new LogScript().process(1).ready(1).dispatch(1);
    script.log.live = true;
    expect(of(script.print(1, 'no number yet\n'), 'printed')).toBeNull();
    expect(of(script.print(1, '2 threads: 440 ms\n'), 'printed')).toBe(440);
    expect(of(script.print(1, '3 in ').print(1, '12.5 ms\n').print(1, 'E1\n', Stream.STDERR), 'printed')).toBe(12.5);
  });

  it('is nothing where nothing was started or woken, and never fails on an empty log', () => {
    const alone = new LogScript().process(1).ready(1, ReadyCause.CREATED).dispatch(1).terminate(1);
    for (const quantity of ['start', 'finish', 'wake'] as const) expect(of(alone, quantity)).toBeNull();
    for (const quantity of QUANTITIES) expect(() => of(new LogScript(), quantity)).not.toThrow();
  });
});
