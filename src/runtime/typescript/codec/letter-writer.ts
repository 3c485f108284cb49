import { Packr } from 'msgpackr';
import { encode } from './message.ts';
import type { Instance } from '../program.ts';

/** What a new process is told beside the text header of its mail. */
export interface Letter {
  readonly identity: readonly number[];
  readonly daemon: boolean;
  readonly args: readonly unknown[];
}

/** Target of a process that was made without one: it ends at once. */
export const NO_TARGET = '-';

/** The letter itself: plain data, and in it the arguments as `encode` wrote them. */
export const packer = new Packr({ useRecords: false });

/**
 * Packs what a new process is told. `program` is the sender's, whose functions may be sent.
 * @throws TypeError `cannot pickle '…' object`; RecursionError
 */
export function writeLetter(letter: Letter, program: Instance): Uint8Array {
  return packer.pack([letter.identity, letter.daemon, encode(letter.args, program)]);
}
