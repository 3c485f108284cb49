import { SegmentedControl } from '@mantine/core';
import type { ReactElement } from 'react';
import { MODES, type Mode } from '../../state/lab.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './scheduler.module.css';

/** Stepped or live, with what that means. */
export function ModeSwitch(): ReactElement {
  const t = useText();
  const mode = useLab((state) => state.mode);
  const off = useLab(({ hindrance, saved }) => hindrance !== null || saved !== null);
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('scheduler.mode')}
        value={mode}
        disabled={off}
        onChange={(next) => void lab.setMode(next as Mode)}
        data={MODES.map((value) => ({ value, label: t(`scheduler.mode.${value}`) }))}
        data-testid="mode"
      />
      <p className={classes.hint}>{t(`scheduler.mode.${mode}.about`)}</p>
    </>
  );
}
