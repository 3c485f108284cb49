import { Kind } from '../abi/record.ts';

/** Index of the word of a record that refers to a text, 0 = none: the only words whose value depends on the text store. */
export function textWordOf(kind: number): number {
  switch (kind) {
    case Kind.CREATED:
    case Kind.TERMINATED:
      return 5;
    case Kind.PRINT:
    case Kind.OBJECT:
    case Kind.END:
      return 4;
    default:
      return 0;
  }
}
