import { ActionIcon } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ThreadStateName } from '../../../replay/model.ts';
import { lab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { STATES, stateLook } from '../palette/state-look.ts';
import classes from './timeline.module.css';

interface TimelineBarProps {
  readonly showCpus: boolean;
  /** Threads of the library are shown; null: there are none. */
  readonly library: boolean | null;
  /** Null: the run has no CPUs of ours. */
  readonly onShowCpus: (() => void) | null;
  readonly onZoom: (direction: 1 | -1) => void;
  readonly onFit: () => void;
}

/** What the patterns mean, and the buttons of the timeline. */
export function TimelineBar({ showCpus, library, onShowCpus, onZoom, onFit }: TimelineBarProps): ReactElement {
  const t = useText();
  return (
    <div className={classes.bar}>
      <ul className={classes.legend}>
        {STATES.map((state) => (
          <li key={state} data-state={state}>
            <Swatch state={state} />
            {t(`state.${state}.plain`)}
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        {onShowCpus === null ? null : (
          <button
            type="button"
            className={classes.toggle}
            aria-pressed={showCpus}
            aria-label={t('timeline.cpus')}
            title={t('timeline.cpus')}
            onClick={onShowCpus}
          >
            CPU
          </button>
        )}
        {library === null ? null : (
          <button
            type="button"
            className={classes.toggle}
            aria-pressed={library}
            aria-label={t('timeline.library.about')}
            title={t('timeline.library.about')}
            onClick={() => lab.setLibrary(!library)}
          >
            {t('timeline.library')}
          </button>
        )}
        <Tool name={t('timeline.zoomOut')} shortcut="-" path="M4 10h12" onClick={() => onZoom(-1)} />
        <Tool name={t('timeline.zoomIn')} shortcut="+" path="M4 10h12M10 4v12" onClick={() => onZoom(1)} />
        <Tool
          name={t('timeline.fit')}
          shortcut="0"
          path="M3 4v12M17 4v12M6 10h8M8 7.5L5.5 10L8 12.5M12 7.5l2.5 2.5L12 12.5"
          onClick={onFit}
        />
      </div>
    </div>
  );
}

interface ToolProps {
  readonly name: string;
  readonly shortcut: string;
  readonly path: string;
  readonly onClick: () => void;
}

function Tool({ name, shortcut, path, onClick }: ToolProps): ReactElement {
  return (
    <ActionIcon variant="subtle" size={26} aria-label={name} title={`${name} (${shortcut})`} onClick={onClick}>
      <svg width="16" height="16" viewBox="0 0 20 20" className={classes.tool} aria-hidden="true">
        <path d={path} />
      </svg>
    </ActionIcon>
  );
}

/** A piece of the pattern that the canvas draws. */
function Swatch({ state }: { state: ThreadStateName }): ReactElement {
  const { color, soft, pattern } = stateLook(state);
  const line = state === 'New' || state === 'Terminated';
  return (
    <svg width="20" height="12" viewBox="0 0 20 12" aria-hidden="true" className={classes.swatch}>
      {line ? (
        <path d="M1 6h18" stroke={color} strokeWidth="2" strokeDasharray={pattern === 'dots' ? '2.5 2.5' : undefined} />
      ) : (
        <rect x="0.5" y="0.5" width="19" height="11" fill={pattern === 'solid' ? color : soft} stroke={color} />
      )}
      {pattern === 'diagonal' ? (
        <path d="M1 11L10 2M5 11.5L15 1.5M10 11.5L19 2.5" stroke={color} strokeWidth="1.6" />
      ) : null}
      {pattern === 'cross' ? (
        <path d="M1 11L11 1M9 11L19 1M1 1l10 10M9 1l10 10" stroke={color} strokeWidth="0.8" opacity="0.75" />
      ) : null}
    </svg>
  );
}
