import { Button, Progress } from '@mantine/core';
import { useLayoutEffect, useMemo, useRef, useState, type ReactElement, type RefObject } from 'react';
import type { Experiment, ExperimentState } from '../../state/lab.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { say } from '../../texts/translate.ts';
import { useText } from '../../texts/use-text.ts';
import { textWidth } from '../diagram/text-width.ts';
import classes from './plot.module.css';
import { layoutPlot } from './plot-layout.ts';
import { bootShare, bootWords } from '../listing/boot-words.ts';
import { PlotTable } from './plot-table.tsx';
import { Mark, seriesLook } from './series-look.tsx';

const HEIGHT = 250;
const LABEL_FONT = 11;

interface PlotProps {
  /** Its place among those of the lesson. */
  readonly index: number;
  readonly experiment: Experiment;
  /** Null: nothing was measured yet. */
  readonly result: ExperimentState | null;
}

/** An experiment of the lesson: a button that makes its runs, the curves that come of them, and the numbers. */
export default function Plot({ index, experiment, result }: PlotProps): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const live = experiment.mode === 'live';
  return (
    <section className={classes.plot} aria-label={experiment.title[lang]} data-testid="plot">
      <h3>{experiment.title[lang]}</h3>
      {experiment.about === undefined ? null : <p>{experiment.about[lang]}</p>}
      <p>
        {t(live ? 'plot.live' : 'plot.stepped')} {live ? t('plot.median', { count: experiment.repeats }) : null}
      </p>
      <Controls index={index} result={result} />
      {result === null ? null : (
        <>
          <Legend experiment={experiment} />
          <Curves experiment={experiment} result={result} />
          <PlotTable experiment={experiment} points={result.points} />
        </>
      )}
    </section>
  );
}

function Controls({ index, result }: Omit<PlotProps, 'experiment'>): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const measuring = useLab((state) => state.measuring);
  const off = useLab((state) => state.hindrance !== null);
  // There is one series at a time: another one of this lesson has the button that stops it.
  const elsewhere = useLab((state) => state.experiments.some((other) => other.result?.state === 'running'));
  const other = measuring && elsewhere && result?.state !== 'running';
  return (
    <div className={classes.controls}>
      {measuring && !other ? (
        <Button size="compact-sm" variant="default" onClick={() => lab.stopMeasuring()}>
          {t('plot.stop')}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          disabled={off || other}
          title={off ? t('disabled.recorded') : other ? t('plot.other') : undefined}
          onClick={() => void lab.measure(index)}
        >
          {t(result === null ? 'plot.start' : 'plot.again')}
        </Button>
      )}
      <span role="status" className={classes.status}>
        {result === null ? '' : statusWords(t, result, lang)}
      </span>
      {result?.state === 'running' ? (
        <Progress
          className={classes.progress}
          value={100 * (result.boot === null ? result.done / result.count : (bootShare(result.boot) ?? 0))}
          aria-label={
            result.boot === null
              ? t('plot.progress', { done: result.done, count: result.count })
              : bootWords(t, result.boot)
          }
        />
      ) : null}
    </div>
  );
}

function statusWords(
  t: ReturnType<typeof useText>,
  { state, done, count, boot, message }: ExperimentState,
  lang: 'zh' | 'en',
): string {
  // Not how far: what is said aloud would never end.
  if (boot !== null) return t('python.preparing');
  if (state === 'running') return t('plot.progress', { done: Math.min(done + 1, count), count });
  if (state === 'stopped') return t('plot.stopped', { done, count });
  return message === null ? '' : say(message, lang);
}

function Legend({ experiment }: { experiment: Experiment }): ReactElement | null {
  const lang = useLab((state) => state.lang);
  if (experiment.series.length < 2) return null;
  return (
    <ul className={classes.legend}>
      {experiment.series.map(({ label }, series) => (
        <li key={label.en}>
          <svg width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">
            <path d="M1 6h24" stroke={seriesLook(series).color} strokeDasharray={seriesLook(series).dash} />
            <Mark series={series} x={13} y={6} />
          </svg>
          {label[lang]}
        </li>
      ))}
    </ul>
  );
}

function Curves({ experiment, result }: { experiment: Experiment; result: ExperimentState }): ReactElement {
  const lang = useLab((state) => state.lang);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const format = useMemo(() => new Intl.NumberFormat(lang, { maximumSignificantDigits: 4 }), [lang]);
  const layout = layoutPlot({
    width,
    height: HEIGHT,
    xs: experiment.values,
    points: result.points,
    lines: experiment.mark === undefined ? [] : [experiment.mark.at],
    labelWidth: (value) => textWidth(format.format(value), LABEL_FONT),
  });
  const { left, right, top, bottom } = layout.plot;
  return (
    <div ref={box} className={classes.box}>
      {/* For who does not see it there is the table. */}
      <svg width={width} height={HEIGHT} aria-hidden="true">
        {layout.yMarks.map(({ value, at }) => (
          <g key={value}>
            <path className={classes.grid} d={`M${left} ${at}H${right}`} />
            <text className={classes.mark} x={left - 8} y={at} textAnchor="end" dominantBaseline="middle">
              {format.format(value)}
            </text>
          </g>
        ))}
        {layout.xMarks.map(({ value, at }) => (
          <g key={value}>
            <path className={classes.axis} d={`M${at} ${bottom}v4`} />
            <text className={classes.mark} x={at} y={bottom + 16} textAnchor="middle">
              {format.format(value)}
            </text>
          </g>
        ))}
        {layout.lines.map((at) => (
          <g key={at}>
            <path className={classes.line} d={`M${at} ${top}V${bottom}`} />
            <text className={classes.mark} x={at + 5} y={top + 10}>
              {experiment.mark?.label[lang]}
            </text>
          </g>
        ))}
        <path className={classes.axis} d={`M${left} ${top}V${bottom}H${right}`} />
        <text className={classes.title} x={4} y={14}>
          {experiment.y[lang]}
        </text>
        <text className={classes.title} x={right} y={bottom + 34} textAnchor="end">
          {experiment.x[lang]}
        </text>
        {layout.curves.map(({ path, dots }, series) => (
          <g key={experiment.series[series]?.label.en}>
            <path
              className={classes.curve}
              d={path}
              stroke={seriesLook(series).color}
              strokeDasharray={seriesLook(series).dash}
            />
            {dots.map(({ x, y, point }) => (
              <Mark key={point} series={series} x={x} y={y} />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Of the box, as it is now. */
function useWidth(box: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(320);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.max(240, Math.min(720, element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
