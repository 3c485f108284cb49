import { LogStore } from '../../src/replay/log-store.ts';
import { Spans } from '../../src/replay/spans.ts';
import { createBenchMachine, load, specOf } from '../machine/rig.ts';

const THREADS = 64;
const MILLION = 1_000_000;
const STEPS_A_CALL = 50_000;
export const CPUS = 4;

export interface LongLogs {
  /** A million records. */
  readonly records: LogStore;
  /** The same run, a million spans long. */
  readonly spans: LogStore;
}

let made: Promise<LongLogs> | null = null;

/**
 * The log of a real run of the real machine: 64 processes that compute, lock, count, wait, sleep and print (`mixed`).
 * Made once and shared by the benches that read logs.
 */
export function longLogs(): Promise<LongLogs> {
  made ??= makeLogs();
  return made;
}

async function makeLogs(): Promise<LongLogs> {
  const machine = await createBenchMachine();
  const logs: LongLogs = { records: new LogStore(), spans: new LogStore() };
  const spans = new Spans(logs.spans);
  try {
    await load(machine, specOf('mixed', THREADS, { policy: 'rr', quantum: 1, cpus: CPUS }));
    while (countOf(spans) < MILLION) {
      const wantsRecords = logs.records.count < MILLION;
      const status = await machine.kernel.run({ steps: STEPS_A_CALL, ...(wantsRecords ? { records: MILLION } : {}) });
      if (status.state !== 'paused' && status.state !== 'limit') throw new Error(`the run stopped: ${status.state}`);
      if (wantsRecords) logs.records.take(machine.memory);
      logs.spans.take(machine.memory);
      spans.extend();
    }
  } finally {
    machine.dispose();
  }
  return logs;
}

function countOf(spans: Spans): number {
  let count = 0;
  for (let lane = 0; lane < spans.lanes; lane += 1) count += spans.countOf(lane);
  return count;
}
