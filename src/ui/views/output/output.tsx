import { memo, useLayoutEffect, useRef, type CSSProperties, type ReactElement } from 'react';
import { derivedOf } from '../../state/derived.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { instantWords } from '../../texts/time-words.ts';
import type { Translate } from '../../texts/translate.ts';
import { useText } from '../../texts/use-text.ts';
import { RowList } from '../events/row-list.tsx';
import { threadLook } from '../palette/thread-look.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import classes from './output.module.css';
import { InputLine } from './input-line.tsx';
import { PrintedLines, type Segment } from './printed-lines.ts';

const ROW_PIXELS = 24;
/** So many lines are all there, and wrapped; of more only those in view are, each in one row that scrolls sideways. */
const MOST_WRAPPED = 400;

/** What the program has printed up to the cursor, with who printed it. */
export function Output(): ReactElement {
  const t = useText();
  const cursor = useLab((state) => state.cursor);
  const run = useLab((state) => state.run);
  const count = derivedOf(useLab((state) => state.log))
    .of(PrintedLines)
    .countUntil(cursor);
  return (
    <>
      {count === 0 ? <p className={classes.empty}>{t('output.empty')}</p> : null}
      {count > 0 && count <= MOST_WRAPPED ? <WrappedLines key={run} count={count} cursor={cursor} /> : null}
      {count > MOST_WRAPPED ? (
        <RowList key={run} count={count} row={ROW_PIXELS} focus={count - 1} label={t('tab.output')}>
          {(index) => <Line index={index} cursor={cursor} />}
        </RowList>
      ) : null}
      <InputLine />
    </>
  );
}

function WrappedLines({ count, cursor }: { count: number; cursor: number }): ReactElement {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [count, cursor]);
  return (
    <div ref={box} className={classes.wrapped} tabIndex={0} role="region" aria-label={t('tab.output')}>
      <ol>
        {Array.from({ length: count }, (_, index) => (
          <li key={index}>
            {/* Only the last line can still grow. */}
            <Line index={index} cursor={index === count - 1 ? cursor : Infinity} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A line of a traceback that points at parts of the line above it. */
const POINTERS = /^\s+[~^]+\s*$/;

const Line = memo(function Line({ index, cursor }: { index: number; cursor: number }): ReactElement | null {
  const t = useText();
  const derived = derivedOf(useLab((state) => state.log));
  const segments = derived.of(PrintedLines).line(index, cursor);
  const [first] = segments;
  if (first === undefined) return null;
  const nameOf = (tid: number): string => derived.replay.shortNameOf(tid);
  return (
    <div className={classes.line}>
      <span className={classes.who}>
        {first.stream === 'stdin' ? null : <ThreadBadge tid={first.tid} name={nameOf(first.tid)} />}
      </span>
      <code className={classes.text}>
        {segments.map(({ record, tick, tid, stream, text }) => (
          <button
            key={record}
            type="button"
            data-stream={stream}
            data-points={POINTERS.test(text) ? '' : undefined}
            style={stream === 'stdin' ? undefined : ({ '--by': threadLook(tid).color } as CSSProperties)}
            title={titleOf(t, derived.log.live, { stream, name: nameOf(tid), tick })}
            onClick={() => void lab.seek(record + 1)}
          >
            {stream === 'stderr' ? <abbr title="stderr">!</abbr> : null}
            {text === '' ? '\u00a0' : text}
          </button>
        ))}
      </code>
    </div>
  );
});

function titleOf(
  t: Translate,
  live: boolean,
  { stream, name, tick }: Pick<Segment, 'stream' | 'tick'> & { readonly name: string },
): string {
  if (stream !== 'stdin') return `${printedBy(t, live, name, tick)}${stream === 'stderr' ? ' (stderr)' : ''}`;
  return live ? t('input.typed.live', { tick: instantWords(t, true, tick) }) : t('input.typed', { tick });
}

function printedBy(t: Translate, live: boolean, name: string, tick: number): string {
  return live ? t('output.by.live', { name, tick: instantWords(t, true, tick) }) : t('output.by', { name, tick });
}
