import { ObjectKind } from '../../../abi/objects.ts';
import type { MachineState, ObjectView } from '../../../replay/model.ts';
import { layoutBarrier, layoutCondition, layoutEvent, layoutLock, layoutSemaphore } from './primitive-layout.ts';
import type { DrawingWords } from './drawing-words.ts';
import type { Drawing } from './drawing.ts';
import { layoutPipe, layoutQueue } from './pipe-layout.ts';
import { layoutManager, layoutPool } from './pool-layout.ts';
import { layoutArray, layoutResult, layoutVariable } from './value-layout.ts';

/** The picture of an object; null where its kind has none. */
export function layoutObject(object: ObjectView, machine: MachineState, words: DrawingWords): Drawing | null {
  switch (object.kind) {
    case ObjectKind.LOCK:
    case ObjectKind.RLOCK:
      return layoutLock(object, machine, words);
    case ObjectKind.SEMAPHORE:
    case ObjectKind.BOUNDED_SEMAPHORE:
      return layoutSemaphore(object, words);
    case ObjectKind.EVENT:
      return layoutEvent(object, words);
    case ObjectKind.CONDITION:
      return layoutCondition(object, machine, words);
    case ObjectKind.BARRIER:
      return layoutBarrier(object, machine, words);
    case ObjectKind.PIPE:
      return layoutPipe(object, machine, words);
    case ObjectKind.QUEUE:
    case ObjectKind.JOINABLE_QUEUE:
    case ObjectKind.SIMPLE_QUEUE:
      return layoutQueue(object, machine, words);
    case ObjectKind.VALUE:
    case ObjectKind.GLOBAL:
    case ObjectKind.MANAGED:
      return layoutVariable(object, machine, words);
    case ObjectKind.ARRAY:
      return layoutArray(object, machine, words);
    case ObjectKind.RESULT:
      return layoutResult(object, words);
    case ObjectKind.POOL:
      return layoutPool(object, machine, words);
    case ObjectKind.MANAGER:
      return layoutManager(object, machine, words);
    default:
      return null;
  }
}
