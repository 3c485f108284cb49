import { readContents, writeContents } from './contents.ts';
import { dropUnused, setTime } from './directory.ts';
import { Inode, type Disk } from './disk.ts';
import { WasiError, type FileSystem, type Stream } from './emscripten.ts';

const TYPE = 0o170000;
const DIRECTORY = 0o040000;
const O_APPEND = 0o2000;
const Whence = { CURRENT: 1, END: 2 } as const;

type Heap = Int8Array | Uint8Array;

/** What Emscripten asks of an open file. */
export function streamOperations(system: FileSystem, disk: Disk, now: () => number): object {
  const open = ({ node: { inode } }: Stream): void =>
    disk.guarded(() => disk.write(inode, Inode.OPENS, disk.read(inode, Inode.OPENS) + 1));

  return {
    open,
    dup: open,
    close: ({ node: { inode } }: Stream): void =>
      disk.guarded(() => {
        disk.write(inode, Inode.OPENS, disk.read(inode, Inode.OPENS) - 1);
        dropUnused(disk, inode);
      }),

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
      return disk.guarded(() => readContents(disk, inode, target, position));
    },

    write(stream: Stream, heap: Heap, at: number, length: number, position: number): number {
      const { inode } = stream.node;
      const source = new Uint8Array(heap.buffer, heap.byteOffset + at, length);
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
      return done;
    },
  };
}
