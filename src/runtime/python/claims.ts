import type { ObjectId, Tid } from '../../base/ids.ts';
import type { BlockReason } from '../../abi/record.ts';

/** What a thread says it waits for; reason 0: for whatever it waits. */
export interface Claim {
  readonly object: ObjectId;
  readonly reason: BlockReason | 0;
}

type Said = Claim & { readonly reason: BlockReason };

const isSaid = (claim: Claim | undefined): claim is Said => claim !== undefined && claim.reason !== 0;

/**
 * The calls of the program's objects that its threads are in. Inside CPython's library everything waits for a lock in the end; what a
 * thread waits for in the program's words is the innermost call that the log knows.
 */
export class Claims {
  readonly #calls = new Map<Tid, Claim[]>();

  push(tid: Tid, claim: Claim): void {
    const calls = this.#calls.get(tid);
    if (calls === undefined) this.#calls.set(tid, [claim]);
    else calls.push(claim);
  }

  pop(tid: Tid): void {
    const calls = this.#calls.get(tid);
    calls?.pop();
    if (calls?.length === 0) this.#calls.delete(tid);
  }

  /** The innermost call waits for something else than it said. */
  change(tid: Tid, claim: Claim): void {
    this.pop(tid);
    this.push(tid, claim);
  }

  of(tid: Tid): Said | undefined {
    const claim = this.#calls.get(tid)?.at(-1);
    return isSaid(claim) ? claim : undefined;
  }
}
