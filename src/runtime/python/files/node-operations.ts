import { decodeText, encodeText } from '../../../abi/text.ts';
import { MAX_FILE_BYTES, readContents, resizeContents, writeContents } from './contents.ts';
import {
  createInode,
  dropUnused,
  entriesOf,
  find,
  link,
  nameOf,
  setTime,
  timeOf,
  unlink,
  type Time,
} from './directory.ts';
import { BLOCK_BYTES, Inode, NAME_BYTES, type Disk } from './disk.ts';
import { WasiError, type Attributes, type FileSystem, type Node } from './emscripten.ts';
import type { Storage } from './stream-operations.ts';
import type { Mappings } from './mappings.ts';

const TYPE = 0o170000;
const DIRECTORY = 0o040000;
const SYMBOLIC_LINK = 0o120777;
/** Permissions that new files do not have: those of others to write. */
const UMASK = 0o022;
/** Of `st_dev`, and where ids of nodes begin: Emscripten's own count from 1. */
const DEVICE = 2;
const FIRST_ID = 1 << 24;

/**
 * What Emscripten asks of a file or a directory by name. A node is only how it holds an inode while it walks a path: it is taken out of its
 * table of names at once, so that each walk sees what other processes have done meanwhile.
 */
export class NodeOperations {
  readonly #system: FileSystem;
  readonly #disk: Disk;
  readonly #now: () => number;
  readonly #mappings: Mappings;
  readonly #streamOperations: object;
  /** Emscripten puts a node back in its table after it was renamed. */
  #renamed: Node | null = null;

  constructor({ system, disk, mappings, now }: Storage, streamOperations: object) {
    this.#system = system;
    this.#disk = disk;
    this.#mappings = mappings;
    this.#now = now;
    this.#streamOperations = streamOperations;
  }

  /** A node for an inode. */
  node(parent: Node | null, name: string, inode: number): Node {
    const node = this.#system.createNode(parent, name, this.#disk.read(inode, Inode.MODE), 0);
    if (parent !== null) this.#system.hashRemoveNode(node);
    node.inode = inode;
    node.id = FIRST_ID + inode;
    node.node_ops = this.#operations;
    node.stream_ops = this.#streamOperations;
    return node;
  }

  readonly #operations = {
    lookup: (parent: Node, name: string): Node => this.#lookup(parent, name),
    getattr: (node: Node): object => this.#attributes(node),
    setattr: (node: Node, attributes: Attributes): void => this.#setAttributes(node, attributes),
    mknod: (parent: Node, name: string, mode: number): Node => this.#make(parent, name, mode),
    symlink: (parent: Node, name: string, target: string): Node => this.#make(parent, name, SYMBOLIC_LINK, target),
    readlink: (node: Node): string => this.#target(node),
    readdir: (node: Node): string[] => ['.', '..', ...this.#names(node)],
    rename: (node: Node, directory: Node, name: string): void => this.#rename(node, directory, name),
    unlink: (parent: Node, name: string): void => this.#remove(parent, name),
    statfs: (): object => this.#room(),
    rmdir: (parent: Node, name: string): void => this.#remove(parent, name),
  };

