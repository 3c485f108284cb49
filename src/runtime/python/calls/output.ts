import { NO_OBJECT } from '../../../base/ids.ts';
import { Kind, Stream } from '../../../abi/record.ts';
import { appendText } from '../../../abi/text.ts';
import type { Machinery } from '../machinery.ts';
import { onFatal } from '../pyodide-internals.ts';

/** What ends a process that has gone wrong like this elsewhere. */
const SIGSEGV = 11;

/** Sends what Python writes to its standard streams into the log, as it comes. Bytes of a character may come one by one. */
export function connectOutput({ python, port, carrier }: Machinery): void {
  const print = (stream: Stream, text: string): void =>
    port.log(Kind.PRINT, stream, NO_OBJECT, appendText(port.memory, text), 0, 0);
  onFatal(python, (error) => {
    print(Stream.STDERR, `Fatal Python error: ${String(error)}\n`);
    carrier.die(SIGSEGV);
  });
  const writer = (stream: Stream): { write: (bytes: Uint8Array) => number; isatty: boolean } => {
    const decoder = new TextDecoder();
    return {
      isatty: true,
      write(bytes) {
        const text = decoder.decode(bytes, { stream: true });
        if (text !== '') print(stream, text);
        return bytes.length;
      },
    };
  };
  // What reads it in C, below `sys.stdin`, finds its end: a function of C could not wait.
  python.setStdin({ stdin: () => null });
  python.setStdout(writer(Stream.STDOUT));
  python.setStderr(writer(Stream.STDERR));
}
