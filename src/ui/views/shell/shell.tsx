import { useMemo, useState, type ReactElement, lazy, Suspense } from 'react';
import { flushSync } from 'react-dom';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { StateDiagram } from '../diagram/diagram.tsx';
import { Header } from '../header/header.tsx';
import { DropZone } from '../files/drop-zone.tsx';
import { HindranceBanner } from '../notices/hindrance.tsx';
import { Lesson } from '../lesson/lesson.tsx';
import { Listing } from '../listing/listing.tsx';
import { Notices } from '../notices/notices.tsx';
import { INPUT_LINE } from '../output/input-line.tsx';
import { Scheduler } from '../scheduler/scheduler.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { Why } from '../why/why.tsx';
import { LeftTabs, NarrowTabs, ResultTabs, type NarrowName } from './panel-tabs.tsx';
import { Dialogs, type DialogName } from './dialogs.tsx';
import { useKeyboard } from './use-keyboard.ts';
import { useWidth, type Width } from './use-width.ts';
import classes from './shell.module.css';

const SavedBanner = lazy(async () => ({ default: (await import('../files/saved-banner.tsx')).SavedBanner }));

/** The page: header, program, diagram, timeline, lesson and scheduler, arranged by the width that there is. */
export function Shell(): ReactElement {
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const embed = useLab((state) => state.embed);
  const width = useWidth();
  const [front, setFront] = useState<NarrowName>('lesson');
  const hidesOutput = useLab(({ tab }) => (width === 'narrow' ? front : tab) !== 'output');
  const toInput = (): void => {
    flushSync(() => {
      lab.setTab('output');
      setFront('output');
    });
    // It may have taken the focus by itself, which does not scroll.
    const field = document.getElementById(INPUT_LINE);
    field?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    field?.focus();
  };
  const dialogs = useMemo(() => ({ help: () => setDialog('help'), commands: () => setDialog('commands') }), []);
  useKeyboard(dialog === null, dialogs);
  return (
    <div className={embed ? `${classes.shell} ${classes.embedded}` : classes.shell} data-width={width}>
      <div className={classes.top}>
        <Header onShare={() => setDialog('share')} onHelp={() => setDialog('help')} />
        <HindranceBanner />
        <Saved />
      </div>
      <main className={classes.body}>
        <DiagramPanel toInput={hidesOutput && !embed ? toInput : null} />
        {embed ? <TimelinePanel /> : <Panels width={width} front={front} onFront={setFront} />}
      </main>
      <Dialogs open={dialog} onClose={() => setDialog(null)} onOpen={setDialog} />
      <Notices />
      {embed ? null : <DropZone />}
    </div>
  );
}

/** Above everything while a saved run is shown. */
function Saved(): ReactElement | null {
  const saved = useLab((state) => state.saved !== null);
  return saved ? (
    <Suspense fallback={null}>
      <SavedBanner />
    </Suspense>
  ) : null;
}

interface PanelsProps {
  readonly width: Width;
  /** Of a narrow page: the panel that is in front. */
  readonly front: NarrowName;
  readonly onFront: (name: NarrowName) => void;
}

function Panels({ width, front, onFront }: PanelsProps): ReactElement {
  if (width === 'narrow') {
    return (
      <section className={`${classes.panel} ${classes.bottom}`}>
        <NarrowTabs front={front} onChange={onFront} />
      </section>
    );
  }
  return (
    <>
      <section className={`${classes.panel} ${classes.listing}`}>
        {width === 'wide' ? <Listing /> : <LeftTabs />}
      </section>
      <div className={`${classes.bottom} ${classes.split}`}>
        <TimelinePanel />
        <section className={classes.panel}>
          <ResultTabs />
        </section>
      </div>
      {width === 'wide' ? <SidePanels /> : null}
    </>
  );
}

function DiagramPanel({ toInput }: { toInput: (() => void) | null }): ReactElement {
  const t = useText();
  return (
    <section className={`${classes.panel} ${classes.diagram}`} aria-label={t('panel.diagram')}>
      <div className={classes.canvas}>
        <StateDiagram />
      </div>
      <Why toInput={toInput} />
    </section>
  );
}

function TimelinePanel(): ReactElement {
  const t = useText();
  return (
    <section className={`${classes.panel} ${classes.timeline}`} aria-label={t('panel.timeline')}>
      <Timeline />
    </section>
  );
}

function SidePanels(): ReactElement {
  return (
    <aside className={classes.side}>
      <section className={classes.panel}>
        <div className={classes.scroll} tabIndex={0} role="region">
          <Lesson />
        </div>
      </section>
      <section className={`${classes.panel} ${classes.scheduler}`} tabIndex={0}>
        <Scheduler />
      </section>
    </aside>
  );
}
