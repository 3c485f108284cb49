import { useCallback, useMemo, type ReactElement } from 'react';
import type { MachineState } from '../../../replay/model.ts';
import { derivedOf } from '../../state/derived.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { PlainDiagram } from './plain-diagram.tsx';
import { changesAt, passagesBetween, ticksOverAt } from './run-changes.ts';

/** The longest motion of a reader who steps by hand. */
const STEPPING_MS = 2200;
/** While playing, a motion is over before the next step. */
const PLAYING_SHARE = 0.85;

/** The state diagram of the lab: the machine at the cursor. */
export function StateDiagram(): ReactElement {
  const t = useText();
  const log = useLab((state) => state.log);
  const machine = useLab((state) => state.machine);
  const cpus = useLab((state) => state.config.cpus);
  const selected = useLab((state) => state.selected);
  const hovered = useLab((state) => state.hovered);
  const pickable = useLab(
    ({ hindrance, saved, mode, playing, config }) =>
      hindrance === null &&
      saved === null &&
      mode === 'stepped' &&
      (!playing || config.policy === 'manual') &&
      machine.end === null,
  );
  const pressPicks = useLab(({ config, mode }) => config.policy === 'manual' && mode === 'stepped');
  const interpreters = useLab((state) => state.engine === 'py');
  const library = useLab((state) => state.library);
  const motionMs = useLab(({ playing, speed }) =>
    playing ? (speed === 0 ? 0 : (1000 / speed) * PLAYING_SHARE) : STEPPING_MS,
  );
  const changes = useMemo(() => changesAt(derivedOf(log), machine, t), [log, machine, t]);
  const passagesSince = useCallback(
    (before: MachineState) => passagesBetween(derivedOf(log), before, machine),
    [log, machine],
  );
  const ticksOver = useCallback((at: MachineState) => ticksOverAt(derivedOf(log), at), [log]);
  return (
    <PlainDiagram
      machine={machine}
      cpus={cpus}
      changes={changes}
      passagesSince={passagesSince}
      ticksOver={ticksOver}
      motionMs={motionMs}
      t={t}
      selected={selected}
      hovered={hovered}
      pickable={pickable}
      pressPicks={pressPicks}
      interpreters={interpreters}
      library={library}
      onHover={lab.hover}
      onSelect={lab.select}
      onPick={(tid) => void lab.pick(tid)}
    />
  );
}
