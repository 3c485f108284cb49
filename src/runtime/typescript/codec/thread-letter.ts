import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { current, type Inheritance } from '../current.ts';
import { PicklingError } from '../errors.ts';
import { packer } from './letter-writer.ts';
import { pack } from './message.ts';

/** What a new thread is told beside the text header of its mail: of its process, and of itself. */
export interface ThreadLetter {
  readonly processName: string;
  readonly identity: readonly number[];
  /** Whether the process ends with its parent. */
  readonly daemon: boolean;
  readonly process: ObjectId;
  readonly inherited: Inheritance;
  /** The arguments, packed: to read them, the thread must be there. */
  readonly args: Uint8Array;
}

/**
 * Packs what a thread of the calling process is told. Precondition: within `wrap('thread', …)`. Its constants travel each by
 * itself, because the thread reads each when it comes to its line.
 * @throws TypeError when an argument, PicklingError when a constant cannot be sent
 */
export function writeThreadLetter(args: readonly unknown[], daemon: boolean): Uint8Array {
  const { name, identity, daemon: processDaemon, process, variables } = current();
  return packer.pack([
    name,
    identity,
    processDaemon,
    process,
    variables.map(({ object }) => object),
    daemon,
    pack(args),
    constants(),
  ]);
}

function constants(): (readonly [name: string, bytes: Uint8Array])[] {
  const values = current().constants;
  return Object.keys(values).map((name) => [name, packedConstant(values, name)]);
}

function packedConstant(values: Readonly<Record<string, unknown>>, name: string): Uint8Array {
  try {
    return pack(values[name]);
  } catch (error) {
    if (error instanceof ReferenceError) {
      throw new PicklingError(`the constant ${name} has no value yet: start threads in main(), not above it`);
    }
    if (!(error instanceof TypeError)) throw error;
    throw new PicklingError(
      `a thread cannot have the constant ${name} (${error.message}): make it in the function that needs it`,
    );
  }
}

export function openThreadLetter(bytes: Uint8Array): ThreadLetter {
  const [processName, identity, daemon, process, globals, threadDaemon, args, packed] = packer.unpack(bytes) as [
    string,
    number[],
    boolean,
    number,
    number[],
    boolean,
    Uint8Array,
    [string, Uint8Array][],
  ];
  const inherited = { globals: globals.map(asObjectId), constants: new Map(packed), daemon: threadDaemon };
  return { processName, identity, daemon, process: asObjectId(process), inherited, args };
}
