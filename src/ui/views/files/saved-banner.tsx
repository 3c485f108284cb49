import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './files.module.css';

/** That a saved run is shown, which, and how to leave it. */
export function SavedBanner(): ReactElement | null {
  const t = useText();
  const saved = useLab((state) => state.saved);
  const lesson = useLab((state) => state.scenario.title[state.lang]);
  if (saved === null) return null;
  const values = { lesson, count: saved.records, file: saved.file };
  const known = saved.live ? 'saved.banner.live' : 'saved.banner.stepped';
  return (
    <div className={classes.banner} role="status" data-testid="saved">
      <span>
        <strong>{t(saved.isKnown ? known : 'saved.banner.unknown', values)}</strong> {t('saved.readOnly')}
        {saved.isKnown ? null : ` ${t('saved.unknown')}`}
      </span>
      <Button variant="default" size="compact-xs" onClick={() => void lab.openLink(lab.link())}>
        {t('saved.close')}
      </Button>
    </div>
  );
}
