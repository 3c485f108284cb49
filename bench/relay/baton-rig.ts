import { wrap, type Remote } from 'comlink';
import { arrivalsWord, SLOT_WORDS, Turn, type BatonRemote } from './baton.ts';

interface Rigged {
  readonly worker: Worker;
  readonly remote: Remote<BatonRemote>;
}

/** The workers of the raw baselines, and what they are told. */
export class BatonRig {
  readonly #workers: number;
  readonly #memory: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #hosts: readonly Rigged[];
  readonly #commander: Rigged;

  constructor(workers: number) {
    this.#workers = workers;
    this.#memory = new SharedArrayBuffer((arrivalsWord(workers) + SLOT_WORDS) * 4);
    this.#words = new Int32Array(this.#memory);
    this.#hosts = Array.from({ length: workers }, rigged);
    this.#commander = rigged();
  }

  async ready(): Promise<void> {
    const all = [...this.#hosts, this.#commander];
    await Promise.all(all.map(({ remote }, index) => remote.attach(this.#memory, this.#workers, index)));
  }

  /** Milliseconds for so many grants: kernel → host → kernel. */
  async relay(grants: number): Promise<number> {
    const hosts = await this.#standing((host) => host.remote.obey());
    const begin = performance.now();
    await this.#commander.remote.command(grants);
    const ms = performance.now() - begin;
    await Promise.all(hosts);
    return ms;
  }

  /** Milliseconds for so many handovers: host → host. */
  async ring(handovers: number): Promise<number> {
    const laps = Math.ceil(handovers / this.#workers);
    const [first, ...others] = await this.#standing((host) => host.remote.pass(laps));
    const begin = performance.now();
    Atomics.store(this.#words, 0, Turn.MINE);
    Atomics.notify(this.#words, 0, 1);
    await first;
    const ms = performance.now() - begin;
    await Promise.all(others);
    return (ms * handovers) / (laps * this.#workers);
  }

  dispose(): void {
    for (const { worker } of [...this.#hosts, this.#commander]) worker.terminate();
  }

  /** Sends every host into its loop and waits until all stand there: getting there is no part of the measurement. */
  async #standing(send: (host: Rigged) => Promise<void>): Promise<readonly Promise<void>[]> {
    const arrivals = arrivalsWord(this.#workers);
    Atomics.store(this.#words, arrivals, 0);
    const returns = this.#hosts.map(send);
    while (Atomics.load(this.#words, arrivals) < this.#workers) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return returns;
  }
}

function rigged(): Rigged {
  const worker = new Worker(new URL('./baton.worker.ts', import.meta.url), { type: 'module' });
  return { worker, remote: wrap<BatonRemote>(worker) };
}
