import { auxOf, InputKind, Kind, kindOf, ValueForm } from '../abi/record.ts';

/** Which word of a record refers to a text, 0 = none: the only words whose value depends on the text store. */
export function textWordOf(word0: number): number {
  switch (kindOf(word0)) {
    case Kind.CREATED:
    case Kind.TERMINATED:
      return 5;
    case Kind.PRINT:
    case Kind.OBJECT:
    case Kind.FRAME:
    case Kind.VARIABLE:
    case Kind.END:
      return 4;
    case Kind.LINE:
      return auxOf(word0) === 1 ? 6 : 0;
    case Kind.INPUT:
      return auxOf(word0) === InputKind.LINE ? 4 : 0;
    case Kind.LOAD:
    case Kind.STORE:
      return auxOf(word0) === ValueForm.TEXT ? 4 : 0;
    case Kind.SEND:
    case Kind.RECEIVE:
      return 6;
    default:
      return 0;
  }
}
