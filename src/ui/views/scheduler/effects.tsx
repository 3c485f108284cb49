import type { ReactElement } from 'react';
import type { Measures } from '../../../replay/model.ts';
import { useLab } from '../../state/use-lab.ts';
import { durationWords } from '../../texts/time-words.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './scheduler.module.css';

interface Figures {
  readonly ticks: number;
  readonly utilisation: number;
  readonly waiting: number | null;
  readonly turnaround: number | null;
  readonly switches: number;
}

/** Measures of the whole run, beside those of the run before the last change: what the change did. */
export function Effects(): ReactElement | null {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const live = useLab((state) => state.machine.live);
  const now = useLab((state) => state.measures);
  const before = useLab((state) => state.measuresBefore);
  if (now === null) return null;
  const figures = figuresOf(now);
  const earlier = before === null ? null : figuresOf(before);
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 });
  const time = { format: (value: number): string => durationWords(t, value) };
  const ofLive = [
    { key: 'measure.time', pick: (f: Figures) => f.ticks, format: time },
    { key: 'measure.waiting', pick: (f: Figures) => f.waiting, format: time },
    { key: 'measure.turnaround', pick: (f: Figures) => f.turnaround, format: time },
  ] as const;
  const ofStepped = [
    { key: 'measure.utilisation', pick: (f: Figures) => f.utilisation, format: percent },
    { key: 'measure.waiting', pick: (f: Figures) => f.waiting, format: number },
    { key: 'measure.turnaround', pick: (f: Figures) => f.turnaround, format: number },
    { key: 'measure.switches', pick: (f: Figures) => f.switches, format: number },
  ] as const;
  const rows = live ? ofLive : ofStepped;
  return (
    <>
      <h2 className={classes.title}>{t('scheduler.effect')}</h2>
      <dl className={classes.effects} data-testid="effects">
        {rows.map(({ key, pick, format }) => (
          <div key={key}>
            <dt title={t(key)}>{t(key)}</dt>
            <dd>{write(pick(figures), format, t('measure.none'))}</dd>
            {earlier === null ? null : (
              <dd className={classes.change}>
                {t('scheduler.before')} {write(pick(earlier), format, t('measure.none'))}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </>
  );
}

function write(value: number | null, format: Pick<Intl.NumberFormat, 'format'>, none: string): string {
  return value === null ? none : format.format(value);
}

function figuresOf(measures: Measures): Figures {
  return {
    ticks: measures.run.ticks,
    utilisation: measures.run.utilisation,
    waiting: average(measures.processes.map((process) => process.waiting)),
    turnaround: average(measures.processes.flatMap((process) => process.turnaround ?? [])),
    switches: measures.run.switches,
  };
}

function average(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
