import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Boot } from '../../state/lab.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import type { Translate } from '../../texts/translate.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './listing.module.css';

/** How far the Python engine has come, and a way not to wait for it. */
export function BootBar(): ReactElement | null {
  const t = useText();
  const boot = useLab((state) => state.boot);
  if (boot === null) return null;
  const share = boot.phase === 'loading' && boot.total > 0 ? boot.loaded / boot.total : undefined;
  const words = wordsOf(t, boot);
  return (
    <div className={classes.boot} data-testid="boot">
      <span aria-hidden="true">{words}</span>
      <Button variant="subtle" size="compact-xs" onClick={() => lab.cancelBoot()}>
        {t('python.cancel')}
      </Button>
      <progress {...(share === undefined ? {} : { value: share })} aria-label={words} />
    </div>
  );
}

const MB = 1_000_000;
const tenths = (bytes: number): number => Math.round((bytes / MB) * 10) / 10;

function wordsOf(t: Translate, boot: Boot): string {
  if (boot.phase === 'preparing') return t('python.preparing');
  const loaded = tenths(boot.loaded);
  if (boot.total === 0) return t('python.loadingSome', { loaded });
  return t('python.loading', { loaded, total: tenths(boot.total) });
}
