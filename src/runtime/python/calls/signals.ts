import type { PyBuffer } from 'pyodide/ffi';
import { Request } from '../../../abi/slot.ts';
import { heapOf } from '../pyodide-internals.ts';
import type { Machinery } from '../machinery.ts';

const ESRCH = -3;

/** A `bytearray` of Python, as it looks from here. */
interface Flag {
  getBuffer(type: 'u8'): PyBuffer;
}

/** The kernel calls below `signal` and `os.kill`. */
export function signalCalls({ carrier, port, python }: Machinery) {
  return {
    /** `flag`: its only byte becomes 1 whenever the main thread goes on and signals have come. */
    watch_signals(flag: Flag): void {
      const buffer = flag.getBuffer('u8');
      const { byteOffset } = buffer.data;
      // The buffer is not released: so it stays where it is. The heap itself moves when it grows.
      carrier.onSignals = () => {
        heapOf(python)[byteOffset] = 1;
      };
    },
    /** Signals that have come, one bit each; they are taken. */
    take_signals: (): number => carrier.takeSignals(),
    /** The process takes this signal itself (or ignores it), or no more. */
    handle_signal(signal: number, handled: boolean): void {
      const bit = 1 << signal;
      carrier.handledSignals = handled ? carrier.handledSignals | bit : carrier.handledSignals & ~bit;
    },
    /** Gives up the call that was interrupted, because a handler has raised. */
    cancel: (): void => carrier.cancel(),
    pid: (): number => port.pid,
    /** 0, or an error number below 0. */
    kill: (pid: number, signal: number): unknown => carrier.enterStep(kill(pid, signal)),
  };

  function* kill(pid: number, signal: number) {
    return (yield* carrier.ask(Request.SIGNAL, pid, signal)) === 1 ? 0 : ESRCH;
  }
}
