import type { CSSProperties, ReactElement } from 'react';
import { derivedOf } from '../../state/derived.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { RowList } from '../events/row-list.tsx';
import { threadLook } from '../palette/thread-look.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import classes from './output.module.css';
import { PrintedLines } from './printed-lines.ts';

const ROW_PIXELS = 24;

/** What the program has printed up to the cursor, with who printed it. */
export function Output(): ReactElement {
  const t = useText();
  const cursor = useLab((state) => state.cursor);
  const run = useLab((state) => state.run);
  const count = derivedOf(useLab((state) => state.log))
    .of(PrintedLines)
    .countUntil(cursor);
  if (count === 0) return <p className={classes.empty}>{t('output.empty')}</p>;
  return (
    <RowList key={run} count={count} row={ROW_PIXELS} focus={count - 1} label={t('tab.output')}>
      {(index) => <Line index={index} cursor={cursor} />}
    </RowList>
  );
}

function Line({ index, cursor }: { index: number; cursor: number }): ReactElement | null {
  const t = useText();
  const derived = derivedOf(useLab((state) => state.log));
  const segments = derived.of(PrintedLines).line(index, cursor);
  const [first] = segments;
  if (first === undefined) return null;
  const nameOf = (tid: number): string => derived.replay.shortNameOf(tid);
  return (
    <div className={classes.line}>
      <span className={classes.who}>
        <ThreadBadge tid={first.tid} name={nameOf(first.tid)} />
      </span>
      <code className={classes.text}>
        {segments.map(({ record, tick, tid, stream, text }) => (
          <button
            key={record}
            type="button"
            data-stream={stream}
            style={{ '--by': threadLook(tid).color } as CSSProperties}
            title={`${t('output.by', { name: nameOf(tid), tick })}${stream === 'stderr' ? ' (stderr)' : ''}`}
            onClick={() => void lab.seek(record + 1)}
          >
            {stream === 'stderr' ? <abbr title="stderr">!</abbr> : null}
            {text === '' ? '\u00a0' : text}
          </button>
        ))}
      </code>
    </div>
  );
}
