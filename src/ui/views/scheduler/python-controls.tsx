import { SegmentedControl, Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import { STEPS_BY, type StepBy } from '../../state/lab.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './scheduler.module.css';

/** What a step of a Python program is, and whether one sees what CPython's library does by itself. */
export function PythonControls(): ReactElement | null {
  const t = useText();
  const engine = useLab((state) => state.engine);
  const stepBy = useLab((state) => state.stepBy);
  const library = useLab((state) => state.library);
  const live = useLab((state) => state.mode === 'live');
  if (engine !== 'py') return null;
  return (
    <>
      <h2 className={classes.title} id="step-by">
        {t('scheduler.stepBy')}
      </h2>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby="step-by"
        value={stepBy}
        disabled={live}
        onChange={(next) => void lab.setStepBy(next as StepBy)}
        data={STEPS_BY.map((value) => ({ value, label: t(`scheduler.stepBy.${value}`) }))}
        data-testid="step-by"
      />
      <p className={classes.hint}>{t(live ? 'disabled.liveSteps' : `scheduler.stepBy.${stepBy}.about`)}</p>
      <Switch
        size="sm"
        className={classes.switch ?? ''}
        label={t('scheduler.library')}
        checked={library}
        onChange={(event) => lab.setLibrary(event.currentTarget.checked)}
      />
      <p className={classes.hint}>{t('scheduler.library.about')}</p>
    </>
  );
}
