import { wrap } from 'comlink';
import { alternateOften, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import type { LockRemote } from './lock-remote.ts';

/** A turn of each side takes some milliseconds: short enough to fall between two disturbances. */
const TURNS = 9;
const ADDS = 800_000;
const BARE_PAIRS = 400_000;
const LOGGED_PAIRS = 50_000;
const LIVE_PAIRS = 20_000;
const REQUESTS = 100;

const BARE = { en: 'uncontended lock, bare', zh: '无竞争的锁，不写日志' };
const LOGGED = { en: 'uncontended lock with its log records', zh: '无竞争的锁，写日志' };
const LIVE = { en: 'the same in live mode (real clock)', zh: '同上，实时模式（真实时钟）' };
const ADD = { en: '`Atomics.add`', zh: '`Atomics.add`' };
const REQUEST = { en: '`navigator.locks`', zh: '`navigator.locks`' };

type Words = typeof BARE;

function row(what: Words, ours: string, against: Words, baseline: string, atLeast: number | null): Row {
  return {
    what: { en: `${what.en} ÷ ${against.en}`, zh: `${what.zh} ÷ ${against.zh}` },
    n: '1',
    ours,
    baseline,
    goal: atLeast === null ? null : { at: 'least', value: atLeast },
    unit: 'pairs/s',
  };
}

class LockCase implements Case {
  readonly rows: readonly Row[] = [
    row(BARE, 'bare', ADD, 'add', 0.4),
    row(BARE, 'bare', REQUEST, 'request', 5_000),
    row(LOGGED, 'logged', ADD, 'add', 0.1),
    row(LOGGED, 'logged', REQUEST, 'request', 1_000),
    row(LIVE, 'live', ADD, 'add', null),
  ];

  readonly #worker = new Worker(new URL('./lock.worker.ts', import.meta.url), { type: 'module' });
  readonly #remote = wrap<LockRemote>(this.#worker);

  async prepare(): Promise<void> {
    await this.#remote.bare(1);
  }

  round(round: number): Promise<Samples> {
    const remote = this.#remote;
    return alternateOften(round, TURNS, {
      add: () => remote.atomicsAdd(ADDS),
      bare: () => remote.bare(BARE_PAIRS),
      logged: () => remote.logged(LOGGED_PAIRS),
      live: () => remote.live(LIVE_PAIRS),
      request: () => remote.navigatorLocks(REQUESTS),
    });
  }

  async dispose(): Promise<void> {
    this.#worker.terminate();
  }
}

export const lock: Bench = { name: 'lock', cases: [() => new LockCase()] };
