import { Button } from '@mantine/core';
import { lazy, Suspense, useMemo, type ReactElement } from 'react';
import { explain } from '../../../replay/explain.ts';
import type { MachineState } from '../../../replay/model.ts';
import { readerNames } from '../../state/outcome.ts';
import { derivedOf } from '../../state/derived.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { sayExplanation } from '../../texts/sentences.ts';
import { useText } from '../../texts/use-text.ts';
import { narrate } from './narration.ts';
import classes from './why.module.css';

const BootBar = lazy(async () => ({ default: (await import('../listing/boot-bar.tsx')).BootBar }));

const canBeTyped = (machine: MachineState): boolean => machine.end === null && readerNames(machine) !== '';

interface WhyProps {
  /** Leads to where the line is typed that the program waits for; null: it is in view. */
  readonly toInput: (() => void) | null;
}

/** What just happened, and why the selected thread is where it is: in words, read out at every step. */
export function Why({ toInput }: WhyProps): ReactElement {
  const t = useText();
  const outcome = useLab((state) => state.outcome);
  const message = useLab((state) => state.message);
  const ended = useLab((state) => state.machine.end !== null) || ['failed', 'limit', 'input'].includes(outcome);
  const booting = useLab((state) => state.boot !== null);
  const waits = useLab(
    ({ machine, mode, saved, hindrance }) =>
      (outcome === 'input' || mode === 'live') && canBeTyped(machine) && saved === null && hindrance === null,
  );
  const because = useBecause();
  return (
    <div
      className={classes.why}
      data-ended={ended ? '' : undefined}
      data-testid="why"
      tabIndex={0}
      role="region"
      aria-label={t('panel.why')}
    >
      {booting ? (
        <Suspense fallback={null}>
          <div className={classes.boot}>
            <BootBar place="diagram" />
          </div>
        </Suspense>
      ) : null}
      {ended ? (
        <p className={classes.end} data-outcome={outcome} data-testid="outcome">
          {message ?? t(`outcome.${outcome}`)}
        </p>
      ) : null}
      {waits && toInput !== null ? (
        <Button className={classes.toInput ?? ''} variant="light" size="compact-sm" onClick={toInput}>
          {t('input.go')}
        </Button>
      ) : null}
      {because === null ? null : (
        <div className={classes.chosen}>
          <p className={classes.because}>{because}</p>
          <Terminate />
        </div>
      )}
      <Happened />
    </div>
  );
}

/** Ends the selected process from outside: an input of the run, kept in the link. */
function Terminate(): ReactElement | null {
  const t = useText();
  const recorded = useLab(
    ({ hindrance, saved, mode, running }) => hindrance !== null || saved !== null || (mode === 'live' && !running),
  );
  const thread = useLab(({ machine, selected }) => machine.threads.find(({ tid }) => tid === selected));
  if (recorded || thread === undefined || thread.state === 'Terminated') return null;
  return (
    <Button variant="subtle" color="red" size="compact-xs" onClick={() => void lab.kill(thread.tid)}>
      {t('diagram.kill', { name: thread.shortName })}
    </Button>
  );
}

/** While playing fast, a screen reader cannot follow and is not asked to. */
function Happened(): ReactElement {
  const t = useText();
  const log = useLab((state) => state.log);
  const machine = useLab((state) => state.machine);
  const lang = useLab((state) => state.lang);
  const playing = useLab((state) => state.playing);
  const told = useMemo(() => {
    const { replay, steps } = derivedOf(log);
    return narrate(replay, steps, Math.min(machine.record, replay.records), lang);
  }, [log, machine, lang]);
  return (
    <ul className={classes.happened} aria-live={playing ? 'off' : 'polite'}>
      {told.length === 0 ? <li>{t(machine.threads.length === 0 ? 'why.unrun' : 'why.none')}</li> : null}
      {told.map(({ n, sentence }) => (
        <li key={n} title={sentence}>
          {sentence}
        </li>
      ))}
    </ul>
  );
}

function useBecause(): string | null {
  const log = useLab((state) => state.log);
  const machine = useLab((state) => state.machine);
  const selected = useLab((state) => state.selected);
  const lang = useLab((state) => state.lang);
  const engine = useLab((state) => state.engine);
  return useMemo(() => {
    if (selected === null) return null;
    const { replay } = derivedOf(log);
    const explanation = explain(replay, Math.min(machine.record, replay.records), selected, engine === 'py');
    return explanation === null ? null : sayExplanation(explanation, machine, lang);
  }, [log, machine, selected, lang, engine]);
}
