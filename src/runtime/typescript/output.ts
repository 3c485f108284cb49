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

/** Python's `print`: the values' texts with blanks between them, and a line feed. One visible operation. */
export function print(...values: readonly unknown[]): void {
  const { port } = current();
  const text = `${values.map(str).join(' ')}\n`;
  port.step();
  if (port.logged) write(port, Streams.STDOUT, text);
}
