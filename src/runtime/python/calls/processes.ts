import { asObjectId } from '../../../base/ids.ts';
import { Control } from '../../../abi/control.ts';
import { EndCause } from '../../../abi/record.ts';
import { Request, Slot, ThreadKind } from '../../../abi/slot.ts';
import { packSpawnMail } from '../../../abi/spawn-mail.ts';
import { encodeText } from '../../../abi/text.ts';
import { peek } from '../../../abi/words.ts';
import { fitting, tearUp } from '../../spawn.ts';
import type { Call } from '../carrier.ts';
import { Children } from '../children.ts';
import { Errno } from '../errno.ts';
import { COMMAND, type Letter } from '../letter.ts';
import type { Machinery } from '../machinery.ts';
import type { SentDescriptor } from '../open-files.ts';

/** The kernel calls below `os` and `_posixsubprocess`, as far as they are about processes. */
export function processCalls({ carrier, port, files }: Machinery) {
  const children = new Children(port, files);

  return {
    ppid: (): number => port.parentPid,
    cpu_count: (): number => Math.max(1, peek(port.memory.words, Control.CPUS)),

    /**
     * Starts a process. `command`: its arguments, directory and environment as JSON; `numbers`: what it inherits, each as the number here
     * and there, `5:1`, divided by commas. Its pid, or an error number.
     */
    spawn: (name: string, daemon: boolean, command: string, numbers: string): unknown =>
      carrier.enterStep(spawn(name, daemon, command, numbers.split(',').filter(Boolean))),

    /** Waits for a child (-1: any) and forgets it. Its pid, or an error number; 0: none has ended, and it was not to `wait`. */
    waitpid: (pid: number, wait: boolean): unknown => carrier.enter(children.await(pid, wait)),
    /** Its exit code; below 0: the signal that has ended it. */
    exit_code: (): number => children.status,

    /** Ends the process at once. Never returns. */
    exit: (code: number): unknown => carrier.enterStep(exit(code)),
  };

  function* spawn(name: string, daemon: boolean, command: string, numbers: readonly string[]): Call<number> {
    const sent = packAll(numbers);
    if (typeof sent === 'number') return sent;
    const letter: Letter = { ...(JSON.parse(command) as Omit<Letter, 'descriptors'>), descriptors: sent };
    const descriptors = sent.flatMap(({ reader, writer }) => [reader, writer].flatMap((end) => end?.row ?? []));
    const header = { program: '', target: COMMAND, name, descriptors };
    const mail = fitting(port.memory, packSpawnMail(header, encodeText(JSON.stringify(letter))));
    carrier.writeMail(mail);
    const tid = yield* carrier.ask(Request.SPAWN, 0, 0, ThreadKind.PROCESS, daemon ? 1 : 0, 0);
    if (tid < 0) {
      for (const descriptor of sent) files.unpack(descriptor);
      tearUp(port.memory, mail);
      return Errno.EAGAIN;
    }
    for (const descriptor of sent) files.letGo(descriptor);
    const pid = carrier.read(Slot.ARG0);
    children.add(pid, asObjectId(carrier.read(Slot.ARG1)));
    return pid;
  }

  function packAll(numbers: readonly string[]): SentDescriptor[] | number {
    const sent: SentDescriptor[] = [];
    for (const pair of numbers) {
      const [number = -1, wanted = number] = pair.split(':').map(Number);
      const packed = files.packNumber(number, wanted);
      if (typeof packed === 'number') {
        for (const before of sent) files.unpack(before);
        return packed;
      }
      sent.push(packed);
    }
    return sent;
  }

  function* exit(code: number): Call<number> {
    return yield* carrier.ask(Request.KILL, port.pid, code, EndCause.EXITED);
  }
}
