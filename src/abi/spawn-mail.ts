/**
 * What a new thread's host finds in its mailbox: the program, the function to call and its arguments. Two parts: a text
 * header that the kernel may read, and the arguments as the runtime's codec wrote them, which only the host reads.
 *
 *   u32 header bytes | header, JSON in UTF-8 | arguments
 */
export interface SpawnHeader {
  readonly program: string;
  /** Name of a top-level function of the program; '' = the program's `main`, called with its parameters. */
  readonly target: string;
  /** The thread's name, as `Process.name`. */
  readonly name: string;
  /** Ends of pipes in flight that the new process gets, by their descriptors. */
  readonly descriptors?: readonly number[];
  /** Where in the heap the arguments lie, and how many bytes they are, if they are too long for a mailbox. */
  readonly heap?: readonly [at: number, bytes: number];
}

export interface SpawnMail {
  readonly header: SpawnHeader;
  readonly argumentBytes: Uint8Array;
}

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

export function packSpawnMail(header: SpawnHeader, argumentBytes: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const mail = new Uint8Array(4 + head.length + argumentBytes.length);
  new DataView(mail.buffer).setUint32(0, head.length, true);
  mail.set(head, 4);
  mail.set(argumentBytes, 4 + head.length);
  return mail;
}

export function unpackSpawnMail(mail: Uint8Array): SpawnMail {
  const length = new DataView(mail.buffer, mail.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(mail.slice(4, 4 + length))) as SpawnHeader;
  return { header, argumentBytes: mail.slice(4 + length) };
}
