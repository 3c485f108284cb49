import { asObjectId, type ObjectId } from '../../../base/ids.ts';
import { Control } from '../../../abi/control.ts';
import { stateWordOf } from '../../../abi/object-table.ts';
import { BlockReason, EndCause } from '../../../abi/record.ts';
import { Request, Slot, ThreadKind } from '../../../abi/slot.ts';
import { packSpawnMail } from '../../../abi/spawn-mail.ts';
import { encodeText } from '../../../abi/text.ts';
import { bellOf, unwatch, watch } from '../../../abi/watch.ts';
import { peek } from '../../../abi/words.ts';
import { FOREVER } from '../../../sync/port.ts';
import { fitting, tearUp } from '../../spawn.ts';
import type { Call } from '../carrier.ts';
import { Errno } from '../errno.ts';
import { COMMAND, type Letter } from '../letter.ts';
import type { Machinery } from '../machinery.ts';
import type { SentDescriptor } from '../open-files.ts';

/** No child has ended yet. */
const NOT_YET = 0;

/** The kernel calls below `os` and `_posixsubprocess`, as far as they are about processes. */
export function processCalls({ carrier, port, files }: Machinery) {
  /** Rows of the children that were not waited for, by pid, in the order of their start. */
  const children = new Map<number, ObjectId>();
  /** What the last child that was waited for left behind. */
  let status = 0;

  return {
    ppid: (): number => port.parentPid,
    cpu_count: (): number => Math.max(1, peek(port.memory.words, Control.CPUS)),

    /**
     * Starts a process. `command`: its arguments, directory and environment as JSON; `numbers`: what it inherits, each as the number here
     * and there, `5:1`, divided by commas. Its pid, or an error number.
     */
    spawn: (name: string, daemon: boolean, command: string, numbers: string): unknown =>
      carrier.enter(spawn(name, daemon, command, numbers.split(',').filter(Boolean))),

    /** Waits for a child (-1: any) and forgets it. Its pid, or an error number; 0: none has ended, and it was not to `wait`. */
    waitpid: (pid: number, wait: boolean): unknown => carrier.enter(waitpid(pid, wait)),
    /** Its exit code; below 0: the signal that has ended it. */
    exit_code: (): number => status,

    /** Ends the process at once. Never returns. */
    exit: (code: number): unknown => carrier.enter(exit(code)),
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
    children.set(pid, asObjectId(carrier.read(Slot.ARG1)));
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

  function* waitpid(pid: number, wait: boolean): Call<number> {
    for (;;) {
      const awaited = pid > 0 ? [...children].filter(([child]) => child === pid) : [...children];
      const ended = awaited.find(([, row]) => hasEnded(row));
      if (ended !== undefined) return reap(...ended);
      const [first] = awaited;
      if (first === undefined) return Errno.ECHILD;
      if (!wait) return NOT_YET;
      if (awaited.length === 1) yield* port.wait(stateWordOf(first[1]), 0, FOREVER, first[1], BlockReason.JOIN);
      else yield* waitForAny(awaited.map(([, row]) => row));
    }
  }

  function* waitForAny(rows: readonly ObjectId[]): Call<void> {
    const bell = bellOf(port.self);
    const watches = rows.map((row) => watch(port.memory, row, bell));
    try {
      const rung = Atomics.load(port.memory.words, bell);
      if (rows.some(hasEnded)) return;
      yield* port.wait(bell, rung, FOREVER, rows[0] ?? port.self, BlockReason.JOIN);
    } finally {
      for (const row of watches) if (row !== 0) unwatch(port.memory, row);
    }
  }

  function hasEnded(row: ObjectId): boolean {
    return Atomics.load(port.memory.words, stateWordOf(row)) !== 0;
  }

  function reap(pid: number, row: ObjectId): number {
    status = peek(port.memory.words, stateWordOf(row, 1));
    children.delete(pid);
    // Of one that was killed there may be something left.
    files.onDisk?.release(pid);
    return pid;
  }

  function* exit(code: number): Call<number> {
    return yield* carrier.ask(Request.KILL, port.pid, code, EndCause.EXITED);
  }
}