  #fail(error: number): never {
    throw new this.#system.ErrnoError(error);
  }

  #lookup(parent: Node, name: string): Node {
    if (this.#renamed !== null) this.#system.hashRemoveNode(this.#renamed);
    this.#renamed = null;
    const inode = this.#disk.guarded(() => find(this.#disk, parent.inode, name));
    // What another has removed since the list was made is passed over: `getdents` does so when it hears EINVAL.
    if (inode === 0) this.#fail(parent.isListed === true ? WasiError.EINVAL : WasiError.ENOENT);
    return this.node(parent, name, inode);
  }

  #attributes({ inode }: Node): object {
    const disk = this.#disk;
    const time = (which: Time): object => {
      const ms = timeOf(disk, inode, which);
      return { getTime: () => ms };
    };
    return disk.guarded(() => {
      const mode = disk.read(inode, Inode.MODE);
      const size = (mode & TYPE) === DIRECTORY ? BLOCK_BYTES : disk.read(inode, Inode.SIZE);
      const links = disk.read(inode, Inode.LINKED);
      const [atime, mtime, ctime] = [time(Inode.ATIME), time(Inode.MTIME), time(Inode.CTIME)];
      const owner = { uid: 0, gid: 0, rdev: 0 };
      const room = { size, blksize: BLOCK_BYTES, blocks: Math.ceil(size / 512) };
      return { dev: DEVICE, ino: inode, mode, nlink: links, ...owner, ...room, atime, mtime, ctime };
    });
  }

  #setAttributes(node: Node, { mode, size, atime, mtime, ctime }: Attributes): void {
    const disk = this.#disk;
    const { inode } = node;
    if (size !== undefined && size > MAX_FILE_BYTES) this.#fail(WasiError.EFBIG);
    const isFresh = node.isFresh === true;
    node.isFresh = false;
    if (size !== undefined) this.#mappings.publishAll(inode);
    disk.guarded(() => {
      if (typeof mode === 'number') disk.write(inode, Inode.MODE, isFresh ? mode & ~UMASK : mode);
      if (typeof atime === 'number') setTime(disk, inode, Inode.ATIME, atime);
      if (typeof mtime === 'number') setTime(disk, inode, Inode.MTIME, mtime);
      if (size !== undefined) {
        resizeContents(disk, inode, size);
        setTime(disk, inode, Inode.MTIME, this.#now());
      }
      setTime(disk, inode, Inode.CTIME, ctime ?? this.#now());
    });
    if (size !== undefined) this.#mappings.refreshAll();
  }

  #room(): object {
    const { blocks, free } = this.#disk.guarded(() => {
      this.#disk.reclaim();
      return this.#disk.room;
    });
    const sizes = { bsize: BLOCK_BYTES, frsize: BLOCK_BYTES, namelen: NAME_BYTES };
    return { ...sizes, blocks, bfree: free, bavail: free };
  }

  #make(parent: Node, name: string, mode: number, target?: string): Node {
    if (encodeText(name).length > NAME_BYTES) this.#fail(WasiError.ENAMETOOLONG);
    const disk = this.#disk;
    const made = disk.guarded((): number => {
      if (find(disk, parent.inode, name) !== 0) return -WasiError.EEXIST;
      const isDirectory = (mode & TYPE) === DIRECTORY;
      const inode = createInode(disk, isDirectory ? mode & ~UMASK : mode, this.#now());
      if (inode === 0) return -WasiError.ENOSPC;
      if (target !== undefined) writeContents(disk, inode, encodeText(target), 0);
      link(disk, parent.inode, name, inode, this.#now());
      return inode;
    });
    if (made < 0) this.#fail(-made);
    const node = this.node(parent, name, made);
    node.isFresh = true;
    return node;
  }

  #target({ inode, mode }: Node): string {
    const disk = this.#disk;
    if ((mode & TYPE) !== (SYMBOLIC_LINK & TYPE)) this.#fail(WasiError.EINVAL);
    return disk.guarded(() => {
      const bytes = new Uint8Array(disk.read(inode, Inode.SIZE));
      readContents(disk, inode, bytes, 0);
      return decodeText(bytes);
    });
  }

  #names({ inode }: Node): string[] {
    const disk = this.#disk;
    return disk.guarded(() => Array.from(entriesOf(disk, inode), (entry) => nameOf(disk, entry)));
  }

  #rename(node: Node, directory: Node, name: string): void {
    if (encodeText(name).length > NAME_BYTES) this.#fail(WasiError.ENAMETOOLONG);
    const disk = this.#disk;
    const { parent } = node as Node & { readonly parent: Node };
    const error = disk.guarded((): number => {
      const target = find(disk, directory.inode, name);
      if (target !== 0 && disk.read(target, Inode.FIRST) !== 0) return WasiError.ENOTEMPTY;
      if (target !== 0) unlink(disk, directory.inode, target, this.#now());
      unlink(disk, parent.inode, node.inode, this.#now());
      link(disk, directory.inode, name, node.inode, this.#now());
      if (target !== 0) dropUnused(disk, target);
      return 0;
    });
    if (error !== 0) this.#fail(error);
    // No path leads to a node without a name, until it is taken out of the table again.
    node.name = '';
    this.#renamed = node;
  }

  #remove(parent: Node, name: string): void {
    const disk = this.#disk;
    const error = disk.guarded((): number => {
      const inode = find(disk, parent.inode, name);
      if (inode === 0) return WasiError.ENOENT;
      if (disk.read(inode, Inode.FIRST) !== 0) return WasiError.ENOTEMPTY;
      unlink(disk, parent.inode, inode, this.#now());
      dropUnused(disk, inode);
      return 0;
    });
    if (error !== 0) this.#fail(error);
  }
}
