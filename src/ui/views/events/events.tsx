import { memo, type ReactElement } from 'react';
import { describe } from '../../../replay/describe.ts';
import { derivedOf } from '../../state/derived.ts';
import type { Language } from '../../state/lab.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { sayEvent } from '../../texts/event-sentences.ts';
import { useText } from '../../texts/use-text.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import classes from './events.module.css';
import { RowList } from './row-list.tsx';

const ROW_PIXELS = 27;

/** Every record of the log as a sentence; a click moves the cursor behind it. What lies behind the cursor is pale. */
export function Events(): ReactElement {
  const t = useText();
  const records = useLab((state) => state.records);
  const cursor = useLab((state) => state.cursor);
  const run = useLab((state) => state.run);
  if (records === 0) return <p className={classes.empty}>{t('events.empty')}</p>;
  return (
    <RowList key={run} count={records} row={ROW_PIXELS} focus={cursor - 1} label={t('tab.events')}>
      {(record) => <Row record={record} ahead={record >= cursor} here={record === cursor - 1} />}
    </RowList>
  );
}

interface RowProps {
  readonly record: number;
  readonly ahead: boolean;
  readonly here: boolean;
}

const Row = memo(function Row({ record, ahead, here }: RowProps): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const { replay } = derivedOf(useLab((state) => state.log));
  const description = describe(replay, record);
  const { event, after } = description;
  const sentence = sayEvent(description, lang);
  return (
    <div
      className={classes.row}
      data-kind={event.kind}
      data-ahead={ahead ? '' : undefined}
      data-here={here ? '' : undefined}
    >
      <span className={classes.tick}>{description.live ? milliseconds(lang, event.tick) : event.tick}</span>
      <span className={classes.who}>
        {after === null ? null : <ThreadBadge tid={after.tid} name={after.shortName} />}
      </span>
      <button
        type="button"
        className={classes.what}
        title={`${sentence}\n${t('events.jump', { record })}`}
        aria-current={here ? 'step' : undefined}
        onClick={() => void lab.seek(record + 1)}
      >
        {after === null ? sentence : withoutName(sentence, after.shortName)}
      </button>
    </div>
  );
});

/** The name stands beside it already, and there is little room: `P1: Ready → Running` loses it, `P1 sleeps` does not. */
function withoutName(sentence: string, name: string): string {
  const rest = sentence.slice(name.length);
  return sentence.startsWith(name) && /^(?:: |：)/.test(rest) ? rest.replace(/^(?:: |：)/, '') : sentence;
}

/** As exact as the clock of a browser. */
function milliseconds(lang: Language, microseconds: number): string {
  const format = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return (microseconds / 1000).toLocaleString(lang, format);
}
