import { ActionIcon, Button, Slider, Tooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { BackIcon, EndIcon, PauseIcon, PlayIcon, StartIcon, StepIcon } from '../icons/icons.tsx';
import { positionOf, speedAt, SPEEDS } from './speeds.ts';
import classes from './transport.module.css';

/** Start, back, play, step, end, speed, and where we are: the controls of time. */
export function Transport(): ReactElement {
  const t = useText();
  const playing = useLab((state) => state.playing);
  const cursor = useLab((state) => state.cursor);
  const records = useLab((state) => state.records);
  const outcome = useLab((state) => state.outcome);
  const atStart = useLab((state) => state.step === 0);
  const over = cursor === records && (outcome === 'finished' || outcome === 'deadlock' || outcome === 'failed');
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('panel.controls')}>
      <Control name={t('control.start')} shortcut="Home" disabled={atStart} onClick={() => void lab.toStart()}>
        <StartIcon />
      </Control>
      <Control name={t('control.back')} shortcut="←" disabled={atStart} onClick={() => void lab.back()}>
        <BackIcon />
      </Control>
      <Button
        className={classes.play}
        size="sm"
        leftSection={playing ? <PauseIcon /> : <PlayIcon />}
        onClick={() => togglePlay(playing, over)}
        aria-label={playing ? t('control.pause') : t('control.play')}
        data-testid="play"
      >
        {playing ? t('control.pause') : t('control.play')}
      </Button>
      <Control name={t('control.step')} shortcut="→" disabled={over} onClick={() => void lab.step()}>
        <StepIcon />
      </Control>
      <Control name={t('control.end')} shortcut="End" disabled={over} onClick={() => void lab.toEnd()}>
        <EndIcon />
      </Control>
      <Counter />
      <Speed />
    </div>
  );
}

/** At the end, play starts again from the beginning. */
function togglePlay(playing: boolean, over: boolean): void {
  if (playing) lab.pause();
  else if (over) void lab.toStart().then(() => lab.play());
  else lab.play();
}

interface ControlProps {
  readonly name: string;
  readonly shortcut: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Control({ name, shortcut, disabled, onClick, children }: ControlProps): ReactElement {
  return (
    <Tooltip label={`${name} (${shortcut})`} openDelay={400}>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={name}
        aria-keyshortcuts={shortcut}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Counter(): ReactElement {
  const t = useText();
  const step = useLab((state) => state.step);
  const steps = useLab((state) => state.steps);
  const tick = useLab((state) => state.machine.tick);
  return (
    <span className={classes.counter} title={t('control.tick', { tick })} data-testid="counter">
      {t('control.stepOf', { step, steps })}
    </span>
  );
}

function Speed(): ReactElement {
  const t = useText();
  const speed = useLab((state) => state.speed);
  const words = speed === 0 ? t('control.speed.fastest') : t('control.speed.perSecond', { count: speed });
  return (
    <div className={classes.speed}>
      <Slider
        size="xs"
        min={0}
        max={SPEEDS.length - 1}
        step={1}
        value={positionOf(speed)}
        onChange={(position) => lab.setSpeed(speedAt(position))}
        label={null}
        thumbLabel={t('control.speed')}
        thumbProps={{ 'aria-valuetext': words }}
      />
      <output>{words}</output>
    </div>
  );
}
