import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { derivedOf } from '../../state/derived.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import type { Language } from '../../state/lab.ts';
import { instantWords } from '../../texts/time-words.ts';
import { translator, type Translate } from '../../texts/translate.ts';
import { useText } from '../../texts/use-text.ts';
import { latestOnly } from './latest-only.ts';
import type { TimeFormat } from './timeline-axis.ts';
import { TimelineBar } from './timeline-bar.tsx';
import { TimelineScene, type Pointed } from './timeline-scene.ts';
import { TimelineTip } from './timeline-tip.tsx';
import classes from './timeline.module.css';

/** Factor of one press of a zoom button. */
const ZOOM = 1.6;
/** Steps of PageUp and PageDown. */
const PAGE = 10;
/** With more CPUs than this, their rows would leave no room for the lanes. */
const CPU_ROWS = 2;

/** A lane for every thread, a row for every CPU, and the cursor through all of them. Fills the box around it. */
export function Timeline(): ReactElement {
  const t = useText();
  const cpus = useLab((state) => state.config.cpus);
  const [chosenCpus, setChosenCpus] = useState<boolean | null>(null);
  const live = useLab((state) => state.machine.live);
  const showCpus = !live && (chosenCpus ?? cpus <= CPU_ROWS);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const { canvas, scene } = useScene(showCpus, setPointed);
  const empty = useLab((state) => state.steps === 0);
  const library = useLab((state) => state.library);
  const hasLibrary = useLab(({ log, records }) => records > 0 && derivedOf(log).replay.hasLibrary);
  return (
    <div className={classes.timeline}>
      <TimelineBar
        showCpus={showCpus}
        library={hasLibrary ? library : null}
        onShowCpus={live ? null : () => setChosenCpus(!showCpus)}
        onZoom={(direction) => scene.current?.zoom(ZOOM ** direction)}
        onFit={() => scene.current?.fit()}
      />
      <Cursor scene={scene}>
        <canvas ref={canvas} className={classes.canvas} aria-hidden="true" data-testid="timeline-canvas" />
        {empty ? <p className={classes.empty}>{t('timeline.empty')}</p> : null}
        {pointed === null ? null : <TimelineTip pointed={pointed} />}
      </Cursor>
    </div>
  );
}

function tickFormat(lang: Language): TimeFormat {
  const format = new Intl.NumberFormat(lang);
  return (tick) => format.format(tick);
}

/** Milliseconds, with as many digits as the step between two marks has. */
function liveFormat(t: Translate): TimeFormat {
  return (microseconds, step) => {
    const digits = Math.max(0, 3 - Math.floor(Math.log10(Math.max(1, step)) + 1e-9));
    return t('time.ms', { ms: Number((microseconds / 1000).toFixed(digits)) });
  };
}

type SceneRef = { readonly current: TimelineScene | null };

/** Mounts the scene on its canvas and shows it what the lab shows. */
function useScene(showCpus: boolean, point: (pointed: Pointed | null) => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useRef<TimelineScene>(null);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const seek = latestOnly((record: number) => lab.seek(record));
    const made = new TimelineScene(canvas.current, { seek, point, select: lab.select, hover: lab.hover });
    scene.current = made;
    return () => {
      scene.current = null;
      made.stop();
    };
  }, [point]);

  const lang = useLab((state) => state.lang);
  const live = useLab((state) => state.machine.live);
  const format = useMemo(() => (live ? liveFormat(translator(lang)) : tickFormat(lang)), [lang, live]);
  const log = useLab((state) => state.log);
  const run = useLab((state) => state.run);
  const records = useLab((state) => state.records);
  const cursor = useLab((state) => state.cursor);
  const machine = useLab((state) => state.machine);
  const selected = useLab((state) => state.selected);
  const hovered = useLab((state) => state.hovered);
  const library = useLab((state) => state.library);
  const interpreters = useLab((state) => state.engine === 'py');
  useEffect(() => {
    const seen = { log, run, records, cursor, machine, selected, hovered };
    scene.current?.show({ ...seen, showCpus, interpreters, library, format });
  }, [log, run, records, cursor, machine, selected, hovered, showCpus, interpreters, library, format]);
  return { canvas, scene };
}

/** The cursor for the keyboard and for screen readers: a slider over the steps. */
function Cursor({ scene, children }: { scene: SceneRef; children: ReactNode }): ReactElement {
  const t = useText();
  const step = useLab((state) => state.step);
  const steps = useLab((state) => state.steps);
  const machine = useLab((state) => state.machine);
  const tick = instantWords(t, true, machine.tick);
  const place = machine.live
    ? t('timeline.at.live', { step, steps, tick })
    : t('timeline.at', { step, steps, tick: machine.tick });
  const states = machine.threads
    .filter(({ state }) => state !== 'Terminated')
    .slice(0, 8)
    .map(({ shortName, state }) => `${shortName} ${t(`state.${state}.plain`)}`);
  return (
    <div
      className={classes.cursor}
      role="slider"
      tabIndex={0}
      aria-label={t('panel.timeline')}
      aria-valuemin={0}
      aria-valuemax={steps}
      aria-valuenow={step}
      aria-valuetext={[place, ...states].join(', ')}
      onKeyDown={(event) => {
        if (press(event, scene.current)) {
          event.preventDefault();
          event.stopPropagation();
        }
      }}
    >
      {children}
    </div>
  );
}

/** Returns whether the key means something here. */
function press(event: KeyboardEvent, scene: TimelineScene | null): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'ArrowRight':
      void (event.shiftKey ? lab.stepThread(1) : lab.step());
      return true;
    case 'ArrowLeft':
      void (event.shiftKey ? lab.stepThread(-1) : lab.back());
      return true;
    case 'PageUp':
      void lab.step(PAGE);
      return true;
    case 'PageDown':
      void lab.back(PAGE);
      return true;
    case 'Home':
      void lab.toStart();
      return true;
    case 'End':
      void lab.toEnd();
      return true;
    case 'ArrowUp':
    case 'ArrowDown':
      scene?.selectNext(event.key === 'ArrowUp' ? -1 : 1);
      return true;
    case '+':
    case '=':
      scene?.zoom(ZOOM);
      return true;
    case '-':
      scene?.zoom(1 / ZOOM);
      return true;
    case '0':
      scene?.fit();
      return true;
    default:
      return false;
  }
}
