import type { CSSProperties, ReactElement } from 'react';
import type { Tid } from '../../../base/ids.ts';
import { threadLook } from '../palette/thread-look.ts';
import { MOST_NAMED, type NamedFault } from './tracebacks.ts';
import classes from './listing.module.css';

/** What went wrong at a line: each message once, with the threads in which it did. */
export function LineFaults({ faults }: { faults: readonly NamedFault[] }): ReactElement {
  return (
    <div className={classes.faults}>
      {[...Map.groupBy(faults, ({ message }) => message)].map(([message, failed]) => (
        <div key={message}>
          {failed.slice(0, MOST_NAMED).map(({ tid, name }) => (
            <span
              key={tid}
              className={classes.failed}
              style={{ '--mark': threadLook(tid as Tid).color } as CSSProperties}
            >
              {name}
            </span>
          ))}
          {failed.length > MOST_NAMED ? `+${failed.length - MOST_NAMED} ` : null}
          <span className={classes.message}>{message}</span>
        </div>
      ))}
    </div>
  );
}
