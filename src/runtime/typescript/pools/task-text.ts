import { NO_TEXT, type TextRef } from '../../../base/ids.ts';
import { appendText } from '../../../abi/text.ts';
import type { Port } from '../../../sync/port.ts';
import { repr } from '../format.ts';
import { shown } from '../shown.ts';
import type { Chunk } from './chunks.ts';
import { TaskKind } from './pool-message.ts';
import { textOrFailure } from '../traceback.ts';

/** A text for records, made only if there are records. */
export function noted(port: Port, text: () => string): TextRef {
  return port.logged ? appendText(port.memory, textOrFailure(text)) : NO_TEXT;
}

/** A task as one would write it: `square(3)`, `map(square, [1, 2])`. */
export function shownTask(func: unknown, kind: TaskKind, chunk: Chunk): string {
  if ('error' in chunk) return shown(chunk.error);
  const name = typeof func === 'function' ? func.name : repr(func);
  if (kind !== TaskKind.CALL)
    return shown(`${kind === TaskKind.MAP ? 'map' : 'starmap'}(${name}, ${repr(chunk.items)})`);
  return shown(`${name}(${chunk.items.map(repr).join(', ')})`);
}
