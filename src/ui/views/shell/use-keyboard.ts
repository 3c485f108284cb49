import { useEffect } from 'react';
import { keyAction, keyPressOf, type KeyAction } from '../../state/keyboard.ts';
import { lab, labState } from '../../state/use-lab.ts';

interface Dialogs {
  readonly help: () => void;
  readonly commands: () => void;
}

function perform(action: KeyAction, { help, commands }: Dialogs): void {
  const { playing, machine } = labState();
  switch (action.kind) {
    case 'toggle-play':
      if (playing) lab.pause();
      else lab.play();
      return;
    case 'step':
      void lab.step();
      return;
    case 'back':
      void lab.back();
      return;
    case 'start':
      void lab.toStart();
      return;
    case 'end':
      void lab.toEnd();
      return;
    case 'thread-event':
      void lab.stepThread(action.direction);
      return;
    case 'pick': {
      const tid = machine.ready[action.place - 1];
      if (tid !== undefined) void lab.pick(tid);
      return;
    }
    case 'help':
      help();
      return;
    case 'commands':
      commands();
      return;
  }
}

/** The keys of the page. While a dialog is open (`listening` false) they are the dialog's. */
export function useKeyboard(listening: boolean, dialogs: Dialogs): void {
  const { help, commands } = dialogs;
  useEffect(() => {
    if (!listening) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (event.key === 'Escape') {
        lab.select(null);
        return;
      }
      const action = keyAction(keyPressOf(event));
      if (action === null) return;
      event.preventDefault();
      perform(action, { help, commands });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [listening, help, commands]);
}
