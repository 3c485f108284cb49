import { parseAnchor, resolveAnchor } from '../replay/anchors.ts';
import type { ThreadView } from '../replay/model.ts';
import type { Replay } from '../replay/replay.ts';

/** Record after the event; the anchor must be one, and its event must come. */
export function recordOf(replay: Replay, text: string): number {
  const anchor = parseAnchor(text);
  if (anchor === null) throw new Error(`"${text}" names no event`);
  const record = resolveAnchor(replay, anchor);
  if (record === null) throw new Error(`"${text}" never comes`);
  return record;
}

/** `program`: source, for anchors that name a line. */
export function comes(replay: Replay, text: string, program?: string): boolean {
  const anchor = parseAnchor(text);
  return anchor !== null && resolveAnchor(replay, anchor, program) !== null;
}

export function tickOf(replay: Replay, text: string): number {
  return replay.at(recordOf(replay, text)).tick;
}

/** True when each event comes after the one before it. */
export function inOrder(replay: Replay, ...anchors: string[]): boolean {
  const records = anchors.map((anchor) => recordOf(replay, anchor));
  return records.every((record, at) => at === 0 || record > (records[at - 1] as number));
}

/** A thread as it is right after the event. */
export function threadAfter(replay: Replay, text: string, shortName: string): ThreadView {
  const thread = replay.at(recordOf(replay, text)).threads.find((view) => view.shortName === shortName);
  if (thread === undefined) throw new Error(`there is no ${shortName} at "${text}"`);
  return thread;
}
