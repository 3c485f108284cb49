import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { Effects } from './effects.tsx';
import { MachineControls } from './machine-controls.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { ParameterControls } from './parameter-controls.tsx';
import { PythonControls } from './python-controls.tsx';
import classes from './scheduler.module.css';

/** Everything that a run depends on, and what the last change of it did. */
export function Scheduler(): ReactElement {
  const t = useText();
  const recorded = useLab((state) => state.hindrance !== null);
  const saved = useLab((state) => state.saved !== null);
  const whyOff = recorded ? t('disabled.recorded') : saved ? t('disabled.saved') : undefined;
  const lesson = useLab((state) => state.scenario);
  return (
    <section className={classes.panel} aria-label={t('panel.scheduler')}>
      <Effects />
      <fieldset className={classes.controls} disabled={whyOff !== undefined} title={whyOff}>
        {Object.keys(lesson.parameters).length === 0 ? null : (
          <>
            <div className={classes.heading}>
              <h2 className={classes.title}>{t('lesson.parameters')}</h2>
              <Button variant="subtle" size="compact-xs" onClick={() => void lab.openLesson(lesson.id)}>
                {t('lesson.reset')}
              </Button>
            </div>
            <ParameterControls />
          </>
        )}
        <ModeSwitch />
        <PythonControls />
        <h2 className={classes.title}>{t('panel.scheduler')}</h2>
        <MachineControls />
      </fieldset>
    </section>
  );
}
