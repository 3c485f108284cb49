import { readContents, reserveContents, writeContents } from './contents.ts';
import { BLOCK_BYTES, BLOCK_WORDS, Inode, type Disk } from './disk.ts';
import type { OpenTable } from './open-table.ts';

/** Where an interpreter has its memory, and how one gets room in it. */
export interface Pages {
  readonly heap: () => Uint8Array;
  /** Address of so many bytes, at a border of pages or of what is said; 0: there is no room. */
  allocate(bytes: number, alignment?: number): number;
  free(address: number): void;
}

/** A part of a file that is mapped into the interpreter's memory, once for all who map it there. */
interface Mapping {
  readonly inode: number;
  /** Keeps the file, after its numbers are closed. */
  readonly holder: number;
  readonly offset: number;
  readonly length: number;
  readonly address: number;
  /** How often it is mapped. */
  uses: number;
  /** What these bytes were when they were last the file's. */
  readonly twin: Int32Array;
  /** The bytes themselves; anew whenever the memory has grown. */
  own: Int32Array;
  /** Of the file when they were last read. */
  version: number;
}

/**
 * Files in memory (`mmap`, and with it `shared_memory`, `Value` and `Array`). The memories of two interpreters have nothing in common, so a
 * mapping is a copy: before a process lets go of the turn it publishes the bytes that it has changed, and when it has the turn
 * again it reads what others have changed. In stepped mode nobody runs in between, so it cannot be told from memory
 * that is shared. In live mode processes see each other's bytes when they call the kernel, as with every lock.
 *
 * With nothing mapped this costs nothing; else each mapped byte is compared, and files that nobody has written are not read.
 */
export class Mappings {
  readonly #disk: Disk;
  readonly #table: OpenTable;
  readonly #pages: Pages;
  #mappings: Mapping[] = [];

  constructor(disk: Disk, table: OpenTable, pages: Pages) {
    this.#disk = disk;
    this.#table = table;
    this.#pages = pages;
  }

  /** Maps a part of the file that `holder` holds. Its address; 0: no room. */
  share(holder: number, offset: number, length: number): number {
    const inode = this.#table.inodeOf(holder);
    // What is mapped twice is there once, so that each sees at once what is written by the other.
    const same = this.#mappings.find(
      (one) => one.inode === inode && one.offset <= offset && one.offset + one.length >= offset + length,
    );
    const mapping = same ?? this.#create(holder, inode, offset, length);
    if (mapping === null) return 0;
    mapping.uses += 1;
    return mapping.address + offset - mapping.offset;
  }

  #create(holder: number, inode: number, offset: number, length: number): Mapping | null {
    const disk = this.#disk;
    // A write to memory must not fail, so its blocks are taken now.
    if (!disk.guarded(() => reserveContents(disk, inode, offset, length))) return null;
    const kept = this.#table.hold(holder);
    if (kept === 0) return null;
    const bytes = Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES;
    const address = this.#pages.allocate(bytes);
    if (address === 0) {
      this.#table.release(kept);
      return null;
    }
    const own = this.#wordsAt(address, bytes);
    const twin = new Int32Array(bytes / 4);
    const mapping = { inode, holder: kept, offset, length, address, uses: 0, twin, own, version: -1 };
    own.fill(0);
    this.publishAll(inode);
    this.#read(mapping);
    this.#mappings.push(mapping);
    return mapping;
  }

  /** Unmaps what was mapped at this address. False: it is not one of these. */
  unmap(address: number): boolean {
    const mapping = this.#at(address);
    if (mapping === undefined) return false;
    mapping.uses -= 1;
    if (mapping.uses === 0) this.#drop(mapping);
    return true;
  }

  /** Writes what is mapped at this address to its file. False: it is not one of these. */
  sync(address: number): boolean {
    const mapping = this.#at(address);
    if (mapping !== undefined) this.#publish(mapping);
    return mapping !== undefined;
  }

  /** Precondition: nothing of the program runs any more. */
  close(): void {
    for (const mapping of this.#mappings) this.#drop(mapping);
  }

  /** Before others run, or read the file: what this process has written becomes the file's. */
  publishAll(inode?: number): void {
    for (const mapping of this.#mappings) if (inode === undefined || mapping.inode === inode) this.#publish(mapping);
  }

  /** After others have run, or the file was written: this process sees it. Precondition: what it has written was published. */
  refreshAll(): void {
    for (const mapping of this.#mappings) {
      if (this.#disk.read(mapping.inode, Inode.VERSION) !== mapping.version) this.#read(mapping);
    }
  }

  #at(address: number): Mapping | undefined {
    return this.#mappings.find((one) => one.address <= address && address < one.address + one.length);
  }

  #drop(mapping: Mapping): void {
    this.#publish(mapping);
    this.#mappings = this.#mappings.filter((other) => other !== mapping);
    this.#pages.free(mapping.address);
    this.#table.release(mapping.holder);
  }

  #publish(mapping: Mapping): void {
    const { twin } = mapping;
    const own = this.#ownOf(mapping);
    for (let at = 0; at < own.length; at += BLOCK_WORDS) {
      let difference = 0;
      for (let index = at; index < at + BLOCK_WORDS; index += 1) {
        difference |= (own[index] as number) ^ (twin[index] as number);
      }
      if (difference !== 0) this.#write(mapping, at * 4);
    }
  }

  /** Writes the bytes of this block that were changed here, and no others: those may be another's by now. */
  #write(mapping: Mapping, from: number): void {
    const disk = this.#disk;
    const { inode, offset, address } = mapping;
    const heap = this.#pages.heap();
    const twin = new Uint8Array(mapping.twin.buffer);
    disk.guarded(() => {
      const before = disk.read(inode, Inode.VERSION);
      // Beyond the end of the file there is memory, but nothing to write.
      const end = Math.min(from + BLOCK_BYTES, mapping.length, disk.read(inode, Inode.SIZE) - offset);
      for (let at = from; at < end; at += 1) {
        if (heap[address + at] === twin[at]) continue;
        const first = at;
        while (at < end && heap[address + at] !== twin[at]) at += 1;
        writeContents(disk, inode, heap.subarray(address + first, address + at), offset + first);
      }
      if (before === mapping.version) mapping.version = disk.read(inode, Inode.VERSION);
    });
    twin.set(heap.subarray(address + from, address + from + BLOCK_BYTES), from);
  }

  #read(mapping: Mapping): void {
    const disk = this.#disk;
    const { inode, offset, address, length } = mapping;
    const target = this.#pages.heap().subarray(address, address + length);
    disk.guarded(() => {
      mapping.version = disk.read(inode, Inode.VERSION);
      const count = readContents(disk, inode, target, offset);
      target.fill(0, count);
    });
    new Uint8Array(mapping.twin.buffer).set(target);
  }

  #ownOf(mapping: Mapping): Int32Array {
    const { buffer } = this.#pages.heap();
    if (mapping.own.buffer !== buffer) mapping.own = this.#wordsAt(mapping.address, mapping.twin.byteLength);
    return mapping.own;
  }

  #wordsAt(address: number, bytes: number): Int32Array {
    return new Int32Array(this.#pages.heap().buffer, address, bytes / 4);
  }
}
