import type { ReactElement } from 'react';
import { Latencies, type ThreadLatency } from '../../../replay/latencies.ts';
import { derivedOf } from '../../state/derived.ts';
import { useLab } from '../../state/use-lab.ts';
import { durationWords } from '../../texts/time-words.ts';
import { useText } from '../../texts/use-text.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import classes from './measures.module.css';

/** How long each thread of a live run was Ready before it ran: the real latency of its start and of its wake-ups. */
export function LatencyTable(): ReactElement {
  const t = useText();
  const cursor = useLab((state) => state.cursor);
  const latencies = derivedOf(useLab((state) => state.log))
    .of(Latencies)
    .at(cursor);
  return (
    <table className={classes.table} data-testid="latency">
      <caption>
        <strong>{t('latency.title')}</strong> {t('latency.about')}
      </caption>
      <thead>
        <tr>
          {(['thread', 'start', 'count', 'min', 'median', 'max'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`latency.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {latencies.map((latency) => (
          <Row key={latency.tid} latency={latency} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ latency: { tid, start, wakes } }: { latency: ThreadLatency }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const { replay } = derivedOf(useLab((state) => state.log));
  const words = (value: number | undefined | null): string =>
    value === undefined || value === null ? t('measure.none') : durationWords(t, value);
  return (
    <tr>
      <th scope="row">
        <ThreadBadge tid={tid} name={replay.shortNameOf(tid)} />
      </th>
      <td>{words(start)}</td>
      <td>{(wakes?.count ?? 0).toLocaleString(lang)}</td>
      <td>{words(wakes?.min)}</td>
      <td>{words(wakes?.median)}</td>
      <td>{words(wakes?.max)}</td>
    </tr>
  );
}
