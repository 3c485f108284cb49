import { CloseButton } from '@mantine/core';
import type { ReactElement } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './notices.module.css';

/** What went wrong or was corrected; read out at once, kept until dismissed. */
export function Notices(): ReactElement {
  const t = useText();
  const notices = useLab((state) => state.notices);
  return (
    <div className={classes.notices} role="status" aria-live="polite" data-testid="notices">
      {notices.map((notice) => (
        <div key={notice.id} className={classes.notice} data-tone={notice.tone}>
          <span>{notice.text}</span>
          <CloseButton size="sm" aria-label={t('notice.dismiss')} onClick={() => lab.dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}
