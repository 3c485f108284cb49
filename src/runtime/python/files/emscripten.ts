import type { PyodideAPI } from 'pyodide';
import { UnknownPyodide } from '../pyodide-internals.ts';

/**
 * The part of Emscripten's file system that a kind of file system of one's own is written against, as MEMFS and NODEFS are. C's calls come
 * in there: it walks paths, keeps the table of open files, and asks the nodes' operations for the rest.
 */
export interface FileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  createNode(parent: Node | null, name: string, mode: number, device: number): Node;
  /** Takes a node out of the table of names that were looked up. */
  hashRemoveNode(node: Node): void;
  mkdirTree(path: string): void;
  mount(type: { mount: () => Node }, options: object, path: string): void;
  /** The largest number of an open file. */
  MAX_OPEN_FDS: number;
  readonly streams: readonly (Stream | null | undefined)[];
  lookupPath(path: string): { readonly node: Node };
  open(path: string, flags: number): Stream;
  createStream(stream: object, number: number): Stream;
  closeStream(number: number): void;
  close(stream: Stream): void;
}

export interface Node {
  id: number;
  name: string;
  readonly mode: number;
  /** Ours. */
  inode: number;
  node_ops: object;
  stream_ops: object;
  /** Ours: a directory of which `getdents` is just listing a part. */
  isListed?: boolean;
  /** Ours: a file that `open` has just made, and that gets its permissions next. */
  isFresh?: boolean;
}

export interface Stream {
  readonly node: Node;
  readonly flags: number;
  readonly fd: number;
  readonly path?: string;
  position: number;
  /** Where `flags` and `position` lie. */
  shared: object;
  /** Ours: what it holds in the table of open files. */
  holder: number;
}

/** What `setattr` may get; null: as it is. */
export interface Attributes {
  readonly mode?: number | null;
  readonly size?: number;
  readonly atime?: number | null;
  readonly mtime?: number | null;
  readonly ctime?: number | null;
}

/** Numbers of errors in this C library: WASI's. They become Linux's where Python sees them (`library/errors.py`). */
export const WasiError = {
  EEXIST: 20,
  EFBIG: 22,
  EINVAL: 28,
  ENAMETOOLONG: 37,
  ENFILE: 41,
  ENOENT: 44,
  ENOMEM: 48,
  ENOSPC: 51,
  ENOTEMPTY: 55,
} as const;

/** @throws UnknownPyodide */
export function fileSystemOf(python: PyodideAPI): FileSystem {
  const system = python.FS as unknown as Partial<FileSystem>;
  const used = ['ErrnoError', 'createNode', 'hashRemoveNode', 'mount', 'streams', 'close'] as const;
  for (const name of [...used, 'MAX_OPEN_FDS', 'lookupPath', 'open', 'createStream', 'closeStream'] as const) {
    if (system[name] === undefined) throw new UnknownPyodide(`FS.${name}`);
  }
  return system as FileSystem;
}
