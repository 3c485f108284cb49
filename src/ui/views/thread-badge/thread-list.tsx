import type { ReactElement } from 'react';
import type { Tid } from '../../../base/ids.ts';
import type { MachineState } from '../../../replay/model.ts';
import { ThreadBadge } from './thread-badge.tsx';
import classes from './thread-badge.module.css';

interface ThreadListProps {
  readonly tids: readonly Tid[];
  readonly machine: MachineState;
  /** What is said when there are none. */
  readonly none: string;
}

/** Several threads in a row, in the order given. */
export function ThreadList({ tids, machine, none }: ThreadListProps): ReactElement {
  if (tids.length === 0) return <span className={classes.none}>{none}</span>;
  return (
    <span className={classes.list}>
      {tids.map((tid) => {
        const thread = machine.threads.find((one) => one.tid === tid);
        return thread === undefined ? null : <ThreadBadge key={tid} tid={tid} name={thread.shortName} />;
      })}
    </span>
  );
}
