import { NO_OBJECT, NO_TID, type ObjectId, type Tid } from '../base/ids.ts';
import { decode } from './decode.ts';
import type { LogEvent, ObjectView, ThreadView } from './model.ts';
import type { Replay } from './replay.ts';

/** What a record says, with all that it is about, as it is right after it. The UI makes sentences of it. */
export interface Description {
  readonly event: LogEvent;
  /** Times are microseconds. */
  readonly live: boolean;
  /** The thread it is about, before and after the record. */
  readonly before: ThreadView | null;
  readonly after: ThreadView | null;
  /** Who caused it: the waker, the parent, the one who took the CPU. */
  readonly by: ThreadView | null;
  /** A lock, event, variable …; for a join see `target`. */
  readonly object: ObjectView | null;
  /** What the object is a part of. */
  readonly whole: ObjectView | null;
  /** The thread whose own row the object is: what is created, started, joined. */
  readonly target: ThreadView | null;
}

/** Precondition: n < replay.records. */
export function describe(replay: Replay, n: number): Description {
  const event = decode(replay.log, replay, n);
  const before = replay.at(n).threads.find((one) => one.tid === event.tid) ?? null;
  const state = replay.at(n + 1);
  const threadOf = (tid: Tid | null): ThreadView | null => state.threads.find((one) => one.tid === tid) ?? null;
  const object = objectOf(event);
  const objectIn = (id: ObjectId): ObjectView | null => state.objects.find((one) => one.id === id) ?? null;
  const found = objectIn(object);
  return {
    event,
    live: replay.log.live,
    before,
    after: threadOf(event.tid),
    by: threadOf(causerOf(event)),
    object: found,
    whole: objectIn(event.kind === 'part' ? event.whole : (found?.whole ?? NO_OBJECT)),
    target: object === NO_OBJECT ? null : (state.threads.find((one) => one.object === object) ?? null),
  };
}

function objectOf(event: LogEvent): ObjectId {
  return 'object' in event ? (event.object ?? NO_OBJECT) : NO_OBJECT;
}

function causerOf(event: LogEvent): Tid {
  if (event.kind === 'created') return event.parent ?? NO_TID;
  return 'by' in event ? (event.by ?? NO_TID) : NO_TID;
}
