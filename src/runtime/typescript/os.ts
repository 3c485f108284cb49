import type { Pid } from '../../base/ids.ts';
import { Control } from '../../abi/control.ts';
import { peek } from '../../abi/words.ts';
import { current } from './current.ts';
import { SystemExit } from './errors.ts';
import { Process } from './process.ts';

/** `os.getpid`. */
export function getpid(): Pid {
  return current().port.pid;
}

/** `os.getppid`; 0 = the lab itself. */
export function getppid(): Pid {
  return current().port.parentPid;
}

/** `multiprocessing.cpu_count`: the lab's virtual CPUs. */
export function cpuCount(): number {
  return Math.max(1, peek(current().port.memory.words, Control.CPUS));
}

/** `multiprocessing.current_process`. */
export function currentProcess(): Process {
  const { port, process, name, daemon, processes } = current();
  const known = processes.get(process);
  if (known !== undefined) return known;
  const itself = Process.ofStarted({ object: process, pid: port.pid, parentPid: port.parentPid }, name, daemon);
  processes.set(process, itself);
  return itself;
}

/** `sys.exit`: ends the process with this code; a text goes to stderr and means code 1. */
export function exit(code: number | string | null = null): never {
  throw new SystemExit(code);
}
