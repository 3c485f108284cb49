import { Modal, TextInput } from '@mantine/core';
import { useMemo, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { DIALOG_HEADER } from '../shell/dialog-header.ts';
import { commandList, matching, type Command, type OpenDialog } from './command-list.ts';
import classes from './commands.module.css';

interface CommandsProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onOpen: OpenDialog;
}

/** Ctrl-K: type a few letters, choose with the arrows, Enter. */
export function Commands({ opened, onClose, onOpen }: CommandsProps): ReactElement {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('header.commands')}
      size="md"
      yOffset="12vh"
      closeButtonProps={{ 'aria-label': t('share.close') }}
      attributes={DIALOG_HEADER}
    >
      {opened ? <Finder onClose={onClose} onOpen={onOpen} /> : null}
    </Modal>
  );
}

function Finder({ onClose, onOpen }: Omit<CommandsProps, 'opened'>): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const lessons = useLab((state) => state.lessons);
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const commands = useMemo(() => commandList(t, lang, lessons, onOpen), [t, lang, lessons, onOpen]);
  const found = matching(commands, query);
  const chosen = Math.min(index, found.length - 1);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') run(found[chosen]);
    else if (event.key === 'ArrowDown') setIndex(Math.min(found.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setIndex(Math.max(0, chosen - 1));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        value={query}
        aria-label={t('header.commands')}
        role="combobox"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={found[chosen] === undefined ? undefined : `command-${found[chosen].id}`}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={classes.list} id="commands" role="listbox" aria-label={t('header.commands')}>
        {found.map((command, position) => (
          <Entry key={command.id} command={command} chosen={position === chosen} run={run} />
        ))}
      </div>
    </>
  );
}

interface EntryProps {
  readonly command: Command;
  readonly chosen: boolean;
  readonly run: (command: Command) => void;
}

function Entry({ command, chosen, run }: EntryProps): ReactElement {
  return (
    <div
      id={`command-${command.id}`}
      className={classes.command}
      role="option"
      aria-selected={chosen}
      ref={(element) => {
        if (chosen) element?.scrollIntoView({ block: 'nearest' });
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        run(command);
      }}
    >
      <span className={classes.group}>{command.group}</span>
      {command.name}
    </div>
  );
}
