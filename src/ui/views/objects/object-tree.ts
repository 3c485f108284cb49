import { ObjectKind, type PartRole, PartRole as Role } from '../../../abi/objects.ts';
import type { MachineState, ObjectView, PipeView, ThreadView } from '../../../replay/model.ts';

/** Results that are there say little: the last of them are enough. */
const MOST_RESULTS = 4;
/** A saved run may say anything: no object is looked into deeper. */
const DEEPEST = 4;

function isOver({ kind, ready, waiters }: ObjectView): boolean {
  return kind === ObjectKind.RESULT && ready === true && waiters.length === 0;
}

/**
 * What stands for itself, in order of creation: parts are seen inside their whole, globals in the memory of their process.
 */
export function topObjects(machine: MachineState): readonly ObjectView[] {
  const known = new Set(machine.objects.map(({ id }) => id));
  const over = machine.objects.filter(isOver);
  const hidden = new Set(over.slice(0, Math.max(0, over.length - MOST_RESULTS)));
  return machine.objects.filter(
    (object) =>
      (object.whole === null || !known.has(object.whole)) && object.kind !== ObjectKind.GLOBAL && !hidden.has(object),
  );
}

export interface Part {
  readonly role: PartRole;
  readonly object: ObjectView;
}

/** What one sees when one looks inside: the parts that are objects, not the processes. */
export function partsInside(machine: MachineState, object: ObjectView, depth = 0): readonly Part[] {
  if (depth >= DEEPEST) return [];
  return object.parts.flatMap(({ role, object: id }) => {
    const part = machine.objects.find((one) => one.id === id);
    return part === undefined ? [] : [{ role, object: part }];
  });
}

export function partOf(machine: MachineState, object: ObjectView, role: PartRole): ObjectView | null {
  const id = object.parts.find((part) => part.role === role)?.object;
  return machine.objects.find((one) => one.id === id) ?? null;
}

/** Where its items lie. */
export function pipeOf(machine: MachineState, object: ObjectView): PipeView | null {
  return object.pipe ?? partOf(machine, object, Role.PIPE)?.pipe ?? null;
}

/** Workers of a pool that have not ended. */
export function workersOf(machine: MachineState, pool: ObjectView): readonly ThreadView[] {
  return pool.parts.flatMap(({ role, object }) => {
    const thread = role === Role.WORKER ? machine.threads.find((one) => one.object === object) : undefined;
    return thread === undefined || thread.state === 'Terminated' ? [] : [thread];
  });
}

/** The outermost whole that an object is a part of; itself if it is none. */
export function wholeOf(machine: MachineState, object: ObjectView): ObjectView {
  let whole = object;
  for (let depth = 0; depth < DEEPEST && whole.whole !== null; depth += 1) {
    const next = machine.objects.find(({ id }) => id === whole.whole);
    if (next === undefined) break;
    whole = next;
  }
  return whole;
}

/** Who waits at an object or at any part of it: longest waiter first within each. */
export function waitersAt(machine: MachineState, object: ObjectView, depth = 0): ObjectView['waiters'] {
  const inside = partsInside(machine, object, depth).flatMap((part) => waitersAt(machine, part.object, depth + 1));
  return [...new Set([...object.waiters, ...inside])];
}
