import type { CSSProperties, ReactElement } from 'react';
import { Kind } from '../../../abi/record.ts';
import type { Tid } from '../../../base/ids.ts';
import { describe } from '../../../replay/describe.ts';
import { Mark } from '../../../replay/marks.ts';
import { stateName } from '../../../replay/thread-state.ts';
import type { ThreadStateName } from '../../../replay/model.ts';
import { derivedOf, type Derived } from '../../state/derived.ts';
import { useLab } from '../../state/use-lab.ts';
import { sayEvent } from '../../texts/event-sentences.ts';
import { durationWords, instantWords } from '../../texts/time-words.ts';
import { useText } from '../../texts/use-text.ts';
import { stateLook } from '../palette/state-look.ts';
import { threadLook } from '../palette/thread-look.ts';
import { recordOfTick } from './timeline-place.ts';
import type { Pointed } from './timeline-scene.ts';
import classes from './timeline.module.css';

/** Half of its greatest width, and its height with three sentences. */
const REACH = { x: 160, y: 120 };
/** Sentences about the tick under the pointer. */
const MOST = 3;

/** What the span under the pointer is: thread, state, ticks, how it came to it, and what was done in this tick. */
export function TimelineTip({ pointed }: { pointed: Pointed }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const derived = derivedOf(useLab((state) => state.log));
  const { tid, span, tick } = pointed;
  const { spans, replay } = derived;
  const state = stateName(spans.stateOf(tid, span));
  const from = spans.startOf(tid, span);
  const to = spans.endOf(tid, span);
  const look = threadLook(tid);
  return (
    <div className={classes.tip} style={placeOfTip(pointed)} data-testid="timeline-tip">
      <header>
        <span className={classes.badge} style={{ background: look.color, color: look.ink }}>
          {replay.shortNameOf(tid)}
        </span>
        <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
          <path
            d={stateLook(state).icon}
            fill="none"
            stroke={stateLook(state).color}
            strokeWidth="1.8"
            strokeLinecap="round"
          />
        </svg>
        <span>{t(`state.${state}`)}</span>
      </header>
      <When live={derived.log.live} state={state} from={from} to={to} />
      {[spans.recordOf(tid, span), ...(derived.log.live ? [] : donesIn(derived, tid, tick))].map((record) => (
        <p key={record}>{sayEvent(describe(replay, record), lang)}</p>
      ))}
    </div>
  );
}

interface WhenProps {
  readonly live: boolean;
  readonly state: ThreadStateName;
  readonly from: number;
  readonly to: number;
}

/** How long the span is; of a live run's Ready, that this is the latency. */
function When({ live, state, from, to }: WhenProps): ReactElement {
  const t = useText();
  if (!live) return <p>{t('timeline.ticks', { from, to: Math.max(from, to - 1), count: Math.max(1, to - from) })}</p>;
  const length = durationWords(t, to - from);
  const ends = { from: instantWords(t, true, from), to: instantWords(t, true, to) };
  return (
    <>
      <p>{t('timeline.time', { ...ends, length })}</p>
      {state === 'Ready' ? <p>{t('timeline.latency', { length })}</p> : null}
    </>
  );
}

/** Left and above of the pointer where there would be no room on its other side. */
function placeOfTip({ x, y, width, height }: Pointed): CSSProperties {
  return {
    ...(x > width - 2 * REACH.x ? { right: Math.max(4, width - x + 14) } : { left: x + 14 }),
    ...(y > height - REACH.y ? { bottom: Math.max(4, height - y + 8) } : { top: y + 16 }),
  };
}

/** The records of a thread in a tick that say what it did: the line, and what is marked. */
function donesIn({ log, marks }: Derived, tid: Tid, tick: number): number[] {
  const found: number[] = [];
  const end = recordOfTick(log, tick + 1);
  for (let n = recordOfTick(log, tick); n < end && found.length < MOST; n += 1) {
    if (log.tid(n) !== tid) continue;
    if (log.kind(n) === Kind.LINE || marks.markOf(n) !== Mark.NONE) found.push(n);
  }
  return found;
}
