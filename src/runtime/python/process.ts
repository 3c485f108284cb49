import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import { enterAsHost } from '../../abi/guard.ts';
import { slotAt, viewMemory } from '../../abi/layout.ts';
import { EndCause } from '../../abi/record.ts';
import type { HostBirth } from '../../abi/remote.ts';
import { Life, Slot, Turn } from '../../abi/slot.ts';
import { unpackSpawnMail } from '../../abi/spawn-mail.ts';
import { appendText, decodeText } from '../../abi/text.ts';
import { Carrier } from './carrier.ts';
import { kernelModule } from './calls/kernel-module.ts';
import { connectOutput } from './calls/output.ts';
import type { Target } from './calls/threads.ts';
import { setClock } from './clock.ts';
import { confine } from './confinement.ts';
import type { Machinery } from './machinery.ts';
import { TurnPort } from './turn.ts';

/** An interpreter that is awake, and the hand by which its stacks are suspended. */
export interface Awake {
  readonly python: PyodideAPI;
  /** Whoever carries its threads; `poll()` asks it. */
  carrier: Carrier | null;
}

/** Where the learner's files are. */
const HOME = '/home/learner';

interface LifeModule extends PyProxy {
  run: { callPromising: (mail: string) => Promise<number> };
}

/**
 * The life of an interpreter: park, carry one process to its end, never return. Its memory is then full of what the program has left
 * there, so the worker is stopped, and another interpreter takes its place.
 */
export function carryProcess(awake: Awake, birth: HostBirth): void {
  const memory = viewMemory(birth.memory);
  enterAsHost(birth.slot, birth.worker);
  const { python } = awake;
  const targets = new Map<number, Target>();
  const carrier = new Carrier(memory, birth.slot, (slot) => {
    if (slot === birth.slot) void runMain(machinery);
    else void runThread(machinery);
  });
  const machinery: Machinery = { python, carrier, port: new TurnPort(carrier), targets };
  awake.carrier = carrier;
  python.FS.mkdirTree(HOME);
  for (const [name, source] of Object.entries(birth.files ?? {})) python.FS.writeFile(`${HOME}/${name}`, source);
  const { words } = memory;
  const at = slotAt(birth.slot);
  if (Atomics.compareExchange(words, at + Slot.LIFE, Life.STARTING, Life.PARKED) !== Life.STARTING) return;
  Atomics.notify(words, at + Slot.LIFE);
  Atomics.store(words, at + Slot.TURN, Turn.KERNEL);
  Atomics.notify(words, at + Slot.TURN);
  carrier.begin();
}

async function runMain(machinery: Machinery): Promise<void> {
  const { python, carrier, port } = machinery;
  const { header, argumentBytes } = unpackSpawnMail(carrier.readMail());
  let code = 1;
  let text = 0;
  let cause: EndCause = EndCause.RETURNED;
  try {
    setClock(() => port.now());
    carrier.pulse.install(python);
    connectOutput(machinery);
    python.registerJsModule('_kernel', kernelModule(machinery));
    const life = python.pyimport('_procession.life') as LifeModule;
    confine();
    code = await life.run.callPromising(JSON.stringify({ ...header, arguments: decodeText(argumentBytes) }));
    cause = code === 0 ? EndCause.RETURNED : EndCause.EXITED;
  } catch (error) {
    text = appendText(port.memory, String(error));
    cause = EndCause.RAISED;
  }
  carrier.leave(code, text, cause);
}

async function runThread({ carrier, port, targets }: Machinery): Promise<void> {
  const { tid } = port;
  const target = targets.get(tid);
  targets.delete(tid);
  try {
    await target?.callPromising();
  } finally {
    target?.destroy();
    carrier.leave(0, 0, EndCause.RETURNED);
  }
}
