import type { Pid, Tid } from '../base/ids.ts';
import { ObjectKind } from '../abi/objects.ts';
import { BlockReason } from '../abi/record.ts';
import type { MachineState, ObjectView, ThreadView } from './model.ts';

/** Processes that hold the end open which a thread blocked on this pipe waits for, each once, in order of pid. */
export function otherEnds(thread: ThreadView, pipe: ObjectView): readonly Pid[] {
  const ends = thread.blocked?.reason === BlockReason.PIPE_FULL ? pipe.pipe?.readers : pipe.pipe?.writers;
  return [...new Set(ends)].toSorted((one, other) => one - other);
}

export function isAtPipe(thread: ThreadView): boolean {
  const reason = thread.blocked?.reason;
  return reason === BlockReason.PIPE_EMPTY || reason === BlockReason.PIPE_FULL;
}

/**
 * Who alone could write (read) what this thread waits for, or close the end so that it sees the end of file: all threads of
 * the processes that hold the other end, but for itself and for those who wait there for the same.
 */
export function pipePartners(state: MachineState, thread: ThreadView, pipe: ObjectView): readonly ThreadView[] {
  const pids = new Set(otherEnds(thread, pipe));
  const waitsToo = ({ blocked }: ThreadView): boolean =>
    blocked !== null && blocked.object === pipe.id && blocked.reason === thread.blocked?.reason;
  return state.threads.filter(
    (one) => one.tid !== thread.tid && one.state !== 'Terminated' && pids.has(one.pid) && !waitsToo(one),
  );
}

/**
 * Threads that run, will run, or wait for something that one of these could bring about. Too many rather than too few:
 * whoever can run could release a lock or set an event. What a pipe, a recursive lock or a join waits for is exact.
 * `without`: as long as this one waits.
 */
export function threadsThatCanGoOn(state: MachineState, without: Tid | null = null): ReadonlySet<Tid> {
  const objects = new Map(state.objects.map((object) => [object.id, object]));
  const byOwnObject = new Map(state.threads.map((thread) => [thread.object, thread]));
  const waiting = state.threads.filter(({ tid, blocked }) => blocked !== null && tid !== without);
  const live = new Set<Tid>();
  for (const { tid, state: name, blocked } of state.threads) {
    if (tid === without) continue;
    if (name === 'Terminated') continue;
    // Somebody may type a line at any time.
    const wakes = blocked === null || blocked.until !== null || blocked.woken || blocked.reason === BlockReason.INPUT;
    if (wakes) live.add(tid);
  }
  const canBeWoken = (thread: ThreadView): boolean => {
    const id = thread.blocked?.object ?? null;
    const joins = thread.blocked?.reason === BlockReason.JOIN && id !== null;
    const joined = joins ? byOwnObject.get(id) : undefined;
    if (joined !== undefined) return joined.state === 'Terminated' || live.has(joined.tid);
    const object = id === null ? undefined : objects.get(id);
    if (object !== undefined && isAtPipe(thread) && object.pipe !== null) {
      return pipePartners(state, thread, object).some(({ tid }) => live.has(tid));
    }
    if (object?.kind === ObjectKind.RLOCK && object.holder !== null) return live.has(object.holder);
    return live.size > 0;
  };
  for (let before = -1; before !== live.size;) {
    before = live.size;
    for (const thread of waiting) if (!live.has(thread.tid) && canBeWoken(thread)) live.add(thread.tid);
  }
  return live;
}
