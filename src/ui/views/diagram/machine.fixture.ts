import { asObjectId, asPid, asTid, type Tid } from '../../../base/ids.ts';
import type { ObjectKind } from '../../../abi/objects.ts';
import { BlockReason, EndCause, ReadyCause } from '../../../abi/record.ts';
import { ThreadKind } from '../../../abi/slot.ts';
import { bareObject } from '../../../replay/object-view.fixture.ts';
import type { MachineState, ObjectView, ThreadStateName, ThreadView } from '../../../replay/model.ts';

/** A thread to be; what is left out is as for a process that has just been made. */
export interface ThreadSketch {
  readonly name?: string;
  readonly state?: ThreadStateName;
  readonly cpu?: number;
  readonly line?: number;
  readonly reason?: BlockReason;
  /** Blocked: on which object; `join`: tid of whose end. */
  readonly object?: number;
  readonly until?: number;
  readonly code?: number;
  /** CPython's library has it for itself. */
  readonly library?: boolean;
}

export interface ObjectSketch {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly holder?: number;
  readonly value?: number;
  readonly depth?: number;
  readonly limit?: number;
  readonly lock?: number;
  readonly broken?: boolean;
  readonly flag?: boolean;
}

/** Rows of threads lie above all others. */
const THREAD_ROWS = 1000;
export const rowOf = (tid: number): number => THREAD_ROWS + tid;

function threadView(sketch: ThreadSketch, index: number): ThreadView {
  const state = sketch.state ?? 'Ready';
  const tid = index + 1;
  return {
    tid: asTid(tid),
    pid: asPid(tid),
    object: asObjectId(rowOf(tid)),
    name: sketch.name ?? `Process-${tid}`,
    shortName: sketch.name ?? `P${tid}`,
    kind: sketch.library === true ? ThreadKind.LIBRARY : ThreadKind.PROCESS,
    parent: null,
    state,
    since: index,
    cpu: state === 'Running' ? (sketch.cpu ?? 0) : null,
    line: sketch.line ?? null,
    blocked:
      state === 'Blocked'
        ? {
            reason: sketch.reason ?? BlockReason.SLEEP,
            object: sketch.object === undefined ? null : asObjectId(sketch.object),
            until: sketch.until ?? null,
            woken: false,
          }
        : null,
    ready: state === 'Ready' ? { cause: ReadyCause.CREATED, preempted: false, by: null } : null,
    rank: 0,
    priority: 0,
    end: state === 'Terminated' ? { cause: EndCause.RETURNED, code: sketch.code ?? 0, message: '' } : null,
  };
}

export interface MachineSketch {
  readonly threads: readonly ThreadSketch[];
  readonly objects?: readonly ObjectSketch[];
  readonly cpus?: number;
  readonly tick?: number;
  readonly end?: MachineState['end'];
}

/** Tids count from 1 in the order given, ids of objects too; Ready threads queue and waiters wait in order of tid. */
export function machineOf({
  threads: sketches,
  objects = [],
  cpus = 1,
  tick = 10,
  end = null,
}: MachineSketch): MachineState {
  const threads = sketches.map(threadView);
  const holders: (Tid | null)[] = Array.from({ length: cpus }, () => null);
  for (const thread of threads) if (thread.cpu !== null) holders[thread.cpu] = thread.tid;
  const views: ObjectView[] = objects.map((object, index) => ({
    ...bareObject(index + 1, object.kind, object.name),
    holder: object.holder === undefined ? null : asTid(object.holder),
    value: object.value ?? null,
    depth: object.depth ?? null,
    limit: object.limit ?? null,
    lock: object.lock === undefined ? null : asObjectId(object.lock),
    broken: object.broken ?? null,
    flag: object.flag ?? null,
    waiters: threads.filter((thread) => thread.blocked?.object === index + 1).map(({ tid }) => tid),
  }));
  const ready = threads.filter((thread) => thread.state === 'Ready').map(({ tid }) => tid);
  return { record: 0, live: false, tick, step: 0, stepBegan: -1, threads, ready, cpus: holders, objects: views, end };
}

/** The same machine with one thread in another state. */
export function withThread(sketch: MachineSketch, tid: number, change: ThreadSketch): MachineSketch {
  return {
    ...sketch,
    threads: sketch.threads.map((thread, index) => (index === tid - 1 ? { ...thread, ...change } : thread)),
  };
}
