import type { PyodideAPI } from 'pyodide';
import { asObjectId, type ObjectId } from '../../base/ids.ts';
import {
  adopt,
  close,
  countOf,
  duplicate,
  letGo,
  numberOf,
  open,
  TABLE_FULL,
  unpack,
  type Closing,
} from '../../abi/descriptor-table.ts';
import { End } from '../../abi/pipe-row.ts';
import { Kind } from '../../abi/record.ts';
import { isShown } from '../../abi/shown-row.ts';
import { Errno } from './errno.ts';
import type { FileNumbers, SentFile } from './files/file-numbers.ts';
import { freeNumber, holdNumber } from './pyodide-internals.ts';
import type { TurnPort } from './turn.ts';

/** What numbers have in common that were made of each other by `dup`: the open file description of POSIX. */
export interface OpenFile {
  /** `file`: it is C's, and not in the table below. */
  readonly kind: 'pipe' | 'socket' | 'file';
  /** O_NONBLOCK is not set. */
  blocks: boolean;
  readonly socket?: SocketFile;
}

/** What a socket is beside its two pipes. */
export interface SocketFile {
  /** `AddressFamily` of Linux. */
  readonly family: number;
  /** `listening`: its reader and its writer are those of its door. */
  state: 'new' | 'listening' | 'connected';
  /** What it is bound to, and its peer, as `library/sockets.py` writes them; '' = nothing. */
  address: string;
  peer: string;
  /** The pipe in which connections come, once it is bound; 0 = none. */
  door: number;
}

/** An end of a pipe that the process has open: its row in the table of all processes. */
export interface PipeEnd {
  readonly row: number;
  readonly pipe: ObjectId;
}

/** What one number stands for. */
export interface Descriptor {
  readonly file: OpenFile;
  reader: PipeEnd | null;
  writer: PipeEnd | null;
}

/** A descriptor on its way to another process. */
export interface SentDescriptor extends OpenFile {
  readonly number: number;
  readonly reader: PipeEnd | null;
  readonly writer: PipeEnd | null;
  readonly disk?: SentFile;
}

/**
 * What the process has open in the kernel, by number. The numbers are those of Emscripten's own table, where each is held, so that files
 * and pipes share them. Only this process changes what is here; when it ends the kernel closes the rows.
 */
export class OpenFiles {
  readonly #python: PyodideAPI;
  readonly #port: TurnPort;
  readonly #table = new Map<number, Descriptor>();
  /** All other numbers. */
  onDisk: FileNumbers | null = null;

  constructor(python: PyodideAPI, port: TurnPort) {
    this.#python = python;
    this.#port = port;
  }

  get(number: number): Descriptor | undefined {
    return this.#table.get(number);
  }

