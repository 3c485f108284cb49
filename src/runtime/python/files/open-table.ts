import { highHalf, joinDouble, lowHalf, peek, poke } from '../../../abi/words.ts';
import { dropUnused } from './directory.ts';
import { Holder, Inode, Open, type Disk } from './disk.ts';

/**
 * Which files are open: POSIX's open file descriptions, with what all numbers have in common that were made of each other by `dup` or by
 * starting a process. A description lives while somebody holds it:
 *
 *   OWNER > 0              a process of this pid: a number of its own, or a mapping
 *   OWNER = packedBy(pid)  it was packed into a message that is not sent yet, and is dropped with this process
 *   OWNER = IN_FLIGHT      the message was sent, and it is nobody's; one that nobody ever receives stays
 *
 * What a process has left behind that was killed is dropped when its parent waits for it, or when there is no room.
 */
const IN_FLIGHT = -(2 ** 31);
const packedBy = (pid: number): number => -pid;

/** What Emscripten reads and writes of an open file. */
export class OpenState {
  readonly #disk: Disk;
  readonly #at: number;

  constructor(disk: Disk, open: number) {
    this.#disk = disk;
    this.#at = disk.openAt(open);
  }

  get flags(): number {
    return peek(this.#disk.words, this.#at + Open.FLAGS);
  }

  set flags(flags: number) {
    poke(this.#disk.words, this.#at + Open.FLAGS, flags);
  }

  get position(): number {
    const { words } = this.#disk;
    return joinDouble(peek(words, this.#at + Open.POSITION), peek(words, this.#at + Open.POSITION + 1));
  }

  set position(position: number) {
    poke(this.#disk.words, this.#at + Open.POSITION, lowHalf(position));
    poke(this.#disk.words, this.#at + Open.POSITION + 1, highHalf(position));
  }
}

export class OpenTable {
  readonly #disk: Disk;
  readonly #pid: number;

  /** `isAlive`: whether there still is a process of this pid. */
  constructor(disk: Disk, pid: number, isAlive: (pid: number) => boolean) {
    this.#disk = disk;
    this.#pid = pid;
    disk.reclaim = () => this.#dropDead(isAlive);
  }

  /** Opens a file. What holds it; 0: the table is full. */
  open(inode: number, flags: number): number {
    const disk = this.#disk;
    return disk.guarded(() => {
      const open = disk.takeOpen();
      const holder = open === 0 ? 0 : this.#take(open, this.#pid);
      if (holder === 0) return 0;
      poke(disk.words, disk.openAt(open) + Open.FLAGS, flags);
      poke(disk.words, disk.openAt(open) + Open.INODE, inode);
      disk.write(inode, Inode.OPENS, disk.read(inode, Inode.OPENS) + 1);
      return holder;
    });
  }

  /** Another hold of the same, by this process or (`packed`) a message of its. 0: the table is full. */
  hold(holder: number, packed = false): number {
    const owner = packed ? packedBy(this.#pid) : this.#pid;
    return this.#disk.guarded(() => this.#take(this.#openOf(holder), owner));
  }

  release(holder: number): void {
    this.#disk.guarded(() => this.#drop(holder));
  }

  /** What was packed is sent: from now on it does not matter whether this process lives. */
  letGo(holder: number): void {
    // Who was quick has received it already.
    this.#disk.guarded(() => this.#give(holder, packedBy(this.#pid), IN_FLIGHT));
  }

  /** What was received is this process's. False: it was dropped with its sender. */
  adopt(holder: number): boolean {
    return this.#disk.guarded(() => {
      if (this.#ownerOf(holder) >= 0) return false;
      this.#give(holder, this.#ownerOf(holder), this.#pid);
      return true;
    });
  }

  /** Drops all that this process holds. */
  releaseAll(pid: number): void {
    this.#disk.guarded(() => this.#dropAllOf((owner) => owner === pid || owner === packedBy(pid)));
  }

  inodeOf(holder: number): number {
    return peek(this.#disk.words, this.#disk.openAt(this.#openOf(holder)) + Open.INODE);
  }

  stateOf(holder: number): OpenState {
    return new OpenState(this.#disk, this.#openOf(holder));
  }

  #dropDead(isAlive: (pid: number) => boolean): void {
    this.#dropAllOf((owner) => owner !== 0 && owner !== IN_FLIGHT && !isAlive(Math.abs(owner)));
  }

  #dropAllOf(which: (owner: number) => boolean): void {
    for (let holder = 1; holder <= this.#disk.holders; holder += 1) {
      if (which(this.#ownerOf(holder))) this.#drop(holder);
    }
  }

  #take(open: number, owner: number): number {
    const { words } = this.#disk;
    const holder = this.#disk.takeHolder();
    if (holder === 0) return 0;
    poke(words, this.#disk.holderAt(holder) + Holder.OPEN, open);
    const at = this.#disk.openAt(open) + Open.HOLDERS;
    poke(words, at, peek(words, at) + 1);
    poke(words, this.#disk.holderAt(holder) + Holder.OWNER, owner);
    return holder;
  }

  #drop(holder: number): void {
    const disk = this.#disk;
    const { words } = disk;
    const at = disk.openAt(this.#openOf(holder));
    poke(words, disk.holderAt(holder) + Holder.OWNER, 0);
    const left = peek(words, at + Open.HOLDERS) - 1;
    poke(words, at + Open.HOLDERS, left);
    if (left > 0) return;
    const inode = peek(words, at + Open.INODE);
    poke(words, at + Open.INODE, 0);
    disk.write(inode, Inode.OPENS, disk.read(inode, Inode.OPENS) - 1);
    dropUnused(disk, inode);
  }

  #give(holder: number, from: number, to: number): void {
    if (this.#ownerOf(holder) === from) poke(this.#disk.words, this.#disk.holderAt(holder) + Holder.OWNER, to);
  }

  #ownerOf(holder: number): number {
    return peek(this.#disk.words, this.#disk.holderAt(holder) + Holder.OWNER);
  }

  #openOf(holder: number): number {
    return peek(this.#disk.words, this.#disk.holderAt(holder) + Holder.OPEN);
  }
}
