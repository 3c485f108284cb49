import { wrap } from 'comlink';
import { createMemory, type Memory } from '../../abi/layout.ts';
import type { InterpreterSource, KernelDemand, KernelRemote } from '../../abi/remote.ts';
import { HostWorkers, type HostMaker } from './host-workers.ts';
import type { Progress } from './interpreters.ts';
import pythonWorkerUrl from '../../workers/python.worker.ts?worker&url';

/** By tools/vite/interpreter.mjs; the folder is beside the page. */
declare const PYTHON: InterpreterSource;

/** Makes the workers; tests have hosts with programs of their own. */
export interface WorkerMakers extends HostMaker {
  readonly kernel: () => Worker;
}

/** The kernel, its memory and its hosts, as the main thread knows them. */
export interface Machine {
  readonly memory: Memory;
  /** `load` also sees to it that the hosts know the program. */
  readonly kernel: Omit<KernelRemote, 'attach' | 'sendHostsHome'>;
  /** Workers that carry a thread or wait for one. */
  readonly hosts: number;
  /** The interpreters of the Python engine. */
  readonly python: {
    /** This browser can suspend a stack: JavaScript Promise Integration. */
    readonly switchesThreads: boolean;
    prepare(this: void, progress: (state: Progress) => void, signal: AbortSignal): Promise<void>;
  };
  /** Kept when the kernel's worker has stopped by an error; calls that are under way then never come back. */
  readonly failure: Promise<Error>;
  /** Stops all workers for good. */
  dispose(): void;
}

let interpreterScript: string | null = null;

/**
 * A script that imports the worker's own. A worker from an address has the content security policy that its server sends with it, which
 * is none on a plain static host; one from a blob inherits the page's.
 */
function interpreterUrl(): string {
  const script = `import ${JSON.stringify(new URL(pythonWorkerUrl, import.meta.url).href)};`;
  interpreterScript ??= URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  return interpreterScript;
}

const WORKERS = {
  kernel: () =>
    new Worker(new URL('../../workers/kernel.worker.ts', import.meta.url), { type: 'module', name: 'kernel' }),
  host: () => new Worker(new URL('../../workers/host.worker.ts', import.meta.url), { type: 'module', name: 'host' }),
  python: {
    worker: () => new Worker(interpreterUrl(), { type: 'module', name: 'interpreter' }),
    source: { ...PYTHON, folder: new URL(`${PYTHON.folder}/`, document.baseURI).href },
  },
} satisfies WorkerMakers;

/** For measurements: no interpreter wakes beside what is measured, for later. */
export const QUIET_WORKERS: WorkerMakers = { ...WORKERS, python: { ...WORKERS.python, spares: 0 } };

/** Comlink's own messages carry an id; the kernel's demands carry a kind. */
function isDemand(data: unknown): data is KernelDemand {
  return typeof data === 'object' && data !== null && 'kind' in data && 'slot' in data;
}

/**
 * Spawns the kernel's worker and the first hosts. Precondition: the page is cross-origin isolated. Nothing here blocks:
 * the kernel asks for hosts by messages, which arrive while it waits.
 * @throws Error when the kernel's worker cannot be started
 */
export async function createMachine(workers: WorkerMakers = WORKERS): Promise<Machine> {
  const memory = createMemory();
  const hosts = new HostWorkers(memory, workers);
  const kernelWorker = workers.kernel();
  kernelWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isDemand(data)) hosts.meet(data);
  });
  const failure = new Promise<Error>((resolve) => {
    kernelWorker.addEventListener('error', (event) => {
      event.preventDefault();
      resolve(new Error(`the kernel's worker has stopped: ${event.message || 'its script could not be loaded'}`));
    });
  });
  const kernel = wrap<KernelRemote>(kernelWorker);
  const error = await Promise.race([kernel.attach(memory.buffer), failure]);
  if (error instanceof Error) {
    hosts.dispose();
    throw error;
  }
  return {
    memory,
    kernel: {
      async load(spec) {
        const sendHome = (): Promise<void> => kernel.sendHostsHome();
        if (spec.engine === 'py') await hosts.knowPython(spec.files ?? {}, sendHome);
        else await hosts.know(spec.program, sendHome);
        return kernel.load(spec);
      },
      run: (until) => kernel.run(until),
      pick: (tid) => kernel.pick(tid),
      kill: (pid) => kernel.kill(pid),
      resizePool: (size) => kernel.resizePool(size),
      typeLine: (line) => kernel.typeLine(line),
      schedule: () => kernel.schedule(),
    },
    python: {
      switchesThreads: 'Suspending' in WebAssembly && 'promising' in WebAssembly,
      prepare: (progress, signal) => hosts.preparePython(progress, signal),
    },
    failure,
    get hosts() {
      return hosts.count;
    },
    dispose() {
      hosts.dispose();
      kernelWorker.terminate();
    },
  };
}
