import { NO_OBJECT } from '../../../base/ids.ts';
import { Kind, Stream } from '../../../abi/record.ts';
import { appendText } from '../../../abi/text.ts';
import { signalOf, wordsOf } from '../crash.ts';
import type { Machinery } from '../machinery.ts';
import { onFatal } from '../pyodide-internals.ts';

/** Of what is printed at once and finds no room as a whole, the beginning is kept. */
const PIECE_BYTES = 65_536;

/**
 * Sends what Python writes to its standard streams into the log, as it comes. Bytes of a character may come one by one. What it writes when
 * the interpreter comes to its end is all for the standard error.
 */
export function connectOutput({ python, port, carrier }: Machinery): void {
  let isEnding = false;
  const print = (stream: Stream, text: string): void =>
    port.log(Kind.PRINT, stream, NO_OBJECT, appendText(port.memory, text), 0, 0);
  const writer = (stream: Stream): { write: (bytes: Uint8Array) => number; isatty: boolean } => {
    const decoder = new TextDecoder();
    return {
      isatty: true,
      write(bytes) {
        carrier.turns.heed();
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
          const text = decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
          if (text !== '') print(isEnding ? Stream.STDERR : stream, text);
        }
        return bytes.length;
      },
    };
  };
  const told = (error: unknown): void => {
    if (!isEnding) print(Stream.STDERR, wordsOf(error));
    isEnding = true;
  };
  onFatal(python, told, (error) => carrier.die(signalOf(error)));
  // What reads it in C, below `sys.stdin`, finds its end: a function of C could not wait.
  python.setStdin({ stdin: () => null });
  python.setStdout(writer(Stream.STDOUT));
  python.setStderr(writer(Stream.STDERR));
}
