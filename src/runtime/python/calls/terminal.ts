import { NO_OBJECT } from '../../../base/ids.ts';
import { takeLine } from '../../../abi/console.ts';
import { Control } from '../../../abi/control.ts';
import { BlockReason, Kind, Stream } from '../../../abi/record.ts';
import { appendText, textIn } from '../../../abi/text.ts';
import { FOREVER } from '../../../sync/port.ts';
import type { Call } from '../carrier.ts';
import type { Machinery } from '../machinery.ts';

/** Sends what Python writes to its standard streams into the log, as it comes. Bytes of a character may come one by one. */
export function connectOutput({ python, port }: Machinery): void {
  const writer = (stream: Stream): { write: (bytes: Uint8Array) => number; isatty: boolean } => {
    const decoder = new TextDecoder();
    return {
      isatty: true,
      write(bytes) {
        const text = decoder.decode(bytes, { stream: true });
        if (text !== '') port.log(Kind.PRINT, stream, NO_OBJECT, appendText(port.memory, text), 0, 0);
        return bytes.length;
      },
    };
  };
  // What reads it below `sys.stdin`, in C, finds its end: a C function could not wait.
  python.setStdin({ stdin: () => null });
  python.setStdout(writer(Stream.STDOUT));
  python.setStderr(writer(Stream.STDERR));
}

/** The kernel calls below `sys.stdin`. */
export function terminalCalls({ carrier, port }: Machinery) {
  return {
    /** Waits for a line that somebody types: its text with its end; '' = the end of the file. */
    read_line: (): unknown => carrier.enter(readLine()),
  };

  function* readLine(): Call<string> {
    const { memory } = port;
    for (;;) {
      const rung = Atomics.load(memory.words, Control.CONSOLE_BELL);
      const text = takeLine(memory);
      if (text !== null) return textIn(memory, text);
      yield* port.wait(Control.CONSOLE_BELL, rung, FOREVER, NO_OBJECT, BlockReason.INPUT);
    }
  }
}
