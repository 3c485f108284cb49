import { NO_OBJECT } from '../../../base/ids.ts';
import { takeLine } from '../../../abi/console.ts';
import { Control } from '../../../abi/control.ts';
import { BlockReason } from '../../../abi/record.ts';
import { textIn } from '../../../abi/text.ts';
import { FOREVER } from '../../../sync/port.ts';
import type { Call } from '../carrier.ts';
import type { Machinery } from '../machinery.ts';

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
