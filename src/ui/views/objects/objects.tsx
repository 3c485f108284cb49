import type { ReactElement } from 'react';
import { ObjectKind } from '../../../abi/objects.ts';
import type { Tid } from '../../../base/ids.ts';
import type { MachineState, ObjectView } from '../../../replay/model.ts';
import { useLab } from '../../state/use-lab.ts';
import { barrierWords, counterWords, depthWords, objectIn, objectKindKey } from '../../texts/machine-words.ts';
import { useText } from '../../texts/use-text.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import classes from './objects.module.css';

/** What the threads share, as it is at the cursor: locks with their holders, events with their flags, variables with their values. */
export function Objects(): ReactElement {
  const t = useText();
  const machine = useLab((state) => state.machine);
  if (machine.objects.length === 0) return <p className={classes.empty}>{t('objects.empty')}</p>;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('tab.objects')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('tab.objects')}</th>
            <th scope="col">{t('objects.value')}</th>
            <th scope="col">{t('objects.waiters')}</th>
          </tr>
        </thead>
        <tbody>
          {machine.objects.map((object) => (
            <tr key={object.id}>
              <th scope="row">
                <code>{object.name}</code>
                <small>{t(objectKindKey(object.kind))}</small>
              </th>
              <td>
                <Condition object={object} machine={machine} />
              </td>
              <td>
                <Threads tids={object.waiters} machine={machine} none={t('objects.waiters.none')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Lock: holder, and how often it has taken it; event: flag; semaphore: its counter; condition: its lock; barrier: who is there; everything else: its number. */
function Condition({ object, machine }: { object: ObjectView; machine: MachineState }): ReactElement | null {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const { holder, flag, value, limit, lock, broken } = object;
  if (object.kind === ObjectKind.LOCK || object.kind === ObjectKind.RLOCK) {
    return holder === null ? (
      <span className={classes.free}>{t('objects.free')}</span>
    ) : (
      <span className={classes.held}>
        {t('objects.holder')} <Threads tids={[holder]} machine={machine} none="" />
        {depthWords(object.depth)}
      </span>
    );
  }
  if (lock !== null) {
    return (
      <span className={classes.held}>
        {t('objects.lock')} <code>{objectIn(machine, lock)?.name}</code>
      </span>
    );
  }
  if (flag !== null) {
    return (
      <span className={classes.flag} data-flag={flag}>
        {t(flag ? 'objects.flag.true' : 'objects.flag.false')}
      </span>
    );
  }
  if (value === null) return null;
  if (broken !== null) return <span>{barrierWords(t, object)}</span>;
  if (object.kind === ObjectKind.SEMAPHORE || object.kind === ObjectKind.BOUNDED_SEMAPHORE) {
    return (
      <span>
        {t('objects.counter')} <strong className={classes.value}>{counterWords(t, value, limit)}</strong>
      </span>
    );
  }
  return (
    <strong className={classes.value}>{new Intl.NumberFormat(lang, { maximumFractionDigits: 6 }).format(value)}</strong>
  );
}

interface ThreadsProps {
  readonly tids: readonly Tid[];
  readonly machine: MachineState;
  readonly none: string;
}

function Threads({ tids, machine, none }: ThreadsProps): ReactElement {
  if (tids.length === 0) return <span className={classes.none}>{none}</span>;
  return (
    <span className={classes.threads}>
      {tids.map((tid) => {
        const thread = machine.threads.find((one) => one.tid === tid);
        return thread === undefined ? null : <ThreadBadge key={tid} tid={tid} name={thread.shortName} />;
      })}
    </span>
  );
}
