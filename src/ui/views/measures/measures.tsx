import { lazy, Suspense, type CSSProperties, type ReactElement } from 'react';
import { ThreadKind } from '../../../abi/slot.ts';
import { measuresAt } from '../../../replay/measures.ts';
import type { MachineState, Measures as RunOfMeasures, ProcessMeasures } from '../../../replay/model.ts';
import { derivedOf } from '../../state/derived.ts';
import { useLab } from '../../state/use-lab.ts';
import type { TextKey } from '../../texts/translate.ts';
import { durationWords } from '../../texts/time-words.ts';
import { useText } from '../../texts/use-text.ts';
import { stateLook } from '../palette/state-look.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import { averages, COLUMNS, type Column } from './measure-columns.ts';
import classes from './measures.module.css';

const Plot = lazy(() => import('../plot/plot.tsx'));
const LatencyTable = lazy(async () => ({ default: (await import('./latency-table.tsx')).LatencyTable }));

/** The measures of every process at the cursor, their averages, and those of the whole run. */
export function Measures(): ReactElement {
  const t = useText();
  const machine = useLab((state) => state.machine);
  const cpus = useLab((state) => state.config.cpus);
  const { replay } = derivedOf(useLab((state) => state.log));
  replay.cpuCount = cpus;
  const measures = measuresAt(replay, machine.record);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('tab.measures')} data-testid="measures">
      <RunFigures measures={measures} />
      {machine.live ? <p className={classes.unit}>{t('measure.unit.ms')}</p> : null}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('measure.process')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" title={t(`${columnKey(column, machine.live)}.about`)}>
                {t(columnKey(column, machine.live))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.processes.map((process) => (
            <Row key={process.pid} process={process} machine={machine} ticks={measures.run.ticks} />
          ))}
        </tbody>
        {measures.processes.length > 1 ? <Averages measures={measures} /> : null}
      </table>
      {machine.live ? (
        <Suspense fallback={null}>
          <LatencyTable />
        </Suspense>
      ) : null}
      <MeasuredSeries />
    </div>
  );
}

/** What the lesson measures over many runs. Its code comes only with a lesson that does. */
function MeasuredSeries(): ReactElement | null {
  const experiments = useLab((state) => state.experiments);
  return (
    <Suspense fallback={null}>
      {experiments.map(({ experiment, result }, index) => (
        <Plot key={experiment.title.en} index={index} experiment={experiment} result={result} />
      ))}
    </Suspense>
  );
}

/** Live runs hold no CPU of ours: what counts is the time in Running. */
function columnKey(column: Column, live: boolean): `measure.${Column}` | 'measure.running.live' {
  return live && column === 'cpu' ? 'measure.running.live' : `measure.${column}`;
}

function RunFigures({ measures }: { measures: RunOfMeasures }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const live = useLab((state) => state.machine.live);
  const { ticks, utilisation, switches, throughput } = measures.run;
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 });
  type FigureWords = readonly [key: TextKey, value: string, about?: TextKey];
  const ofSteps: readonly FigureWords[] = [
    ['measure.ticks', number.format(ticks)],
    ['measure.utilisation', percent.format(utilisation)],
    ['measure.switches', number.format(switches)],
    ['measure.throughput.short', number.format(throughput), 'measure.throughput'],
  ];
  // Whom the operating system gives its CPUs is not known, so neither is how well they are used.
  const figures = live ? [['measure.time', durationWords(t, ticks)] as const] : ofSteps;
  return (
    <dl className={classes.run}>
      {figures.map(([key, value, about]) => (
        <div key={key}>
          <dt title={t(about ?? key)}>{t(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RowProps {
  readonly process: ProcessMeasures;
  readonly machine: MachineState;
  readonly ticks: number;
}

function Row({ process, machine, ticks }: RowProps): ReactElement {
  const main = machine.threads.find(({ pid, kind }) => pid === process.pid && kind === ThreadKind.PROCESS);
  return (
    <tr>
      <th scope="row">
        <span className={classes.name}>
          {main === undefined ? null : <ThreadBadge tid={main.tid} name={main.shortName} />}
          {process.name === main?.shortName ? null : <small>{process.name}</small>}
        </span>
        <Share process={process} ticks={ticks} />
      </th>
      {COLUMNS.map((column) => (
        <Figure key={column} column={column} value={process[column]} digits={0} />
      ))}
    </tr>
  );
}

const US_PER_MS = 1000;
/** As many digits as one reads: 1.23, 12.3, 123. */
const digitsOf = (ms: number): number => (ms < 10 ? 2 : ms < 100 ? 1 : 0);

const PARTS = [
  { state: 'Running', of: 'cpu' },
  { state: 'Ready', of: 'waiting' },
  { state: 'Blocked', of: 'blocked' },
] as const;

/** CPU time, waiting and blocked as parts of the ticks that have passed, from the arrival on. */
function Share({ process, ticks }: { process: ProcessMeasures; ticks: number }): ReactElement {
  const part = (value: number): string => `${ticks === 0 ? 0 : Math.min(100, (100 * value) / ticks)}%`;
  return (
    <span className={classes.share} aria-hidden="true">
      <i style={{ width: part(process.arrival) }} />
      {PARTS.filter(({ of }) => process[of] > 0).map(({ state, of }) => (
        <i
          key={state}
          data-state={state}
          style={{ width: part(process[of]), '--part': stateLook(state).color } as CSSProperties}
        />
      ))}
    </span>
  );
}

function Averages({ measures }: { measures: RunOfMeasures }): ReactElement {
  const t = useText();
  const values = averages(measures.processes);
  return (
    <tfoot>
      <tr>
        <th scope="row">{t('measure.average')}</th>
        {COLUMNS.map((column) => (
          <Figure key={column} column={column} value={values[column]} digits={2} />
        ))}
      </tr>
    </tfoot>
  );
}

function Figure({ column, value, digits }: { column: Column; value: number | null; digits: number }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const live = useLab((state) => state.machine.live);
  const ms = (value ?? 0) / US_PER_MS;
  const format = new Intl.NumberFormat(
    lang,
    live
      ? { minimumFractionDigits: digitsOf(ms), maximumFractionDigits: digitsOf(ms) }
      : { maximumFractionDigits: digits },
  );
  const words = value === null ? t('measure.none') : format.format(live ? ms : value);
  return <td data-column={column}>{words}</td>;
}
