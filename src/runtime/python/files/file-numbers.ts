import type { FileSystem, Node, Stream } from './emscripten.ts';
import type { OpenTable } from './open-table.ts';

/** An open file on its way to another process. */
export interface SentFile {
  /** What holds it on the disk; 0: it does not lie there. */
  readonly holder: number;
  /** Of a device, which is opened anew. */
  readonly path: string;
  readonly flags: number;
}

/** Numbers of files that are handed to other processes, and what a process leaves open. */
export class FileNumbers {
  readonly #system: FileSystem;
  readonly #table: OpenTable;
  readonly #nodeOf: (inode: number) => Node;

  constructor(system: FileSystem, table: OpenTable, nodeOf: (inode: number) => Node) {
    this.#system = system;
    this.#table = table;
    this.#nodeOf = nodeOf;
  }

  /** Null: nothing that another process could have is open there. */
  pack(number: number): SentFile | null {
    const stream = this.#system.streams[number] ?? null;
    if (stream === null) return null;
    const { flags, path = '' } = stream;
    if (isOnDisk(stream)) {
      const holder = this.#table.hold(stream.holder, true);
      return holder === 0 ? null : { holder, path: '', flags };
    }
    return path.startsWith('/dev/') ? { holder: 0, path, flags } : null;
  }

  /** It was not sent after all. */
  unpack({ holder }: SentFile): void {
    if (holder !== 0) this.#table.release(holder);
  }

  /** It was sent. */
  letGo({ holder }: SentFile): void {
    if (holder !== 0) this.#table.letGo(holder);
  }

  /** Opens what was received, under this number or (-1) the smallest that is free. Below 0: it is no more. */
  receive({ holder, path, flags }: SentFile, number: number): number {
    const system = this.#system;
    if (holder !== 0 && !this.#table.adopt(holder)) return -1;
    if (holder === 0) {
      const opened = system.open(path, flags);
      if (number < 0 || opened.fd === number) return opened.fd;
      system.closeStream(opened.fd);
      return system.createStream(opened, number).fd;
    }
    const node = this.#nodeOf(this.#table.inodeOf(holder));
    const { stream_ops } = node;
    const stream = { node, path: '', flags, seekable: true, position: 0, stream_ops, ungotten: [], error: false };
    return Object.assign(system.createStream(stream, number), { shared: this.#table.stateOf(holder), holder }).fd;
  }

  /** Closes what a process has left open, that has ended. */
  release(pid: number): void {
    this.#table.releaseAll(pid);
  }
}

function isOnDisk(stream: Stream): boolean {
  return (stream.node as { inode?: number }).inode !== undefined;
}
