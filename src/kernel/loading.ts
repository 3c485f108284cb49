import { Control, Mode, StepBy } from '../abi/control.ts';
import { clearConsole } from '../abi/console.ts';
import { clearHeap } from '../abi/heap.ts';
import { BUCKETS_AT, LOG_AT, MAILBOXES_AT, RECORD_WORDS, slotAt, type Memory } from '../abi/layout.ts';
import { HOST_HANG_MS, LOG_CAPACITY, STEP_LIMIT } from '../abi/limits.ts';
import { clearObjects } from '../abi/object-table.ts';
import { EndCause } from '../abi/record.ts';
import type { RunSpec } from '../abi/remote.ts';
import { Request, Slot } from '../abi/slot.ts';
import { FIRST_TEXT, textIn } from '../abi/text.ts';
import { peek, poke, type Words } from '../abi/words.ts';
import type { HostPool } from './host-pool.ts';
import type { Machine } from './machine.ts';
import { serve, Served } from './requests.ts';
import { scheduleArrival, spawnMain } from './spawn.ts';
import type { Thread } from './thread.ts';

const STEP_BY = { line: StepBy.LINE, operation: StepBy.OPERATION, bytecode: StepBy.BYTECODE } as const;

/** A new run is not kept waiting longer by a host of the last one. */
const UNWIND_PATIENCE_MS = 500;

/** Ends whatever ran. Postcondition: no host runs. */
export function endRun({ words }: Memory, pool: HostPool): void {
  // First of all, so that a live host on its way to the log or out of it sees that its run is over.
  Atomics.add(words, Control.RUN, 1);
  // Whoever waits for room in the log gets it, or he could not unwind.
  Atomics.store(words, Control.LOG_TAKEN, Atomics.load(words, Control.LOG_HEAD));
  Atomics.notify(words, Control.LOG_TAKEN);
  pool.unwindAll(UNWIND_PATIENCE_MS);
}

/** Ends whatever ran and makes the shared memory as good as new. */
export function clearMemory(memory: Memory, pool: HostPool, spec: RunSpec): void {
  const { words } = memory;
  endRun(memory, pool);
  // Whose worker was stopped has left its place in the lot, or its wait for the log, behind.
  words.fill(0, BUCKETS_AT, MAILBOXES_AT);
  Atomics.store(words, Control.LOG_WAITERS, 0);
  clearObjects(memory);
  clearHeap(memory);
  clearConsole(memory);
  clearTables(words);
  clearLog(memory);
  Atomics.store(words, Control.TEXT_HEAD, FIRST_TEXT);
  Atomics.store(words, Control.MODE, spec.mode === 'live' ? Mode.LIVE : Mode.STEPPED);
  Atomics.store(words, Control.STEP_BY, STEP_BY[spec.stepBy]);
  Atomics.store(words, Control.CPUS, spec.machine.cpus);
  Atomics.store(words, Control.SEED, spec.machine.seed);
  Atomics.store(words, Control.TICK, 0);
  Atomics.store(words, Control.LOG_MUTED, spec.muted ? 1 : 0);
  Atomics.store(words, Control.VARIABLES_MUTED, spec.variables === false ? 1 : 0);
  Atomics.store(words, Control.DOORBELL, 0);
  Atomics.store(words, Control.PAUSE, 0);
  // One that came when the last run was over.
  Atomics.store(words, Control.INPUT, 0);
}

/** The rows themselves are zero already. */
function clearTables(words: Words): void {
  Atomics.store(words, Control.DESCRIPTORS_GUARD, 0);
  Atomics.store(words, Control.WATCHES_GUARD, 0);
  Atomics.store(words, Control.DISK_GUARD, 0);
  Atomics.store(words, Control.DESCRIPTOR_HEAD, 0);
  Atomics.store(words, Control.WATCH_HEAD, 0);
}

/** Zeroes the commit words, so that no reader takes a record of the last run for one of the next. */
function clearLog(memory: Memory): void {
  const { words } = memory;
  const used = Math.min(Atomics.load(words, Control.LOG_HEAD), LOG_CAPACITY);
  for (let record = 0; record < used; record += 1) poke(words, LOG_AT + record * RECORD_WORDS + 7, 0);
  Atomics.store(words, Control.LOG_TAKEN, 0);
  Atomics.store(words, Control.LOG_HEAD, 0);
}

/** Brings the first threads into being. Null when all is well, else what failed. */
export function createFirst(machine: Machine): string | null {
  const main = spawnMain(machine);
  if (main === null) return 'no host came for the main process; reload the page, or allow more hosts';
  if (machine.spec.launcher) return runLauncher(machine, main);
  if (machine.spec.mode === 'stepped') scheduleArrival(machine, main, 0, false);
  return null;
}

/**
 * Runs the launcher to its end, before tick 0: not scheduled, not logged, not measured. Its children arrive at the
 * ticks that it gave them. It may not block, since there is nobody yet who could wake it.
 */
function runLauncher(machine: Machine, launcher: Thread): string | null {
  const { words } = machine;
  const wasMuted = Atomics.load(words, Control.LOG_MUTED);
  Atomics.store(words, Control.LOG_MUTED, 1);
  const failure = driveLauncher(machine, launcher);
  Atomics.store(words, Control.LOG_MUTED, wasMuted);
  if (failure === null) machine.pool.release(launcher.slot);
  else if (launcher.slot >= 0) machine.pool.unwind(launcher.slot, HOST_HANG_MS);
  launcher.slot = -1;
  return failure;
}

function driveLauncher(machine: Machine, launcher: Thread): string | null {
  const at = slotAt(launcher.slot);
  for (let checkpoints = 0; checkpoints < STEP_LIMIT;) {
    const handover = machine.relay.handOver(launcher.slot, HOST_HANG_MS);
    if (handover !== 'request') return handover === 'hung' ? 'the launcher hung' : 'the worker of the launcher died';
    const request = peek(machine.words, at + Slot.REQUEST);
    if (request === Request.EXIT) return launcherEnd(machine, at);
    if (request === Request.WAIT || request === Request.SLEEP)
      return 'the launcher blocked; it may only start processes';
    const served = serve(machine, launcher);
    if (served === Served.LEFT) return 'the host of the launcher was lost';
    if (served === Served.AT_CHECKPOINT) checkpoints += 1;
  }
  return `the launcher did not end within ${STEP_LIMIT} steps`;
}

function launcherEnd(machine: Machine, at: number): string | null {
  const cause = peek(machine.words, at + Slot.ARG2);
  if (cause !== EndCause.RAISED && peek(machine.words, at + Slot.ARG0) === 0) return null;
  const message = textIn(machine.memory, peek(machine.words, at + Slot.ARG1));
  return message === '' ? `the launcher ended with exit code ${peek(machine.words, at + Slot.ARG0)}` : message;
}
