import type { CSSProperties, ReactElement } from 'react';
import type { Tid } from '../../../base/ids.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { MARK_PATHS, threadLook } from '../palette/thread-look.ts';
import classes from './thread-badge.module.css';

interface ThreadBadgeProps {
  readonly tid: Tid;
  readonly name: string;
}

/** A thread's short name in its colour, as in the diagram. Pointing at it lights the thread in every view, a click selects it. */
export function ThreadBadge({ tid, name }: ThreadBadgeProps): ReactElement {
  const t = useText();
  const lit = useLab((state) => state.hovered === tid || state.selected === tid);
  const { color, ink, mark } = threadLook(tid);
  return (
    <button
      type="button"
      className={classes.badge}
      style={{ '--badge': color, '--badge-ink': ink } as CSSProperties}
      data-lit={lit ? '' : undefined}
      aria-label={t('diagram.select', { name })}
      onClick={(event) => {
        event.stopPropagation();
        lab.select(tid);
      }}
      onPointerEnter={() => lab.hover(tid)}
      onPointerLeave={() => lab.hover(null)}
    >
      {mark === 'none' ? null : (
        <svg width="8" height="8" viewBox="-1 -1 2 2" aria-hidden="true">
          <path d={MARK_PATHS[mark]} fill="currentColor" />
        </svg>
      )}
      {name}
    </button>
  );
}
