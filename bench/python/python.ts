import { wrap, type Remote } from 'comlink';
import { createMachine, type Machine } from '../../src/ui/host/machine.ts';
import { alternate, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import { printed, SOURCE, timed, wakeFirst, wakeOne } from './engine.ts';
import type { PlainRemote } from './plain-remote.ts';
import { HIDDEN_LOOP, linesOf, LOOP, PROCESS, switchesOf, threadsOf, type Program } from './programs.ts';

const EIGHT = 8;
const LINES = 30_000;
const SWITCHES = 15_000;
const THREADS = 300;
const ECHOES = 2000;

const row = (en: string, zh: string, ours: string, unit: string, goal: Row['goal'], baseline?: string): Row => ({
  what: { en, zh },
  n: '',
  ours,
  unit,
  goal,
  ...(baseline === undefined ? {} : { baseline }),
});
const most = (value: number): Row['goal'] => ({ at: 'most', value });
const least = (value: number): Row['goal'] => ({ at: 'least', value });

class Plain {
  readonly #worker = new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' });
  readonly remote: Remote<PlainRemote> = wrap(this.#worker);
  stop(): void {
    this.#worker.terminate();
  }
}

/** Milliseconds until an interpreter is there; nothing of it is left for the next. */
class WakingCase implements Case {
  readonly rows: readonly Row[] = [
    row(
      'Python: load and first interpreter, nothing in the cache (once)',
      'Python：加载并唤醒第一个解释器（缓存为空，只测一次）',
      'cold',
      'ms',
      most(2000),
    ),
    row(
      'Python: load and first interpreter, warm cache',
      'Python：加载并唤醒第一个解释器（缓存已热）',
      'first',
      'ms',
      most(2000),
    ),
    row('Python: another interpreter', 'Python：再唤醒一个解释器', 'another', 'ms', most(300)),
    row('Python: the eighth, seven are awake', 'Python：第八个（已有七个）', 'eighth', 'ms', null),
    row(
      'Python: another interpreter ÷ plain Pyodide',
      'Python：再唤醒一个 ÷ 原样加载 Pyodide',
      'another',
      'ms',
      null,
      'plain',
    ),
  ];

  /** Milliseconds; once, because from then on the browser has everything. */
  #cold = Number.NaN;

  async prepare(): Promise<void> {
    const { worker, ms } = await wakeFirst();
    this.#cold = ms;
    worker.terminate();
  }

  async round(round: number): Promise<Samples> {
    const { worker: loader, supply, ms: first } = await wakeFirst();
    const workers = [loader];
    const wake = async (): Promise<number> => {
      const { worker, ms } = await wakeOne(supply);
      workers.push(worker);
      return ms;
    };
    const samples = await alternate(round, {
      another: wake,
      plain: async () => {
        const plain = new Plain();
        const ms = await plain.remote.load(SOURCE.folder);
        plain.stop();
        return ms;
      },
    });
    let eighth = Number.NaN;
    while (workers.length < EIGHT) eighth = await wake();
    for (const worker of workers) worker.terminate();
    return { cold: this.#cold, first, ...samples, eighth };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/** Programs in the machine of the page, stepped, log on, without the values of variables. */
class RunningCase implements Case {
  readonly rows: readonly Row[] = [
    row('Python: process, start and join, warm', 'Python：进程启动并 join（已预热）', 'process', 'ms', most(35)),
    row('Python: thread, start and join', 'Python：线程启动并 join', 'thread', 'µs', null),
    row('Python: lines of one thread', 'Python：单线程逐行', 'lines', 'lines/s', null),
    row(
      'Python: lines, each in another thread than the last',
      'Python：每行都换线程',
      'switched',
      'lines/s',
      least(30_000),
    ),
    row(
      'Python: thread switch, the line after it included',
      'Python：切换线程（含其后一行）',
      'switch',
      'µs',
      most(25),
    ),
    row('Python: switch ÷ a message there and back', 'Python：切换 ÷ 一次消息往返', 'switch', 'µs', null, 'echo'),
    row(
      'Python: line that is not shown, over plain Pyodide',
      'Python：不显示的行比原样 Pyodide 多花',
      'hidden',
      'µs',
      most(0.15),
    ),
  ];
  #machine: Machine | null = null;
  readonly #plain = new Plain();
  readonly #echo = new Worker(new URL('./echo.worker.ts', import.meta.url), { type: 'module' });

  async prepare(): Promise<void> {
    this.#machine = await createMachine();
    await this.#plain.remote.load(SOURCE.folder);
  }

  async round(round: number): Promise<Samples> {
    const machine = this.#machine;
    if (machine === null) throw new Error('the machine is not there yet');
    const rate = async (program: Program, switched: boolean): Promise<number> => {
      const { ms, steps, switches } = await timed(machine, program);
      if (switched && switches < steps * 0.9) throw new Error(`${switches} switches in ${steps} lines`);
      return (steps * 1000) / ms;
    };
    const samples = await alternate(round, {
      process: async () => (await timed(machine, PROCESS)).ms,
      thread: async () => ((await timed(machine, threadsOf(THREADS))).ms * 1000) / THREADS,
      lines: () => rate(linesOf(LINES), false),
      switched: () => rate(switchesOf(SWITCHES), true),
      echo: () => this.#echoUs(),
    });
    const loops = await alternate(round, {
      plainLine: () => this.#plain.remote.measure(LOOP),
      hiddenLine: async () => Number(await printed(machine, HIDDEN_LOOP)),
    });
    const { switched = 0 } = samples;
    const { plainLine = 0, hiddenLine = 0 } = loops;
    return { ...samples, ...loops, switch: 1e6 / switched, hidden: hiddenLine - plainLine };
  }

  /** Microseconds until a message is back. */
  async #echoUs(): Promise<number> {
    const begin = performance.now();
    for (let n = 0; n < ECHOES; n += 1) {
      const back = new Promise((resolve) => this.#echo.addEventListener('message', resolve, { once: true }));
      this.#echo.postMessage(n);
      await back;
    }
    return ((performance.now() - begin) * 1000) / ECHOES;
  }

  dispose(): Promise<void> {
    this.#machine?.dispose();
    this.#plain.stop();
    this.#echo.terminate();
    return Promise.resolve();
  }
}

export const python: Bench = { name: 'python', cases: [() => new WakingCase(), () => new RunningCase()] };
