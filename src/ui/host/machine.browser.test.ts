import { afterEach, expect, test } from 'vitest';
import { Control } from '../../abi/control.ts';
import { EndCause, Kind } from '../../abi/record.ts';
import type { KernelStatus } from '../../abi/remote.ts';
import { createFixtureMachine, createMachineWith, runProgram, specOf } from '../../runtime/fixtures/lab.fixture.ts';
import hostScript from 'script:../../workers/host.worker.ts';
import { WARM_HOSTS } from './host-workers.ts';
import { createMachine, type Machine } from './machine.ts';

const machines: Machine[] = [];
afterEach(() => {
  for (const machine of machines.splice(0)) machine.dispose();
});

async function fixtureMachine(): Promise<Machine> {
  const machine = await createFixtureMachine();
  machines.push(machine);
  return machine;
}

/** How long the longest task of this thread was, in milliseconds, and how often a timer of 10 ms could answer. */
function watchMainThread(): () => { longestTaskMs: number; answers: number } {
  let longestTaskMs = 0;
  let answers = 0;
  const note = (entries: PerformanceEntryList): void => {
    for (const { duration } of entries) longestTaskMs = Math.max(longestTaskMs, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  const timer = setInterval(() => (answers += 1), 10);
  return () => {
    clearInterval(timer);
    note(observer.takeRecords());
    observer.disconnect();
    return { longestTaskMs, answers };
  };
}

/**
 * The longest time, in milliseconds, for which a thread that does nothing but look at the clock was not given a core: what the
 * rest of the machine has taken, and nobody here can be blamed for.
 */
function watchMachine(): { stop(): Promise<number> } {
  const source = `
    let last = performance.now();
    let longest = 0;
    setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 1);
    addEventListener('message', () => postMessage(longest));`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  return {
    stop: () =>
      new Promise((resolve) => {
        worker.addEventListener('message', ({ data }: MessageEvent<number>) => {
          worker.terminate();
          resolve(data);
        });
        worker.postMessage('stop');
      }),
  };
}

/** Chromium's own measure of this page's heap. */
const heapBytes = (): number =>
  (performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } }).memory.usedJSHeapSize;

test('the lessons’ own hosts run a lesson: 31 ticks for the textbook’s I/O example under FCFS', async () => {
  const machine = await createMachineWith(hostScript);
  machines.push(machine);
  const { status } = await runProgram(machine, {
    program: 'workload',
    parameters: { jobs: '0:c1-i5-c2-i5-c2-i5-c1,0:c5,0:c5,0:c5' },
    machine: { policy: 'fcfs' },
    stepBy: 'operation',
    launcher: true,
  });
  expect(status).toMatchObject({ state: 'finished', steps: 21, tick: 31 });
});

test('the same hosts carry one lesson after the other, also when one is left in the middle of its run', async () => {
  const machine = await createMachine();
  machines.push(machine);
  const load = (program: string, parameters: Record<string, number | boolean>): Promise<KernelStatus> =>
    machine.kernel.load(specOf({ program, parameters }));
  for (let round = 0; round < 3; round += 1) {
    await load('three-states', { processes: 3, rounds: 2 });
    await machine.kernel.run({ steps: 30 });
    await load('queue', { producers: 1, consumers: 2, items: 3, size: 2 });
    expect((await machine.kernel.run({})).state).toBe('finished');
    expect(machine.hosts).toBe(WARM_HOSTS);
  }
});

test('64 processes live at once', async () => {
  const machine = await fixtureMachine();
  const parameters = { workers: 63 };
  const { status, stdout } = await runProgram(machine, { program: 'many', parameters, machine: { cpus: 4 } });
  expect({ state: status.state, stdout }).toEqual({ state: 'finished', stdout: 'True\n' });
  expect(machine.hosts).toBe(64);
});

test('one process too many is a clear error of the program, not of the machine', async () => {
  const machine = await fixtureMachine();
  const { status, stderr } = await runProgram(machine, { program: 'many', parameters: { workers: 4 }, hosts: 4 });
  expect(stderr).toContain("RuntimeError: can't start a new process: all hosts of this run carry a thread already");
  expect(status.state).toBe('deadlock');
});

test('a program that loops without a checkpoint is stopped after 5 s, while the main thread keeps answering', async () => {
  const machine = await fixtureMachine();
  await runProgram(machine, { program: 'count', parameters: { workers: 1, rounds: 1, locked: true } });
  const idle = watchMachine();
  const watched = watchMainThread();
  const begin = performance.now();
  const { stdout, records } = await runProgram(machine, { program: 'hang' });
  const tookMs = performance.now() - begin;
  const { longestTaskMs, answers } = watched();
  // A task's length is told by the clock on the wall, so the time that the machine withheld is in it.
  expect(longestTaskMs).toBeLessThan(100 + (await idle.stop()));
  expect(answers).toBeGreaterThan(100);
  expect(tookMs).toBeGreaterThan(4_900);
  expect(tookMs).toBeLessThan(8_000);
  expect(stdout).toBe('child ended with 1\n');
  expect(records.find(({ kind, tid }) => kind === Kind.TERMINATED && tid === 2)?.aux).toBe(EndCause.HUNG);
  const again = await runProgram(machine, { program: 'count', parameters: { workers: 2, rounds: 2, locked: true } });
  expect(again.stdout).toBe('4\n');
});

test('200 loads one after the other: no more workers, no more memory', async () => {
  const machine = await fixtureMachine();
  const heads = new Set<string>();
  const heapAtFirst = heapBytes();
  for (let load = 0; load < 200; load += 1) {
    await machine.kernel.load(specOf({ program: 'many', parameters: { workers: 6 } }));
    // Half of them are left in the middle of their run.
    await machine.kernel.run({ steps: load % 2 === 0 ? 60 : 25 });
    if (load % 2 === 1) continue;
    const { words } = machine.memory;
    heads.add([Control.LOG_HEAD, Control.TEXT_HEAD, Control.OBJECT_HEAD].map((head) => words[head]).join(' '));
  }
  expect(machine.hosts).toBe(WARM_HOSTS);
  // Log, texts and objects begin anew with each load.
  expect(heads.size).toBe(1);
  expect(heapBytes() - heapAtFirst).toBeLessThan(16 << 20);
});

test('a kernel worker that cannot be started is an error, not a wait for ever', async () => {
  const broken = createMachine({
    kernel: () => new Worker(new URL('data:text/javascript,throw new Error("no kernel")'), { type: 'module' }),
    host: () => new Worker(new URL('../../runtime/fixtures/host.test.worker.ts', import.meta.url), { type: 'module' }),
    knowAll: true,
  });
  await expect(broken).rejects.toThrow(/kernel/);
});
