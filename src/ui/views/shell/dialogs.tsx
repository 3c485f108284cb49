import { lazy, Suspense, useState, type ReactElement } from 'react';

// Nobody needs a dialog before the first run, so their code comes when one is opened first.
const Share = lazy(async () => ({ default: (await import('../share/share.tsx')).Share }));
const Help = lazy(async () => ({ default: (await import('../help/help.tsx')).Help }));
const Commands = lazy(async () => ({ default: (await import('../commands/commands.tsx')).Commands }));

export type DialogName = 'share' | 'help' | 'commands';

/** The dialog that is open. One that was open stays mounted, so that it can close with its motion. */
export function Dialogs({ open, onClose }: { open: DialogName | null; onClose: () => void }): ReactElement {
  const [used, setUsed] = useState<ReadonlySet<DialogName>>(new Set());
  if (open !== null && !used.has(open)) setUsed(new Set([...used, open]));
  return (
    <Suspense fallback={null}>
      {used.has('share') ? <Share opened={open === 'share'} onClose={onClose} /> : null}
      {used.has('help') ? <Help opened={open === 'help'} onClose={onClose} /> : null}
      {used.has('commands') ? <Commands opened={open === 'commands'} onClose={onClose} /> : null}
    </Suspense>
  );
}
