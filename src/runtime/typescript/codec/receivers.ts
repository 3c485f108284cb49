import { asObjectId, type ObjectId } from '../../../base/ids.ts';

/** Makes a handle of an object that exists already, from what its class gave to `SEND` behind the object. */
type Receiver = (object: ObjectId, details: readonly unknown[]) => unknown;

const RECEIVERS = new Map<string, Receiver>();

/**
 * As `copyreg.pickle`: how handles of this kind arrive. A class says so in its own module, so a program brings along the classes
 * that it can meet, and no others. It meets all that its processes can send, since they all have the same program.
 */
export function receives(kind: string, receiver: Receiver): void {
  RECEIVERS.set(kind, receiver);
}

/** Makes a handle from what its class gave to `SEND`. @throws TypeError for what is no kind of handle */
export function handleOf([kind, first, ...details]: readonly unknown[]): unknown {
  const receiver = RECEIVERS.get(String(kind));
  if (receiver === undefined) throw new TypeError(`cannot unpickle '${String(kind)}' object`);
  return receiver(asObjectId(first as number), details);
}
