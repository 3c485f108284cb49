import { decodeText } from '../../../abi/text.ts';
import { packer, type Letter } from './letter-writer.ts';
import { decode, encode } from './message.ts';
import type { Instance } from '../program.ts';
import { handleOf } from './receivers.ts';

/** A letter whose arguments are still packed: to read them, the process must be there. */
export interface SealedLetter extends Omit<Letter, 'args'> {
  readonly packed: Uint8Array;
}

/** The run's first process gets its program's parameters as plain JSON from the kernel, which knows no codec. */
export function openParameters(bytes: Uint8Array): SealedLetter {
  const parameters: unknown = JSON.parse(decodeText(bytes));
  return { identity: [], daemon: false, packed: encode([parameters], { functions: {} }) };
}

export function openLetter(bytes: Uint8Array): SealedLetter {
  const [identity, daemon, packed] = packer.unpack(bytes) as [number[], boolean, Uint8Array];
  return { identity, daemon, packed };
}

/** Precondition: `current()` is the process that receives them, and `program` its own instance. */
export function readArguments(letter: SealedLetter, program: Instance): readonly unknown[] {
  return decode(letter.packed, program, handleOf) as readonly unknown[];
}
