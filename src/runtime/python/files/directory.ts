import { highHalf, joinDouble, lowHalf } from '../../../abi/words.ts';
import { decodeText, encodeText } from '../../../abi/text.ts';
import { resizeContents } from './contents.ts';
import { Inode, type Disk } from './disk.ts';

/** Directories, and the life of what lies in them. A file has one name, which lies in its inode. All here is called under the guard. */

export type Time = typeof Inode.ATIME | typeof Inode.MTIME | typeof Inode.CTIME;

export function timeOf(disk: Disk, inode: number, which: Time): number {
  return joinDouble(disk.read(inode, which), disk.read(inode, which + 1));
}

export function setTime(disk: Disk, inode: number, which: Time, timeMs: number): void {
  disk.write(inode, which, lowHalf(timeMs));
  disk.write(inode, which + 1, highHalf(timeMs));
}

/** Not 0: a new inode without a name. */
export function createInode(disk: Disk, mode: number, timeMs: number): number {
  const inode = disk.takeInode();
  if (inode === 0) return 0;
  for (const time of [Inode.ATIME, Inode.MTIME, Inode.CTIME]) setTime(disk, inode, time, timeMs);
  disk.write(inode, Inode.MODE, mode);
  return inode;
}

/** Frees an inode that has no name and that nobody has open. */
export function dropUnused(disk: Disk, inode: number): void {
  if (disk.read(inode, Inode.LINKED) !== 0 || disk.read(inode, Inode.OPENS) > 0) return;
  resizeContents(disk, inode, 0);
  disk.giveInode(inode);
}

export function nameOf(disk: Disk, inode: number): string {
  const at = (disk.wordAt(inode) + Inode.NAME) * 4;
  return decodeText(disk.bytes.slice(at, at + disk.read(inode, Inode.NAME_BYTES)));
}

/** What is in it, in the order in which it came. */
export function* entriesOf(disk: Disk, directory: number): Generator<number> {
  for (let inode = disk.read(directory, Inode.FIRST); inode !== 0; inode = disk.read(inode, Inode.NEXT)) yield inode;
}

/** 0: nothing has this name. */
export function find(disk: Disk, directory: number, name: string): number {
  const wanted = encodeText(name);
  for (let inode = disk.read(directory, Inode.FIRST); inode !== 0; inode = disk.read(inode, Inode.NEXT)) {
    if (disk.read(inode, Inode.NAME_BYTES) === wanted.length && isNamed(disk, inode, wanted)) return inode;
  }
  return 0;
}

function isNamed(disk: Disk, inode: number, wanted: Uint8Array): boolean {
  const at = (disk.wordAt(inode) + Inode.NAME) * 4;
  for (let index = wanted.length - 1; index >= 0; index -= 1) {
    if (disk.bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}

/** Puts it at the end of the directory. Precondition: nothing there has this name, which is not longer than NAME_BYTES. */
export function link(disk: Disk, directory: number, name: string, inode: number, timeMs: number): void {
  const bytes = encodeText(name);
  disk.bytes.set(bytes, (disk.wordAt(inode) + Inode.NAME) * 4);
  disk.write(inode, Inode.NAME_BYTES, bytes.length);
  disk.write(inode, Inode.NEXT, 0);
  disk.write(inode, Inode.LINKED, 1);
  let last = disk.read(directory, Inode.LAST);
  if (last === 0) {
    disk.write(directory, Inode.FIRST, inode);
  } else {
    for (let next = disk.read(last, Inode.NEXT); next !== 0; next = disk.read(last, Inode.NEXT)) last = next;
    disk.write(last, Inode.NEXT, inode);
  }
  disk.write(directory, Inode.LAST, inode);
  touch(disk, directory, timeMs);
}

/** Takes it out of the directory. It lives on; precondition: it is there. */
export function unlink(disk: Disk, directory: number, inode: number, timeMs: number): void {
  let before = 0;
  for (const entry of entriesOf(disk, directory)) {
    if (entry === inode) break;
    before = entry;
  }
  if (disk.read(directory, Inode.LAST) === inode) disk.write(directory, Inode.LAST, before);
  if (before === 0) disk.write(directory, Inode.FIRST, disk.read(inode, Inode.NEXT));
  else disk.write(before, Inode.NEXT, disk.read(inode, Inode.NEXT));
  disk.write(inode, Inode.LINKED, 0);
  setTime(disk, inode, Inode.CTIME, timeMs);
  touch(disk, directory, timeMs);
}

function touch(disk: Disk, inode: number, timeMs: number): void {
  setTime(disk, inode, Inode.MTIME, timeMs);
  setTime(disk, inode, Inode.CTIME, timeMs);
}
