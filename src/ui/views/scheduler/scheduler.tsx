import { Button, SegmentedControl, Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { Effects } from './effects.tsx';
import { MachineControls } from './machine-controls.tsx';
import { ParameterControls } from './parameter-controls.tsx';
import classes from './scheduler.module.css';

/** Everything that a run depends on, and what the last change of it did. */
export function Scheduler(): ReactElement {
  const t = useText();
  const recorded = useLab((state) => state.hindrance !== null);
  const lesson = useLab((state) => state.scenario);
  return (
    <section className={classes.panel} aria-label={t('panel.scheduler')}>
      <Effects />
      <fieldset className={classes.controls} disabled={recorded} title={recorded ? t('disabled.recorded') : undefined}>
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
        <h2 className={classes.title}>{t('panel.scheduler')}</h2>
        <MachineControls />
        <Tooltip label={t('scheduler.mode.live.about')} multiline maw={260}>
          <SegmentedControl
            size="xs"
            aria-label={t('scheduler.mode')}
            value="stepped"
            data={[
              { value: 'stepped', label: t('scheduler.mode.stepped') },
              { value: 'live', label: t('scheduler.mode.live'), disabled: true },
            ]}
          />
        </Tooltip>
      </fieldset>
    </section>
  );
}
