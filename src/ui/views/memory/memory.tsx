import type { ReactElement } from 'react';
import { ThreadKind } from '../../../abi/slot.ts';
import type { MachineState, ObjectView } from '../../../replay/model.ts';
import { Variables } from '../../../replay/variables.ts';
import { derivedOf } from '../../state/derived.ts';
import { useLab } from '../../state/use-lab.ts';
import { objectWords } from '../../texts/machine-words.ts';
import { useText } from '../../texts/use-text.ts';
import { drawingWords } from '../objects/drawing-words.ts';
import { ObjectDrawing } from '../objects/object-drawing.tsx';
import { layoutObject } from '../objects/object-layout.ts';
import { isFresh } from '../objects/value-layout.ts';
import { ThreadList } from '../thread-badge/thread-list.tsx';
import { memoryOf, type Global, type ProcessMemory } from './memory-rows.ts';
import classes from './memory.module.css';

/** What each process has for itself, its threads in it; and apart from them what all see. */
export function Memory(): ReactElement {
  const t = useText();
  const machine = useLab((state) => state.machine);
  const cursor = useLab((state) => state.cursor);
  const variables = derivedOf(useLab((state) => state.log)).of(Variables);
  const { processes, shared } = memoryOf(machine, (pid) => variables.globalsOf(pid, cursor));
  if (processes.length === 0 && shared.length === 0) return <p className={classes.empty}>{t('memory.empty')}</p>;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('tab.memory')}>
      <p className={classes.about}>{t('memory.about')}</p>
      <ul className={classes.processes}>
        {processes.map((process) => (
          <Process key={process.pid} process={process} machine={machine} />
        ))}
      </ul>
      {shared.length === 0 ? null : <Shared objects={shared} machine={machine} />}
    </div>
  );
}

interface ProcessProps {
  readonly process: ProcessMemory;
  readonly machine: MachineState;
}

function Process({ process, machine }: ProcessProps): ReactElement {
  const t = useText();
  const { pid, threads, globals, isOver } = process;
  const library = useLab((state) => state.library);
  const shown = threads.filter(({ kind }) => library || kind !== ThreadKind.LIBRARY);
  const main = machine.threads.find((thread) => thread.pid === pid);
  return (
    <li className={classes.process} data-over={isOver ? '' : undefined}>
      <h3 className={classes.title}>
        {main?.name} <small>pid {pid}</small>
        {isOver ? <small>{t('state.Terminated.plain')}</small> : null}
      </h3>
      <p className={classes.threads}>
        <span>{t('memory.threads')}</span>
        <ThreadList tids={shown.map(({ tid }) => tid)} machine={machine} none="" />
      </p>
      {globals.length === 0 ? (
        <p className={classes.none}>{t('memory.noGlobals')}</p>
      ) : (
        <table className={classes.globals}>
          <thead>
            <tr>
              <th scope="col">{t('memory.name')}</th>
              <th scope="col">{t('memory.value')}</th>
              <th scope="col">{t('memory.writer')}</th>
            </tr>
          </thead>
          <tbody>
            {globals.map((global) => (
              <GlobalRow key={global.name} global={global} machine={machine} />
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}

function GlobalRow({ global, machine }: { readonly global: Global; readonly machine: MachineState }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const fresh = isFresh(machine, global.write);
  return (
    <tr data-fresh={fresh ? '' : undefined}>
      <th scope="row">
        <code>{global.name}</code>
      </th>
      <td>
        <code className={classes.value}>{drawingWords(t, lang).value(global.text ?? global.value ?? '')}</code>
        {fresh ? <small className={classes.fresh}>{t('memory.changed')}</small> : null}
      </td>
      <td>
        <ThreadList
          tids={global.write === null ? [] : [global.write.by]}
          machine={machine}
          none={t('memory.unwritten')}
        />
      </td>
    </tr>
  );
}

interface SharedProps {
  readonly objects: readonly ObjectView[];
  readonly machine: MachineState;
}

function Shared({ objects, machine }: SharedProps): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  return (
    <section className={classes.shared} aria-label={t('memory.shared')}>
      <h3 className={classes.title}>
        {t('memory.shared')} <small>{t('memory.shared.about')}</small>
      </h3>
      <ul className={classes.processes}>
        {objects.map((object) => {
          const drawing = layoutObject(object, machine, drawingWords(t, lang));
          return (
            <li key={object.id} className={classes.variable}>
              <code>{object.name}</code>
              {drawing === null ? null : <ObjectDrawing drawing={drawing} label={objectWords(t, object)} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
