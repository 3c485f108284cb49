declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A process, as `os.getpid()` would name it. The first process of a run is 1; 0 is the launcher, which is never shown. */
export type Pid = Branded<number, 'Pid'>;
/** A thread: what the scheduler dispatches. Whole, unique in a run, counted from 1 in order of creation. */
export type Tid = Branded<number, 'Tid'>;
/** A row of the object table (lock, event, shared value, process …). 0 means "no object". */
export type ObjectId = Branded<number, 'ObjectId'>;
/** A place for one host in shared memory. */
export type SlotId = Branded<number, 'SlotId'>;
/** Where a text lies in the text store; 0 is the empty text. */
export type TextRef = Branded<number, 'TextRef'>;

export const asPid = (value: number): Pid => value as Pid;
export const asTid = (value: number): Tid => value as Tid;
export const asObjectId = (value: number): ObjectId => value as ObjectId;
export const asSlotId = (value: number): SlotId => value as SlotId;
export const asTextRef = (value: number): TextRef => value as TextRef;

export const NO_OBJECT = 0 as ObjectId;
export const NO_TID = 0 as Tid;
export const NO_TEXT = 0 as TextRef;
