import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import { invariant } from '../../base/invariant.ts';
import { Control, Mode } from '../../abi/control.ts';
import { enterAsHost } from '../../abi/guard.ts';
import { slotAt, viewMemory, type Memory } from '../../abi/layout.ts';
import { MAX_SLOTS } from '../../abi/limits.ts';
import type { HostBirth } from '../../abi/remote.ts';
import { isOwn, Life, Slot, Turn } from '../../abi/slot.ts';
import { decodeText } from '../../abi/text.ts';
import { peek } from '../../abi/words.ts';
import { openMail } from '../spawn.ts';
import { Carrier } from './carrier.ts';
import { kernelModule } from './calls/kernel-module.ts';
import { connectOutput } from './calls/output.ts';
import type { Start } from './calls/threads.ts';
import { setChance } from './chance.ts';
import { crash } from './crash.ts';
import { setClock, timeMs } from './clock.ts';
import { Disk } from './files/disk.ts';
import type { Mappings } from './files/mappings.ts';
import { layFiles, mountDisk, type Mounted } from './files/mount.ts';
import { COMMAND, type Letter } from './letter.ts';
import { LiveTurns } from './live-turns.ts';
import type { Machinery } from './machinery.ts';
import { OpenFiles } from './open-files.ts';
import { installPulse } from './pulse.ts';
import { collectorOf } from './pyodide-internals.ts';
import { awaitProcess } from './rest.ts';
import type { Beginning, StackParts } from './stack-parts.ts';
import { SteppedTurns } from './stepped-turns.ts';
import { TurnPort } from './turn.ts';
import type { Turns } from './turns.ts';

/** An interpreter that is awake, and the hand by which its stacks are suspended. */
export interface Awake {
  readonly python: PyodideAPI;
  readonly stacks: StackParts;
  /** Whoever carries its threads; `poll()` asks it. */
  carrier: Carrier | null;
  /** Who knows what is mapped; `munmap()` asks it. */
  mappings: Mappings | null;
}

interface LifeModule extends PyProxy {
  readonly run: Beginning<[program: string, letter: string], number>;
}

/**
 * The life of an interpreter: park, carry one process to its end, never return. Its memory is then full of what the program has left
 * there, so the worker is stopped, and another interpreter takes its place.
 */
export function carryProcess(awake: Awake, birth: HostBirth): void {
  const memory = viewMemory(birth.memory);
  enterAsHost(birth.slot, birth.worker);
  const { python, stacks } = awake;
  const targets = new Map<number, Start>();
  const carrier = new Carrier(memory, birth.slot, turns(memory, birth), (slot) => {
    if (slot === birth.slot) void runMain(machinery, awake, birth);
    else void runThread(machinery);
  });
  const port = new TurnPort(carrier);
  const machinery: Machinery = { python, carrier, port, files: new OpenFiles(python, port), targets, stacks };
  awake.carrier = carrier;
  const { words } = memory;
  const at = slotAt(birth.slot);
  if (!isOwn(words, birth.slot, birth.worker)) return;
  if (Atomics.compareExchange(words, at + Slot.LIFE, Life.STARTING, Life.PARKED) !== Life.STARTING) return;
  Atomics.notify(words, at + Slot.LIFE);
  Atomics.store(words, at + Slot.TURN, Turn.KERNEL);
  Atomics.notify(words, at + Slot.TURN);
  carrier.begin();
}

/** Waits for a process to carry: only then is it known in which mode the run is. */
const turns =
  (memory: Memory, { slot, worker }: HostBirth) =>
  (): Turns => {
    awaitProcess(memory.words, slot, worker);
    const live = Atomics.load(memory.words, Control.MODE) === Mode.LIVE;
    return live ? new LiveTurns(memory, slot, worker) : new SteppedTurns(memory, slot, worker);
  };

async function runMain(machinery: Machinery, awake: Awake, birth: HostBirth): Promise<void> {
  const { python, carrier, port, files, stacks } = machinery;
  const { header, argumentBytes } = openMail(carrier);
  let code = 0;
  try {
    if (!carrier.turns.live) {
      setClock(() => port.now());
      setChance(peek(port.memory.words, Control.SEED), port.pid);
    }
    installPulse(python, () => carrier.turns);
    carrier.collector = collectorOf(python);
    connectOutput(machinery);
    const mounted = openDisk(machinery, birth);
    awake.mappings = mounted.mappings;
    carrier.sharing = mounted.mappings;
    files.onDisk = mounted.numbers;
    python.registerJsModule('_kernel', kernelModule(machinery));
    const letter = decodeText(argumentBytes);
    if (header.target === COMMAND)
      for (const sent of (JSON.parse(letter) as Letter).descriptors) files.receive(sent, sent.number);
    const life = python.pyimport('_procession.life') as LifeModule;
    code = await stacks.begin(life.run, header.program, letter);
    mounted.close();
  } catch (error) {
    crash(machinery, error);
  }
  carrier.leave(code);
}

/** The first process of a run formats the disk; all others find it as it is. */
function openDisk({ python, port, carrier }: Machinery, { disk: buffer, files = {} }: HostBirth): Mounted {
  invariant(buffer !== undefined, 'an interpreter is born with a disk');
  const { memory, pid } = port;
  const disk = new Disk(buffer, memory);
  const now = (): number => timeMs(carrier.turns);
  disk.open(() => layFiles(disk, files, now()));
  return mountDisk(disk, { python, pid, now, isAlive: (other) => isAlive(memory, other) });
}

function isAlive({ words }: Memory, pid: number): boolean {
  for (let slot = 0; slot < MAX_SLOTS; slot += 1) {
    const at = slotAt(slot);
    if (peek(words, at + Slot.PID) === pid && Atomics.load(words, at + Slot.LIFE) === Life.BUSY) return true;
  }
  return false;
}

async function runThread(machinery: Machinery): Promise<void> {
  const { carrier, port, targets } = machinery;
  const { tid } = port;
  const { target, library = false } = targets.get(tid) ?? {};
  carrier.stepsByCall(library);
  targets.delete(tid);
  try {
    await target?.callPromising();
    target?.destroy();
  } catch (error) {
    crash(machinery, error);
  }
  carrier.leave(0);
}