  /** All numbers of the same open file. */
  *sharing(file: OpenFile): Generator<readonly [number: number, descriptor: Descriptor]> {
    for (const entry of this.#table) if (entry[1].file === file) yield entry;
  }

  /** Opens the ends of these pipes under one number: the smallest that is free, or `wanted`. Or an error number. */
  add(file: OpenFile, reader: ObjectId | null, writer: ObjectId | null, wanted = -1): number {
    const number = holdNumber(this.#python, wanted);
    if (number < 0) return Errno.EMFILE;
    const descriptor: Descriptor = { file, reader: null, writer: null };
    this.#table.set(number, descriptor);
    if (this.openEnds(number, descriptor, reader, writer)) return number;
    this.close(number);
    return Errno.ENFILE;
  }

  /** Precondition: the descriptor has none yet. False: the table is full. */
  openEnds(number: number, descriptor: Descriptor, reader: ObjectId | null, writer: ObjectId | null): boolean {
    if (reader !== null) descriptor.reader = this.#open(reader, End.READ, number);
    if (writer !== null) descriptor.writer = this.#open(writer, End.WRITE, number);
    return (reader === null || descriptor.reader !== null) && (writer === null || descriptor.writer !== null);
  }

  /** Another number for the same. Precondition: `wanted` is free, or below 0: then it is the smallest that is. */
  duplicate({ file, reader, writer }: Descriptor, wanted = -1): number {
    return this.add(file, reader?.pipe ?? null, writer?.pipe ?? null, wanted);
  }

  /** Frees a number. The caller lets those know who wait at the other ends. Precondition: it is the process's. */
  close(number: number): Closing[] {
    const descriptor = this.#table.get(number);
    this.#table.delete(number);
    freeNumber(this.#python, number);
    return descriptor === undefined ? [] : this.closeEnds(descriptor, true, true);
  }

  closeEnds(descriptor: Descriptor, reader: boolean, writer: boolean): Closing[] {
    const closings: Closing[] = [];
    if (reader && descriptor.reader !== null) this.#close(descriptor.reader, End.READ, closings);
    if (writer && descriptor.writer !== null) this.#close(descriptor.writer, End.WRITE, closings);
    if (reader) descriptor.reader = null;
    if (writer) descriptor.writer = null;
    return closings;
  }

  /** Packs it for another process, where it has this number; 0: as that likes. Or an error number. */
  pack({ file, reader, writer }: Descriptor, number: number): SentDescriptor | number {
    const { memory, pid } = this.#port;
    const twin = (end: PipeEnd | null, kind: End): number =>
      end === null ? 0 : duplicate(memory, end.row, pid, end.pipe, kind, number);
    const rows = [twin(reader, End.READ), twin(writer, End.WRITE)] as const;
    if (rows[0] < 0 || rows[1] < 0) {
      for (const row of rows) if (row > 0) unpack(memory, row, pid);
      return Errno.ENFILE;
    }
    return {
      ...file,
      number,
      reader: reader && { row: rows[0], pipe: reader.pipe },
      writer: writer && { row: rows[1], pipe: writer.pipe },
    };
  }

  /** As `pack`, whatever is open under this number. */
  packNumber(number: number, wanted: number): SentDescriptor | number {
    const descriptor = this.#table.get(number);
    if (descriptor !== undefined) return this.pack(descriptor, wanted);
    const disk = this.onDisk?.pack(number) ?? null;
    if (disk === null) return Errno.EBADF;
    return { kind: 'file', blocks: true, reader: null, writer: null, number: wanted, disk };
  }

  /** What was packed was sent. */
  letGo({ disk }: SentDescriptor): void {
    if (disk !== undefined) this.onDisk?.letGo(disk);
  }

  /** Takes back what was packed. */
  unpack({ reader, writer, disk }: SentDescriptor): void {
    const { memory, pid } = this.#port;
    if (disk !== undefined) this.onDisk?.unpack(disk);
    for (const end of [reader, writer]) if (end !== null) unpack(memory, end.row, pid);
  }

  /** What another process has sent becomes this one's, under this number; -1: the smallest that is free. Precondition: its ends are adopted. */
  receive(
    { number: wanted, reader, writer, disk, ...file }: SentDescriptor,
    number = wanted === 0 ? -1 : wanted,
  ): number {
    if (disk !== undefined) return this.onDisk?.receive(disk, number) ?? -1;
    const held = holdNumber(this.#python, number);
    if (held >= 0) this.#table.set(held, { file, reader, writer });
    return held;
  }

  /** As `receive`, of what was sent to a process that lived already: its ends are nobody's. Or an error number. */
  adopt(sent: SentDescriptor): number {
    const number = this.receive({ ...sent, number: 0 });
    if (number < 0) return Errno.EMFILE;
    const { memory, pid } = this.#port;
    for (const end of [sent.reader, sent.writer]) {
      if (end === null || !adopt(memory, end.row, pid, number)) continue;
      const kind = end === sent.reader ? End.READ : End.WRITE;
      this.#log(true, end.pipe, kind, countOf(memory, end.pipe, kind));
    }
    return number;
  }

  /** What was packed was sent to whoever takes it. */
  launch(sent: SentDescriptor): void {
    const { memory, pid } = this.#port;
    for (const end of [sent.reader, sent.writer]) if (end !== null) letGo(memory, end.row, pid);
    this.letGo(sent);
  }

  numberOf(row: number): number {
    return numberOf(this.#port.memory, row);
  }

  #open(pipe: ObjectId, end: End, number: number): PipeEnd | null {
    const { memory, pid } = this.#port;
    const row = open(memory, pid, pipe, end, number);
    if (row === TABLE_FULL) return null;
    this.#log(true, pipe, end, countOf(memory, pipe, end));
    return { row, pipe: asObjectId(pipe) };
  }

  #close({ row, pipe }: PipeEnd, end: End, closings: Closing[]): void {
    const { memory, pid } = this.#port;
    const closing = close(memory, row, pid, pipe, end);
    if (closing === null) return;
    this.#log(false, pipe, end, closing.left);
    closings.push(closing);
  }

  /** Records of the ends of a pipe that are open, all here: nobody has sent one yet. */
  tellEnds(pipe: ObjectId): void {
    let [readers, writers] = [0, 0];
    for (const { reader, writer } of this.#table.values()) {
      if (reader?.pipe === pipe) this.#log(true, pipe, End.READ, (readers += 1));
      if (writer?.pipe === pipe) this.#log(true, pipe, End.WRITE, (writers += 1));
    }
  }

  #log(opened: boolean, pipe: ObjectId, end: End, count: number): void {
    if (!isShown(this.#port.memory, pipe)) return;
    this.#port.log(Kind.PIPE_END, opened ? 1 : 0, pipe, end, this.#port.pid, count);
  }
}
