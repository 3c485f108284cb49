import type { Boot } from '../../state/lab.ts';
import type { Translate } from '../../texts/translate.ts';

const MB = 1_000_000;
const tenths = (bytes: number): number => Math.round((bytes / MB) * 10) / 10;

/** How far the Python engine has come. */
export function bootWords(t: Translate, boot: Boot): string {
  if (boot.phase === 'preparing') return t('python.preparing');
  const loaded = tenths(boot.loaded);
  if (boot.total === 0) return t('python.loadingSome', { loaded });
  return t('python.loading', { loaded, total: tenths(boot.total) });
}

/** Of what is to be loaded; undefined when nobody knows. */
export function bootShare(boot: Boot): number | undefined {
  return boot.phase === 'loading' && boot.total > 0 ? boot.loaded / boot.total : undefined;
}
