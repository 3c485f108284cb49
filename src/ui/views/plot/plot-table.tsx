import type { ReactElement } from 'react';
import type { Experiment, ExperimentState } from '../../state/lab.ts';
import { useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './plot.module.css';

interface PlotTableProps {
  readonly experiment: Experiment;
  readonly points: ExperimentState['points'];
}

/** The same as numbers: for who cannot see the curves, or wants to go on with them. */
export function PlotTable({ experiment, points }: PlotTableProps): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const format = new Intl.NumberFormat(lang, { maximumSignificantDigits: 4 });
  return (
    <details className={classes.numbers}>
      <summary>{t('plot.table')}</summary>
      <table>
        <caption>{experiment.y[lang]}</caption>
        <thead>
          <tr>
            <th scope="col">{experiment.x[lang]}</th>
            {experiment.series.map(({ label }) => (
              <th key={label.en} scope="col">
                {label[lang]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {experiment.values.map((value, point) => (
            <tr key={value}>
              <th scope="row">{format.format(value)}</th>
              {experiment.series.map(({ label }, series) => {
                const measured = points[series]?.[point] ?? null;
                return <td key={label.en}>{measured === null ? t('measure.none') : format.format(measured)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
