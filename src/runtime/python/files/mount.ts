import type { PyodideAPI } from 'pyodide';
import { encodeText } from '../../../abi/text.ts';
import { writeContents } from './contents.ts';
import { createInode, link } from './directory.ts';
import { Inode, type Disk } from './disk.ts';
import { fileSystemOf } from './emscripten.ts';
import { NodeOperations } from './node-operations.ts';
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

/** Lets C and Python of this process see the disk. `now`: the time in milliseconds. */
export function mountDisk(python: PyodideAPI, disk: Disk, now: () => number): void {
  const system = fileSystemOf(python);
  const operations = new NodeOperations(system, disk, now, streamOperations(system, disk, now));
  SHARED_FOLDERS.forEach((folder, index) => {
    system.mkdirTree(folder);
    system.mount({ mount: () => operations.node(null, '/', ROOTS[index] ?? 0) }, {}, folder);
  });
}

/** Closes what the process has open on the disk, at its end. */
export function closeFiles(python: PyodideAPI): void {
  const system = fileSystemOf(python);
  for (const stream of system.streams) if (stream?.node.inode !== undefined) system.close(stream);
}
