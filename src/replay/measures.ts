import { asPid } from '../base/ids.ts';
import { peek } from '../abi/words.ts';
import { ThreadKind } from '../abi/slot.ts';
import { Run, Thread, THREAD_SHIFT, type FoldState } from './fold-state.ts';
import type { Measures, ProcessMeasures } from './model.ts';
import type { Replay } from './replay.ts';
import { ThreadState } from './thread-state.ts';

/**
 * Measures of the run up to a record: sums over the threads of each process. A process ends with its last thread. What
 * is still going on is counted up to the end of the tick at which the record stands. In live mode times are
 * microseconds, cpu is the time in Running, and throughput is per 100 milliseconds.
 */
export function measuresAt(replay: Replay, record: number): Measures {
  const state = replay.seek(record);
  const { live } = replay.log;
  const { run } = state;
  const ticks = Math.max(peek(run, Run.TICK), peek(run, Run.STEPPED));
  const processes = processesOf(replay, state, ticks);
  const ended = processes.filter((process) => process.turnaround !== null).length;
  const cpus = Math.max(replay.cpuCount, peek(run, Run.CPUS));
  const busy = live ? processes.reduce((sum, process) => sum + process.cpu, 0) : peek(run, Run.STEPS);
  return {
    processes,
    run: {
      ticks,
      utilisation: ticks === 0 ? 0 : busy / (ticks * cpus),
      switches: peek(run, Run.SWITCHES),
      throughput: ticks === 0 ? 0 : (ended * (live ? 100_000 : 100)) / ticks,
    },
  };
}

interface Sums {
  name: string;
  arrival: number;
  firstRun: number;
  ended: number;
  waiting: number;
  blocked: number;
  cpu: number;
}

/** In order of the pids. A process that has not arrived yet is not among them. */
function processesOf(replay: Replay, state: FoldState, now: number): ProcessMeasures[] {
  const words = state.threads.words;
  const byPid = new Map<number, Sums>();
  for (let tid = 1; tid <= peek(state.run, Run.TIDS); tid += 1) {
    const row = tid << THREAD_SHIFT;
    if (peek(words, row + Thread.STATE) === ThreadState.NONE) continue;
    const pid = peek(words, row + Thread.PID);
    let sums = byPid.get(pid);
    if (sums === undefined) {
      sums = { name: '', arrival: Infinity, firstRun: Infinity, ended: 0, waiting: 0, blocked: 0, cpu: 0 };
      byPid.set(pid, sums);
    }
    if (peek(words, row + Thread.KIND) === ThreadKind.PROCESS) sums.name = replay.nameOf(tid);
    addThread(sums, words, row, now, replay.log.live);
  }
  return [...byPid]
    .filter(([, sums]) => sums.arrival < Infinity)
    .toSorted(([one], [other]) => one - other)
    .map(([pid, sums]) => ({
      pid: asPid(pid),
      name: sums.name,
      arrival: sums.arrival,
      response: sums.firstRun < Infinity ? sums.firstRun - sums.arrival : null,
      turnaround: sums.ended < Infinity ? sums.ended - sums.arrival : null,
      waiting: sums.waiting,
      blocked: sums.blocked,
      cpu: sums.cpu,
    }));
}

function addThread(sums: Sums, words: Int32Array, row: number, now: number, live: boolean): void {
  const state = peek(words, row + Thread.STATE);
  const since = peek(words, row + Thread.SINCE);
  const timeIn = (which: number): number =>
    peek(words, row + Thread.SPENT + which) + (state === which ? Math.max(0, now - since) : 0);
  const arrival = peek(words, row + Thread.ARRIVAL);
  const firstRun = peek(words, row + Thread.FIRST_RUN);
  if (arrival > 0) sums.arrival = Math.min(sums.arrival, arrival - 1);
  if (firstRun > 0) sums.firstRun = Math.min(sums.firstRun, firstRun - 1);
  sums.ended = Math.max(sums.ended, state === ThreadState.TERMINATED ? since : Infinity);
  sums.waiting += timeIn(ThreadState.READY);
  sums.blocked += timeIn(ThreadState.BLOCKED);
  sums.cpu += live ? timeIn(ThreadState.RUNNING) : peek(words, row + Thread.STEPS);
}
