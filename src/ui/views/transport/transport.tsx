import { ActionIcon, Button, Slider } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { RunState } from '../../../abi/remote.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { instantWords } from '../../texts/time-words.ts';
import { useText } from '../../texts/use-text.ts';
import { BackIcon, EndIcon, PauseIcon, PlayIcon, StartIcon, StepIcon, StopIcon } from '../icons/icons.tsx';
import { Tip } from '../tip/tip.tsx';
import { positionOf, speedAt, SPEEDS } from './speeds.ts';
import classes from './transport.module.css';

/** Start, back, play, step, end, speed, and where we are: the controls of time. */
export function Transport(): ReactElement {
  const t = useText();
  const cursor = useLab((state) => state.cursor);
  const records = useLab((state) => state.records);
  const outcome = useLab((state) => state.outcome);
  const atStart = useLab((state) => state.step === 0);
  const live = useLab((state) => state.machine.live);
  const ahead = useLab((state) => state.liveAhead);
  const running = useLab((state) => state.liveAhead && state.running);
  const ended = useLab((state) => state.machine.end !== null);
  const over = cursor === records && (ended || ENDS.includes(outcome));
  const whyOff = running ? t('disabled.liveRunning') : ahead ? t('disabled.liveAhead') : null;
  const next = t(live ? 'control.event.next' : 'control.step');
  const last = t(live ? 'control.event.back' : 'control.back');
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('panel.controls')}>
      <Control
        name={t('control.start')}
        shortcut="Home"
        disabled={atStart || ahead}
        whyOff={whyOff}
        onClick={() => void lab.toStart()}
      >
        <StartIcon />
      </Control>
      <Control name={last} shortcut="←" disabled={atStart || ahead} whyOff={whyOff} onClick={() => void lab.back()}>
        <BackIcon />
      </Control>
      <Play over={over} />
      <Control name={next} shortcut="→" disabled={over || ahead} whyOff={whyOff} onClick={() => void lab.step()}>
        <StepIcon />
      </Control>
      <Control
        name={t('control.end')}
        shortcut="End"
        disabled={over || running}
        whyOff={running ? whyOff : null}
        onClick={() => void lab.toEnd()}
      >
        <EndIcon />
      </Control>
      <Counter />
      <Speed />
    </div>
  );
}

const ENDS: readonly RunState[] = ['finished', 'deadlock', 'failed'];

/** Play and Pause; of a live run that is still to be made, Run and Stop. */
function Play({ over }: { over: boolean }): ReactElement {
  const t = useText();
  const playing = useLab((state) => state.playing);
  const ahead = useLab((state) => state.liveAhead);
  const name = playing ? t(ahead ? 'control.stop' : 'control.pause') : t(ahead ? 'control.run' : 'control.play');
  return (
    <Button
      className={classes.play}
      size="sm"
      leftSection={playing ? ahead ? <StopIcon /> : <PauseIcon /> : <PlayIcon />}
      onClick={() => togglePlay(playing, over)}
      aria-label={name}
      data-testid="play"
    >
      {name}
    </Button>
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
  /** Why it is disabled, where that is not plain to see. */
  readonly whyOff?: string | null;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Control({ name, shortcut, disabled, whyOff = null, onClick, children }: ControlProps): ReactElement {
  return (
    <Tip label={whyOff ?? `${name} (${shortcut})`}>
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
    </Tip>
  );
}

function Counter(): ReactElement {
  const t = useText();
  const step = useLab((state) => state.step);
  const steps = useLab((state) => state.steps);
  const tick = useLab((state) => state.machine.tick);
  const live = useLab((state) => state.machine.live);
  const running = useLab((state) => state.liveAhead && state.running);
  const where = running
    ? t('control.running', { count: steps })
    : t(live ? 'control.eventOf' : 'control.stepOf', { step, steps });
  return (
    <span className={classes.counter} title={instantWords(t, live, tick)} data-testid="counter">
      {where}
    </span>
  );
}

function Speed(): ReactElement {
  const t = useText();
  const speed = useLab((state) => state.speed);
  const live = useLab((state) => state.machine.live);
  const pace = t(live ? 'control.speed.events' : 'control.speed.perSecond', { count: speed });
  const words = speed === 0 ? t('control.speed.fastest') : pace;
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
