import { useLab } from '../state/use-lab.ts';
import { translator, type Translate } from './translate.ts';

/** `(key, values?) => string` in the language of the lab. Stable while the language is. */
export function useText(): Translate {
  return translator(useLab((state) => state.lang));
}
