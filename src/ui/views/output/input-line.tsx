import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { readerNames } from '../../state/outcome.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { Tip } from '../tip/tip.tsx';
import classes from './output.module.css';

/** Id of the field that is typed in. */
export const INPUT_LINE = 'input-line';

/** A program that may want input; one that does it in another way is seen when it waits. */
const READS = /\binput\s*\(|\bstdin\b/;

/** Where the reader types what the program reads: each line is an input of the run, at the cursor, and kept in the link. */
export function InputLine(): ReactElement | null {
  const reads = useLab(({ ran, engine }) => engine === 'py' && ran !== null && READS.test(ran));
  const names = useLab(({ machine }) => readerNames(machine));
  const off = useLab(({ saved, hindrance, machine }) => saved !== null || hindrance !== null || machine.end !== null);
  if (off || (!reads && names === '')) return null;
  return <Line names={names} />;
}

function Line({ names }: { names: string }): ReactElement {
  const t = useText();
  const [text, setText] = useState('');
  const field = useFocusWhenAwaited();
  const type = (line: string | null): void => {
    setText('');
    void lab.typeLine(line);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') field.current?.blur();
    else if (event.ctrlKey && event.key.toLowerCase() === 'd' && text === '') type(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      className={classes.input}
      data-awaited={names === '' ? undefined : ''}
      onSubmit={(event) => {
        event.preventDefault();
        type(text);
      }}
    >
      <TextInput
        ref={field}
        id={INPUT_LINE}
        size="xs"
        className={classes.field ?? ''}
        aria-label={t('input.label')}
        placeholder={names === '' ? t('input.ahead') : t('input.waits', { names })}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        data-testid={INPUT_LINE}
      />
      <Button type="submit" size="compact-xs" variant={names === '' ? 'default' : 'filled'}>
        {t('input.enter')}
      </Button>
      <Tip label={t('input.eof.about')}>
        <Button size="compact-xs" variant="default" onClick={() => type(null)}>
          {t('input.eof')}
        </Button>
      </Tip>
      <span className="visually-hidden" role="status">
        {names === '' ? '' : t('input.waits', { names })}
      </span>
    </form>
  );
}

/** The run has stopped for a line: the next key is its first letter, unless the reader is writing elsewhere. */
function useFocusWhenAwaited(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  const stopped = useLab((state) => state.outcome === 'input');
  useEffect(() => {
    const { activeElement } = document;
    const writes = activeElement?.closest('input, textarea, select, [contenteditable=true]') ?? null;
    if (stopped && writes === null) field.current?.focus({ preventScroll: true });
    if (!stopped && activeElement === field.current) field.current?.blur();
  }, [stopped]);
  return field;
}
