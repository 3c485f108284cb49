import type { Machine } from '../../src/ui/host/machine.ts';
import { alternate, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import { createBenchMachine } from '../machine/rig.ts';
import { liveRun } from '../machine/variables.ts';
import type { Contention } from './contend.ts';

const HOSTS = 8;
const TURN_MS = 150;
/** Long enough for every host to have had the lock thousands of times. */
const FAIR_MS = 600;

/** Eight hosts that want the same lock, or add to the same word, at once and all the time. */
class ContentionCase implements Case {
  readonly rows: readonly Row[] = [
    {
      what: { en: 'contended lock ÷ `Atomics.add` on one word', zh: '有竞争的锁 ÷ 对同一个字做 `Atomics.add`' },
      n: String(HOSTS),
      ours: 'lock',
      baseline: 'add',
      goal: { at: 'least', value: 0.3 },
      unit: 'pairs/s',
    },
    {
      what: { en: 'fair lock: least ÷ most that a host got', zh: '公平锁：得到最少的宿主 ÷ 得到最多的宿主' },
      n: String(HOSTS),
      ours: 'share',
      goal: { at: 'least', value: 0.8 },
      unit: '',
    },
    {
      what: { en: 'the price of fairness: fair lock ÷ lock', zh: '公平的代价：公平锁 ÷ 普通锁' },
      n: String(HOSTS),
      ours: 'fair',
      baseline: 'lock',
      goal: null,
      unit: 'pairs/s',
    },
  ];

  #machine: Machine | null = null;

  async prepare(): Promise<void> {
    this.#machine = await createBenchMachine();
  }

  async round(round: number): Promise<Samples> {
    let share = Number.NaN;
    const samples = await alternate(round, {
      add: async () => rateOf(await this.#counts('add', TURN_MS), TURN_MS),
      lock: async () => rateOf(await this.#counts('lock', TURN_MS), TURN_MS),
      fair: async () => {
        const counts = await this.#counts('fair', FAIR_MS);
        share = Math.min(...counts) / Math.max(...counts);
        return rateOf(counts, FAIR_MS);
      },
    });
    return { ...samples, share };
  }

  async dispose(): Promise<void> {
    this.#machine?.dispose();
  }

  /** How often each host has done it. */
  #counts(what: Contention, ms: number): Promise<number[]> {
    return liveRun(this.#machine, 'contend', { what, ms, workers: HOSTS }, HOSTS);
  }
}

const rateOf = (counts: readonly number[], ms: number): number =>
  (counts.reduce((sum, count) => sum + count, 0) * 1000) / ms;

export const contention: Bench = { name: 'contention', cases: [() => new ContentionCase()] };
