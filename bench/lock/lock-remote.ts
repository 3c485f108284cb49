/** Each call does so many pairs (or additions) and returns how many it did a second. */
export interface LockRemote {
  /** `Atomics.add` on one word. */
  atomicsAdd(count: number): number;
  /** acquire and release of sync/lock.ts, nothing logged. */
  bare(count: number): number;
  /** The same with the two records that the runtime writes for a pair, stamped with the tick. */
  logged(count: number): number;
  /** `lock.acquire(); lock.release()` as a program calls them, in live mode, records stamped with the real clock. */
  live(count: number): number;
  /** `navigator.locks.request` with an empty callback. */
  navigatorLocks(count: number): Promise<number>;
}
