import { Button, UnstyledButton } from '@mantine/core';
import { useEffect, useId, useState, type ReactElement } from 'react';
import { loadExamples, type Example } from '../../state/examples.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { useMenu } from '../header/use-menu.ts';
import { ChevronIcon } from '../icons/icons.tsx';
import classes from './editor.module.css';

/** Programs to start from. The one before comes back with Undo. */
export function ExampleMenu(): ReactElement {
  const t = useText();
  const id = useId();
  const lang = useLab((state) => state.lang);
  const examples = useExamples();
  const { isOpen, button, list, toggle, close, onButtonKey, onListKey } = useMenu(examples.length > 0);
  return (
    <div className={classes.menu}>
      <Button
        ref={button}
        id={`${id}-button`}
        size="compact-sm"
        variant="default"
        rightSection={<ChevronIcon />}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={toggle}
        onKeyDown={onButtonKey}
        data-testid="examples"
      >
        {t('editor.examples')}
      </Button>
      {isOpen ? (
        <div
          ref={list}
          id={id}
          className={classes.list}
          role="menu"
          tabIndex={-1}
          aria-labelledby={`${id}-button`}
          onKeyDown={onListKey}
        >
          {examples.map(({ title, source }) => (
            <UnstyledButton
              key={title.en}
              className={classes.item}
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                void lab.edit(source);
              }}
            >
              {title[lang]}
            </UnstyledButton>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function useExamples(): readonly Example[] {
  const [examples, setExamples] = useState<readonly Example[]>([]);
  useEffect(() => {
    let isGone = false;
    void loadExamples().then((loaded) => {
      if (!isGone) setExamples(loaded);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return examples;
}
