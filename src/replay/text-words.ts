import { Kind } from '../abi/record.ts';

/** Which word of a record refers to a text, 0 = none: the only words whose value depends on the text store. */
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
