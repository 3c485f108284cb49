import type { PyodideAPI } from 'pyodide';
import { encodeText } from '../../../abi/text.ts';
import { writeContents } from './contents.ts';
import { pagesOf } from '../pyodide-internals.ts';
import { createInode, link, nameOf } from './directory.ts';
import { Inode, type Disk } from './disk.ts';
import { fileSystemOf, type Node } from './emscripten.ts';
import { FileNumbers } from './file-numbers.ts';
import { Mappings } from './mappings.ts';
import { NodeOperations } from './node-operations.ts';
import { OpenTable } from './open-table.ts';
import { streamOperations } from './stream-operations.ts';

/** The folders that all processes of a run have in common. All others are the interpreter's own. The learner's files are in the first. */
export const SHARED_FOLDERS = ['/home/learner', '/tmp', '/dev/shm'] as const;
/** Inodes of their roots, in the same order: they are the first that are made. */
const ROOTS = SHARED_FOLDERS.map((_, index) => index + 1);
const [HOME = 1] = ROOTS;

const DIRECTORY = 0o040755;
const FILE = 0o100644;

/** Puts these on a disk that is being formatted. */
export function layFiles(disk: Disk, files: Readonly<Record<string, string>>, timeMs: number): void {
  for (const root of ROOTS) {
    createInode(disk, DIRECTORY, timeMs);
    disk.write(root, Inode.LINKED, 1);
  }
  for (const [name, source] of Object.entries(files)) {
    const inode = createInode(disk, FILE, timeMs);
    writeContents(disk, inode, encodeText(source), 0);
    link(disk, HOME, name, inode, timeMs);
  }
}

/** What a process has of the disk. */
export interface Mounted {
  readonly mappings: Mappings;
  readonly numbers: FileNumbers;
  /** Closes what the process has open and mapped, at its end. */
  close(): void;
}

/** Who mounts it. */
interface Mounter {
  readonly python: PyodideAPI;
  readonly pid: number;
  /** Whether there still is a process of this pid. */
  readonly isAlive: (pid: number) => boolean;
  /** The time in milliseconds. */
  readonly now: () => number;
}

/** As a process has it on Linux, unless it asks for more. */
const LARGEST_NUMBER = 1023;

/** Lets C and Python of this process see the disk. */
export function mountDisk(disk: Disk, { python, pid, isAlive, now }: Mounter): Mounted {
  const system = fileSystemOf(python);
  system.MAX_OPEN_FDS = LARGEST_NUMBER;
  const pages = pagesOf(python);
  const table = new OpenTable(disk, pid, isAlive);
  const mappings = new Mappings(disk, table, pages);
  const storage = { system, disk, table, mappings, pages, now };
  const operations = new NodeOperations(storage, streamOperations(storage));
  const roots = ROOTS.map((inode) => operations.node(null, '/', inode));
  SHARED_FOLDERS.forEach((folder, index) => {
    system.mkdirTree(folder);
    system.mount({ mount: () => roots[index] as Node }, {}, folder);
  });
  const [home = null] = roots;
  const numbers = new FileNumbers(system, table, (inode) => operations.node(home, nameOf(disk, inode), inode));
  return {
    mappings,
    numbers,
    close() {
      mappings.close();
      numbers.release(pid);
    },
  };
}
