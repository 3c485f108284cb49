import type { ReactElement } from 'react';
import { useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './hindrance.module.css';

/** Why nothing can run here, how to change that, and that a recorded run is shown meanwhile. */
export function HindranceBanner(): ReactElement | null {
  const t = useText();
  const hindrance = useLab((state) => state.hindrance);
  if (hindrance === null) return null;
  return (
    <div className={classes.banner} role="alert" data-testid="hindrance">
      <strong>{hindrance.reason}</strong> {hindrance.remedy} {t('hindrance.recording')}
    </div>
  );
}
