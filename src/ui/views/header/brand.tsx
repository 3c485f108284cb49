import type { ReactElement } from 'react';

/** The mark: three threads of one procession, one ahead of the other. */
export function Brand({ className }: { className: string }): ReactElement {
  return (
    <div className={className}>
      <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
        <rect width="26" height="26" rx="7" fill="var(--accent)" />
        <circle cx="7" cy="17" r="3" fill="var(--surface)" opacity="0.55" />
        <circle cx="13" cy="13" r="3" fill="var(--surface)" opacity="0.78" />
        <circle cx="19" cy="9" r="3" fill="var(--surface)" />
      </svg>
      <span>Procession</span>
    </div>
  );
}
