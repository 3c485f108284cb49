import { Random } from '../../src/base/random.ts';
import { LogStore } from '../../src/replay/log-store.ts';
import { Replay } from '../../src/replay/replay.ts';
import { alternate, rate, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import { CPUS, longLogs } from './long-log.ts';

const SEEKS = 2_000;
const VIEWS = 500;

class ReplayCase implements Case {
  readonly rows: readonly Row[] = [
    {
      what: { en: 'replay: records folded a second (64 threads)', zh: '重放：每秒折叠记录数（64 个线程）' },
      n: '10⁶',
      ours: 'fold',
      goal: { at: 'least', value: 20_000_000 },
      unit: 'records/s',
    },
    {
      what: { en: 'seek to any record: the state', zh: '跳到任一记录：状态' },
      n: '10⁶',
      ours: 'seek',
      goal: { at: 'most', value: 0.2 },
      unit: 'ms',
    },
    {
      what: { en: 'seek to any record: the state as the views read it', zh: '跳到任一记录：供视图读取的状态' },
      n: '10⁶',
      ours: 'view',
      goal: { at: 'most', value: 0.2 },
      unit: 'ms',
    },
  ];

  #log = new LogStore();
  #replay = new Replay(this.#log, CPUS);
  readonly #random = new Random(1);

  async prepare(): Promise<void> {
    this.#log = (await longLogs()).records;
    this.#replay = new Replay(this.#log, CPUS);
    this.#replay.extend();
  }

  round(round: number): Promise<Samples> {
    return alternate(round, {
      fold: () => rate(this.#log.count, () => new Replay(this.#log, CPUS).extend()),
      seek: () => this.#millisecondsEach(SEEKS, (record) => this.#replay.seek(record)),
      view: () => this.#millisecondsEach(VIEWS, (record) => this.#replay.at(record)),
    });
  }

  async dispose(): Promise<void> {
    this.#replay = new Replay(new LogStore());
  }

  #millisecondsEach(times: number, seek: (record: number) => unknown): number {
    const begin = performance.now();
    for (let i = 0; i < times; i += 1) seek(this.#random.below(this.#log.count));
    return (performance.now() - begin) / times;
  }
}

export const replay: Bench = { name: 'replay', cases: [() => new ReplayCase()] };
