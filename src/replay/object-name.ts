import { namelessName } from '../abi/kind-names.ts';
import { peek } from '../abi/words.ts';
import { OBJECT_SHIFT, Row } from './fold-state.ts';
import type { LogStore } from './log-store.ts';

/** As in the program, else kind and number among its kind (`lock 2`). `words`: the objects of a fold state. */
export function objectName(log: LogStore, words: Int32Array, object: number): string {
  const row = object << OBJECT_SHIFT;
  const name = log.text(peek(words, row + Row.NAME));
  return name === '' ? namelessName(peek(words, row + Row.KIND), peek(words, row + Row.ORDINAL)) : name;
}
