import { alternate, type Bench, type Case, type Row, type Samples } from '../bench.ts';
import type { Machine } from '../../src/ui/host/machine.ts';
import { createBenchMachine, load, specOf } from '../machine/rig.ts';
import { BatonRig } from './baton-rig.ts';

/** Short turns: the rate of every side changes severalfold within seconds, and each side should meet all of it. */
const GRANTS = 3_000;
const TURNS = 12;

/** Grants a second through the kernel, the raw relay and the raw ring, with as many workers each. */
class RelayCase implements Case {
  readonly rows: readonly Row[];
  readonly #hosts: number;
  readonly #raw: BatonRig;
  #machine: Machine | null = null;

  constructor(hosts: number) {
    this.#hosts = hosts;
    this.#raw = new BatonRig(hosts);
    const common = { n: String(hosts), ours: 'kernel', unit: 'grants/s' };
    this.rows = [
      {
        ...common,
        what: { en: 'grants through the kernel ÷ raw relay', zh: '经内核的授权 ÷ 裸接力' },
        baseline: 'relay',
        goal: { at: 'least', value: 0.9 },
      },
      {
        ...common,
        what: { en: 'grants through the kernel ÷ raw ring', zh: '经内核的授权 ÷ 裸环' },
        baseline: 'ring',
        goal: { at: 'least', value: 0.7 },
      },
      {
        what: { en: 'raw relay ÷ raw ring, for comparison', zh: '裸接力 ÷ 裸环（供对照）' },
        n: common.n,
        unit: common.unit,
        ours: 'relay',
        baseline: 'ring',
        goal: null,
      },
    ];
  }

  async prepare(): Promise<void> {
    this.#machine = await createBenchMachine();
    await this.#raw.ready();
  }

  async round(round: number): Promise<Samples> {
    const machine = this.#machine;
    if (machine === null) throw new Error('the machine is not there yet');
    await load(machine, specOf('spin', this.#hosts, { policy: 'rr', quantum: 1 }));
    // Every process starts and runs once: the programs' own beginning is no grant like the others.
    await machine.kernel.run({ steps: 2 * this.#hosts });
    const sums: Record<string, number> = { kernel: 0, relay: 0, ring: 0 };
    for (let turn = 0; turn < TURNS; turn += 1) {
      const ms = await alternate(round + turn, {
        kernel: () => grant(machine),
        relay: () => this.#raw.relay(GRANTS),
        ring: () => this.#raw.ring(GRANTS),
      });
      for (const side of Object.keys(sums)) sums[side] = (sums[side] ?? 0) + (ms[side] ?? 0);
    }
    return Object.fromEntries(Object.entries(sums).map(([side, ms]) => [side, (GRANTS * TURNS * 1000) / ms]));
  }

  async dispose(): Promise<void> {
    this.#raw.dispose();
    this.#machine?.dispose();
  }
}

/** Milliseconds for so many grants, each a step of another process: dispatched, logged, run, preempted. */
async function grant({ kernel }: Machine): Promise<number> {
  const begin = performance.now();
  const { state } = await kernel.run({ steps: GRANTS });
  const ms = performance.now() - begin;
  if (state !== 'paused') throw new Error(`the run stopped: ${state}`);
  return ms;
}

export const relay: Bench = { name: 'relay', cases: [2, 8, 64].map((hosts) => () => new RelayCase(hosts)) };
