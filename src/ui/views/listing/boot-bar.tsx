import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { useWidth } from '../shell/use-width.ts';
import { bootShare, bootWords } from './boot-words.ts';
import classes from './listing.module.css';

/**
 * How far the Python engine has come, and a way not to wait for it. Above the program where that is always in sight; else below the
 * diagram, which is.
 */
export function BootBar({ place }: { readonly place: 'program' | 'diagram' }): ReactElement | null {
  const t = useText();
  const boot = useLab((state) => state.boot);
  const embed = useLab((state) => state.embed);
  const programIsSeen = useWidth() === 'wide' && !embed;
  if (boot === null || programIsSeen !== (place === 'program')) return null;
  const share = bootShare(boot);
  const words = bootWords(t, boot);
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
