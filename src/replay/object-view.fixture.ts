import { asObjectId, asTid } from '../base/ids.ts';
import type { ObjectKind } from '../abi/objects.ts';
import type { ObjectView } from './model.ts';

/** An object of which nothing is known but what it is. */
export function bareObject(id: number, kind: ObjectKind, name: string): ObjectView {
  return {
    id: asObjectId(id),
    kind,
    name,
    creator: asTid(1),
    holder: null,
    depth: null,
    value: null,
    limit: null,
    places: null,
    lock: null,
    broken: null,
    flag: null,
    waiters: [],
    parts: [],
    whole: null,
    text: null,
    write: null,
    process: null,
    cells: null,
    pipe: null,
    pool: null,
    ready: null,
  };
}
