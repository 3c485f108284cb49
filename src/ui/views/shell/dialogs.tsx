import { lazy, Suspense, useCallback, useState, type ComponentType, type ReactElement } from 'react';

// Nobody needs a dialog before the first run, so their code comes when one is opened first.
const Share = lazy(async () => ({ default: (await import('../share/share.tsx')).Share }));
const Help = lazy(async () => ({ default: (await import('../help/help.tsx')).Help }));
const Commands = lazy(async () => ({ default: (await import('../commands/commands.tsx')).Commands }));

export type DialogName = 'share' | 'help' | 'commands';

interface DialogsProps {
  readonly open: DialogName | null;
  readonly onClose: () => void;
  readonly onOpen: (dialog: DialogName) => void;
}

/** The dialog that is open. One that was open stays mounted, so that it can close with its motion. */
export function Dialogs({ open, onClose, onOpen }: DialogsProps): ReactElement {
  const [used, setUsed] = useState<ReadonlySet<DialogName>>(new Set());
  if (open !== null && !used.has(open)) setUsed(new Set([...used, open]));
  return (
    <Suspense fallback={null}>
      {used.has('share') ? <Mounted as={Share} opened={open === 'share'} onClose={onClose} /> : null}
      {used.has('help') ? <Mounted as={Help} opened={open === 'help'} onClose={onClose} /> : null}
      {used.has('commands') ? (
        <Mounted as={Commands} opened={open === 'commands'} onClose={onClose} onOpen={onOpen} />
      ) : null}
    </Suspense>
  );
}

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Mounts a dialog closed and opens it then: one that is born open does not know where to give the focus back to. */
function Mounted<Rest extends object>({
  as: Dialog,
  opened,
  ...rest
}: DialogProps & Rest & { as: ComponentType<DialogProps & Rest> }): ReactElement {
  const [mounted, setMounted] = useState(false);
  const ref = useCallback(() => setMounted(true), []);
  const props = { ...rest, opened: opened && mounted } as DialogProps & Rest;
  return (
    <>
      <span ref={ref} hidden />
      <Dialog {...props} />
    </>
  );
}
