import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useEffect, useMemo, useRef, type CSSProperties, type ReactElement } from 'react';
import { Instructions } from '../../../replay/instructions.ts';
import type { ThreadView } from '../../../replay/model.ts';
import { derivedOf } from '../../state/derived.ts';
import { runsIn } from '../../state/run-spec.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { CUSTOM } from '../../state/view.ts';
import { useText } from '../../texts/use-text.ts';
import { threadLook } from '../palette/thread-look.ts';
import { indentOf, leaderOf, lineInFocus, marksByLine, marksShown, scrollFor } from './listing-marks.ts';
import { LineFaults } from './line-faults.tsx';
import { faultsAt, type NamedFault } from './tracebacks.ts';
import classes from './listing.module.css';
import tokens from './tokens.module.css';

const Editor = lazy(async () => ({ default: (await import('../editor/editor.tsx')).Editor }));
const BootBar = lazy(async () => ({ default: (await import('./boot-bar.tsx')).BootBar }));

/** The program as it was written, with one coloured mark per thread at the line of its last step. */
export function Listing(): ReactElement {
  const isOwn = useLab(({ scenario, saved }) => scenario.id === CUSTOM && saved === null);
  if (!isOwn) return <LessonListing />;
  return (
    <Suspense fallback={null}>
      <Editor />
    </Suspense>
  );
}

function LessonListing(): ReactElement {
  const t = useText();
  const engine = useLab((state) => state.engine);
  const files = useLab((state) => state.files);
  const machine = useLab((state) => state.machine);
  const booting = useLab((state) => state.boot !== null);
  const selected = useLab((state) => state.selected);
  const both = useLab(({ scenario }) => runsIn(scenario, 'ts') && runsIn(scenario, 'py'));
  const listing = engine === 'py' ? files.py : files.ts;
  // Lines are those of the program that has run, and no other's.
  const runs = useLab(({ ran }) => ran === listing.source);
  const marks = useMemo(
    () => (runs ? marksByLine(machine) : new Map<number, readonly ThreadView[]>()),
    [machine, runs],
  );
  const log = useLab((state) => state.log);
  const cursor = useLab((state) => state.cursor);
  const faults = useMemo(
    () => Map.groupBy(runs ? faultsAt(derivedOf(log), cursor) : [], ({ line }) => line),
    [log, cursor, runs],
  );
  const focus = runs ? lineInFocus(machine, selected) : null;
  return (
    <>
      <div className={classes.head}>
        <span className={classes.file}>program.{listing.language}</span>
        <span className={classes.grow} />
        {engine === 'py' ? (
          <Button variant="subtle" size="compact-xs" onClick={() => void lab.openProgram(listing.source)}>
            {t('listing.edit')}
          </Button>
        ) : null}
        {both ? <EngineSwitch /> : null}
      </div>
      {booting ? (
        <Suspense fallback={null}>
          <BootBar place="program" />
        </Suspense>
      ) : null}
      <Lines lines={listing.lines} marks={marks} faults={faults} focus={focus} label={t('panel.listing')} />
    </>
  );
}

/** Which of the lesson's programs is shown and runs. */
function EngineSwitch(): ReactElement {
  const t = useText();
  const engine = useLab((state) => state.engine);
  const off = useLab(({ saved, hindrance }) => saved !== null || hindrance !== null);
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('listing.language')}
      value={engine}
      disabled={off}
      onChange={(value) => void lab.setEngine(value === 'py' ? 'py' : 'ts')}
      data={[
        { value: 'ts', label: 'TypeScript' },
        { value: 'py', label: 'Python' },
      ]}
      data-testid="engine"
    />
  );
}

interface LinesProps {
  readonly lines: readonly string[];
  readonly marks: ReadonlyMap<number, readonly ThreadView[]>;
  readonly faults: ReadonlyMap<number, readonly NamedFault[]>;
  readonly focus: number | null;
  readonly label: string;
}

function Lines({ lines, marks, faults, focus, label }: LinesProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    keepInView(box.current, focus ?? 1);
  }, [focus, lines]);
  return (
    <div ref={box} className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <ol className={`${classes.code} ${tokens.tokens}`}>
        {lines.map((html, index) => (
          <Line
            key={index}
            number={index + 1}
            html={html}
            threads={marks.get(index + 1)}
            faults={faults.get(index + 1)}
          />
        ))}
      </ol>
    </div>
  );
}

function Line({
  number,
  html,
  threads,
  faults,
}: {
  number: number;
  html: string;
  threads: readonly ThreadView[] | undefined;
  faults: readonly NamedFault[] | undefined;
}): ReactElement {
  const leader = leaderOf(threads ?? []);
  const count = threads?.length ?? 0;
  const shown = marksShown((threads ?? []).map(({ shortName }) => shortName));
  const hidden = count - shown;
  const style = {
    '--indent': indentOf(html),
    ...(leader === undefined ? {} : { '--mark': threadLook(leader.tid).color }),
  } as CSSProperties;
  return (
    <li
      className={leader === undefined ? classes.line : `${classes.line} ${classes.marked}`}
      style={style}
      data-line={number}
      data-failed={faults === undefined ? undefined : ''}
    >
      <span className={classes.marks}>
        {(hidden > 0 && leader !== undefined ? [leader] : (threads ?? [])).map((thread) => (
          <Mark key={thread.tid} thread={thread} />
        ))}
        {hidden > 0 ? <span className={classes.more}>+{hidden}</span> : null}
      </span>
      <span className={classes.number}>{number}</span>
      {/* Built from our own source file, every token escaped at build time. */}
      <code dangerouslySetInnerHTML={{ __html: html }} />
      {leader === undefined ? null : <Instruction thread={leader} />}
      {faults === undefined ? null : <LineFaults faults={faults} />}
    </li>
  );
}

/** Where each instruction is a step: the one that the thread executes. */
function Instruction({ thread }: { thread: ThreadView }): ReactElement | null {
  const cursor = useLab((state) => state.cursor);
  const log = useLab((state) => state.log);
  const instruction = derivedOf(log).of(Instructions).of(thread.tid, cursor);
  return instruction === null ? null : <span className={classes.instruction}>{instruction}</span>;
}

function Mark({ thread }: { thread: ThreadView }): ReactElement {
  const t = useText();
  const lit = useLab((state) => state.hovered === thread.tid || state.selected === thread.tid);
  const look = threadLook(thread.tid);
  return (
    <button
      type="button"
      className={classes.mark}
      style={{ '--mark': look.color, '--mark-ink': look.ink } as CSSProperties}
      data-state={thread.state}
      data-lit={lit ? '' : undefined}
      aria-label={t('listing.at', { name: thread.shortName, line: thread.line ?? 0 })}
      onClick={() => lab.select(thread.tid)}
      onPointerEnter={() => lab.hover(thread.tid)}
      onPointerLeave={() => lab.hover(null)}
    >
      {thread.shortName}
    </button>
  );
}

/** Scrolls only the listing: the page itself must not jump. */
function keepInView(box: HTMLDivElement | null, line: number): void {
  const row = box?.querySelector<HTMLElement>(`[data-line="${line}"]`);
  if (box === null || row === null || row === undefined) return;
  box.scrollTop = scrollFor(row.offsetTop - box.offsetTop, box.clientHeight);
}
