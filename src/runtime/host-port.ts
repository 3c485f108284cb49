import { asObjectId, asPid, asTid, type ObjectId, type Pid, type Tid } from '../base/ids.ts';
import { Control } from '../abi/control.ts';
import type { Memory } from '../abi/layout.ts';
import type { EndCause } from '../abi/record.ts';
import { Request, Slot } from '../abi/slot.ts';
import { peek } from '../abi/words.ts';
import type { Spawned, SpawnRequest } from '../sync/port.ts';
import type { HostSlot } from './host-slot.ts';
import { spawnThrough } from './spawn.ts';

/** What both ports have: who the thread is, and births and deaths, which go through the kernel in every mode. */
export abstract class HostPort {
  readonly memory: Memory;
  readonly pid: Pid;
  readonly parentPid: Pid;
  readonly tid: Tid;
  readonly self: ObjectId;
  readonly #slot: HostSlot;

  /** Precondition: the slot carries a thread, and has the turn. */
  constructor(slot: HostSlot) {
    this.memory = slot.memory;
    this.pid = asPid(slot.read(Slot.PID));
    this.parentPid = asPid(slot.read(Slot.PARENT_PID));
    this.tid = asTid(slot.read(Slot.TID));
    this.self = asObjectId(slot.read(Slot.SELF_OBJECT));
    this.#slot = slot;
  }

  spawn(request: SpawnRequest): Spawned {
    return spawnThrough(this.#slot, request);
  }

  kill(pid: Pid, code: number, cause: EndCause): boolean {
    return this.#slot.ask(Request.KILL, pid, code, cause) !== 0;
  }

  get logged(): boolean {
    return peek(this.memory.words, Control.LOG_MUTED) === 0;
  }
}
