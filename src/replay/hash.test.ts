import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kind } from '../abi/record.ts';
import { hashLog } from './hash.ts';
import { LogScript, prefixOf } from './log-script.fixture.ts';
import { LogStore } from './log-store.ts';
import { randomRun } from './random-run.fixture.ts';

describe('the hash of a run', () => {
  it('is 16 hex digits, equal for equal runs, and fixed for ever', () => {
    expect(hashLog(randomRun(9).log)).toBe(hashLog(randomRun(9).log));
    expect(hashLog(randomRun(9).log)).not.toBe(hashLog(randomRun(10).log));
    expect(hashLog(new LogStore())).toMatch(/^[0-9a-f]{16}$/);
    expect(hashLog(new LogScript().process(1, 'MainProcess').ready(1).print(1, '你好\n').log)).toMatchInlineSnapshot(
      `"2fd83c09980207fc"`,
    );
  });

  it('differs when any field of any record differs', () => {
    const { log } = randomRun(31);
    const before = hashLog(log);
    fc.assert(
      fc.property(fc.nat(log.count - 1), fc.nat(6), fc.integer({ min: 1, max: 1000 }), (n, word, change) => {
        const at = n * 8 + word;
        const old = log.words[at] ?? 0;
        // A changed reference to a text is a changed run only if the text differs: the next test's matter.
        fc.pre(word < 4 || log.kind(n) !== Kind.CREATED);
        fc.pre(word < 4 || ![Kind.PRINT, Kind.OBJECT, Kind.TERMINATED, Kind.END].includes(log.kind(n) as 15));
        fc.pre(word !== 0 || (log.kind(n) ^ ((old ^ change) & 0xff)) === 0);
        log.words[at] = old ^ change;
        const after = hashLog(log);
        log.words[at] = old;
        expect(after).not.toBe(before);
      }),
      { numRuns: 300 },
    );
    expect(hashLog(log)).toBe(before);
  });

  it('differs when a record is missing', () => {
    const { log } = randomRun(31);
    expect(hashLog(prefixOf(log, log.count - 1))).not.toBe(hashLog(log));
    expect(hashLog(prefixOf(log, log.count - 1))).toBe(hashLog(log, log.count - 1));
  });

  it('takes texts by what they say, not by where they lie', () => {
    const plain = new LogScript().process(1, 'one').print(1, 'two').log;
    const moved = new LogScript();
    moved.log.appendText('something that lies before them');
    expect(hashLog(moved.process(1, 'one').print(1, 'two').log)).toBe(hashLog(plain));
    expect(hashLog(new LogScript().process(1, 'one').print(1, 'twp').log)).not.toBe(hashLog(plain));
    expect(hashLog(new LogScript().process(1, 'on').print(1, 'etwo').log)).not.toBe(hashLog(plain));
    expect(hashLog(new LogScript().process(1, 'one').print(1, 'two\0').log)).not.toBe(hashLog(plain));
  });
});
