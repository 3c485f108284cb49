import type { ReactElement, ReactNode } from 'react';
import classes from './tip.module.css';

interface TipProps {
  /** Says to the eye what the control's own name, title or description says to everybody. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Words below a control of the header while the pointer rests on it, or the keyboard is at it. */
export function Tip({ label, children }: TipProps): ReactElement {
  return (
    <span className={classes.tip} data-tip={label}>
      {children}
    </span>
  );
}
