import { readContents, writeContents } from './contents.ts';
import { setTime } from './directory.ts';
import { Inode, type Disk } from './disk.ts';
import { WasiError, type FileSystem, type Stream } from './emscripten.ts';
import type { Mappings, Pages } from './mappings.ts';
import type { OpenTable } from './open-table.ts';

const TYPE = 0o170000;
const DIRECTORY = 0o040000;
const O_APPEND = 0o2000;
const MAP_PRIVATE = 2;
const Whence = { CURRENT: 1, END: 2 } as const;

type Heap = Int8Array | Uint8Array;

/** What open files stand on. */
export interface Storage {
  readonly system: FileSystem;
  readonly disk: Disk;
  readonly table: OpenTable;
  readonly mappings: Mappings;
  readonly pages: Pages;
  /** The time in milliseconds. */
  readonly now: () => number;
}

/** What Emscripten asks of an open file. */
export function streamOperations({ system, disk, table, mappings, pages, now }: Storage): object {
  return {
    open(stream: Stream): void {
      stream.holder = taken(table.open(stream.node.inode, stream.flags), stream);
      stream.shared = table.stateOf(stream.holder);
    },
    /** It has the other's `shared` and `holder` already. */
    dup(stream: Stream): void {
      stream.holder = taken(table.hold(stream.holder), stream);
    },
    close: ({ holder }: Stream): void => table.release(holder),

    llseek({ node, position }: Stream, offset: number, whence: number): number {
      const { inode } = node;
      // `getdents` asks where it is, looks up what comes next, and says where it has got to.
      if ((node.mode & TYPE) === DIRECTORY) node.isListed = whence === Whence.CURRENT;
      const from = whence === Whence.CURRENT ? position : whence === Whence.END ? disk.read(inode, Inode.SIZE) : 0;
      if (from + offset < 0) throw new system.ErrnoError(WasiError.EINVAL);
      return from + offset;
    },

    read({ node: { inode } }: Stream, heap: Heap, at: number, length: number, position: number): number {
      const target = new Uint8Array(heap.buffer, heap.byteOffset + at, length);
      mappings.publishAll(inode);
      return disk.guarded(() => readContents(disk, inode, target, position));
    },

    write(stream: Stream, heap: Heap, at: number, length: number, position: number): number {
      const { inode } = stream.node;
      const source = new Uint8Array(heap.buffer, heap.byteOffset + at, length);
      mappings.publishAll(inode);
      const done = disk.guarded(() => {
        // Where the end is now, another process may have written after the caller has looked.
        const from = (stream.flags & O_APPEND) === 0 ? position : disk.read(inode, Inode.SIZE);
        if (from !== position) stream.position = from;
        const count = writeContents(disk, inode, source, from);
        if (count > 0) {
          setTime(disk, inode, Inode.MTIME, now());
          setTime(disk, inode, Inode.CTIME, now());
        }
        return count;
      });
      if (done === 0 && length > 0) throw new system.ErrnoError(WasiError.ENOSPC);
      mappings.refreshAll();
      return done;
    },

    mmap(stream: Stream, length: number, position: number, _protection: number, flags: number) {
      const isPrivate = (flags & MAP_PRIVATE) !== 0;
      const ptr = isPrivate ? copyOf(stream, position, length) : mappings.share(stream.holder, position, length);
      if (ptr === 0) throw new system.ErrnoError(WasiError.ENOMEM);
      return { ptr, allocated: isPrivate };
    },
    // What is unmapped or synchronised is found by its address (`mount.ts`); a private copy is its process's alone.
    msync: (): number => 0,
  };

  function taken(holder: number, { fd }: Stream): number {
    if (holder !== 0) return holder;
    system.closeStream(fd);
    throw new system.ErrnoError(WasiError.ENFILE);
  }

  function copyOf({ node: { inode } }: Stream, position: number, length: number): number {
    const address = pages.allocate(length);
    if (address === 0) return 0;
    mappings.publishAll(inode);
    const target = pages.heap().subarray(address, address + length);
    target.fill(0);
    disk.guarded(() => readContents(disk, inode, target, position));
    return address;
  }
}
