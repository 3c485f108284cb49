import { describe, expect, test } from 'vitest';
import { objectAt } from '../abi/layout.ts';
import { stateWordOf } from '../abi/object-table.ts';
import { ObjectKind, ObjectWord, ThreadWord } from '../abi/objects.ts';
import { EndCause, Kind } from '../abi/record.ts';
import { peek } from '../abi/words.ts';
import { asObjectId } from '../base/ids.ts';
import { compute, join, ofKind, openLab, type Entry } from './lab.fixture.ts';

const endsOf = (entries: readonly Entry[]): number[][] =>
  ofKind(entries, Kind.TERMINATED).map(({ tid, aux, a }) => [tid, aux, a]);

describe('threads of one process', () => {
  test('have rows that say whose they are, before they first run', async () => {
    const { PID, DAEMON, TID } = ThreadWord;
    const rows: number[][] = [];
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'child', daemon: true };
        yield { ask: 'spawn', target: 'spin', thread: true };
      },
      *child() {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'spin', thread: true, daemon: true };
        yield* compute(3);
      },
      *spin({ memory }) {
        for (const id of [1, 2, 3, 4]) {
          const at = objectAt(id);
          const state = [PID, DAEMON, TID].map((word) => peek(memory.words, stateWordOf(asObjectId(id), word)));
          rows[id] = [ObjectWord.KIND, ObjectWord.OWNER].map((word) => peek(memory.words, at + word)).concat(state);
        }
        yield { ask: 'checkpoint' };
      },
    });
    await lab.run();
    const { PROCESS, THREAD } = ObjectKind;
    expect(rows.slice(1)).toEqual([
      [PROCESS, 0, 1, 0, 1],
      [PROCESS, 1, 2, 1, 2],
      [THREAD, 1, 1, 0, 3],
      [THREAD, 2, 2, 1, 4],
    ]);
  });

  test.each([
    ['die', EndCause.HOST_DIED],
    ['hang', EndCause.HUNG],
  ] as const)('when the host of one does %s, all end, whatever they are doing', async (ask, cause) => {
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'bad', thread: true };
        yield { ask: 'spawn', target: 'asleep', thread: true };
        yield { ask: 'spawn', target: 'busy', thread: true };
        yield { ask: 'spawn', target: 'busy', thread: true, delay: 50 };
        yield { ask: 'spawn', target: 'bystander' };
        yield { ask: 'sleep', ticks: 100 };
      },
      *bad() {
        yield* compute(4);
        yield { ask } as const;
      },
      *asleep() {
        yield { ask: 'sleep', ticks: 1000 };
      },
      *busy() {
        yield* compute(40);
      },
      *bystander() {
        yield* compute(40);
      },
    });
    const entries = await lab.run({ machine: { cpus: 2 } });
    expect(endsOf(entries)).toEqual([
      [2, cause, 1],
      [1, cause, 1],
      [3, EndCause.DAEMON, 0],
      [4, EndCause.DAEMON, 0],
      [5, EndCause.DAEMON, 0],
      [6, EndCause.RETURNED, 0],
    ]);
    expect((await lab.kernel.run({})).state).toBe('finished');
  });

  test('a thread that kills its own process is gone with it', async () => {
    const lab = await openLab({
      *main() {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'victim' };
      },
      *victim(env) {
        yield { ask: 'checkpoint' };
        yield { ask: 'spawn', target: 'killer', thread: true };
        yield* join(env, env.child().object);
      },
      *killer({ pid }) {
        yield { ask: 'checkpoint' };
        yield { ask: 'kill', pid };
        yield { ask: 'raise', message: 'it lives on' };
      },
    });
    expect(endsOf(await lab.run())).toEqual([
      [1, EndCause.RETURNED, 0],
      [2, EndCause.KILLED, -15],
      [3, EndCause.DAEMON, 0],
    ]);
  });
});
