import { NO_OBJECT, type TextRef } from '../../base/ids.ts';
import { Kind, type Stream, Stream as Streams } from '../../abi/record.ts';
import { appendText } from '../../abi/text.ts';
import type { Port } from '../../sync/port.ts';
import { current } from './current.ts';
import { str } from './format.ts';

/** Writes a text to a stream, as the record of the current step; returns where the text lies. */
export function write(port: Port, stream: Stream, text: string): TextRef {
  const ref = appendText(port.memory, text);
  port.log(Kind.PRINT, stream, NO_OBJECT, ref, 0, 0);
  return ref;
}

/** A method of what `print` shows in another way than `String` does: because asking for it takes time. */
export const PRINTED: unique symbol = Symbol('printed');

function printed(value: unknown): string {
  if (typeof value === 'object' && value !== null && PRINTED in value) return (value as Printed)[PRINTED]();
  return str(value);
}

export interface Printed {
  [PRINTED](): string;
}

/** Python's `print`: the values' texts with blanks between them, and a line feed. One visible operation. */
export function print(...values: readonly unknown[]): void {
  const { port } = current();
  const text = `${values.map(printed).join(' ')}\n`;
  port.step();
  if (port.logged) write(port, Streams.STDOUT, text);
}
