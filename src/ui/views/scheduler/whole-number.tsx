import { TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import classes from './scheduler.module.css';

interface WholeNumberProps {
  readonly label: string;
  /** Null: there is nothing to be counted, and the field says so. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** Why the number does not count now; null = it does. */
  readonly whyOff?: string | null;
}

/**
 * A whole number within its range: the browser's own field, with its arrows. What is left half-typed, empty or out of the range
 * becomes the value in force again.
 */
export function WholeNumber({ label, value, min, max, onChange, whyOff = null }: WholeNumberProps): ReactElement {
  /** What is in the field while it is being changed. */
  const [draft, setDraft] = useState<string | null>(null);
  const isGood = (text: string): boolean => /^-?\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
  return (
    <TextInput
      type="number"
      classNames={{ input: classes.number ?? '' }}
      size="xs"
      label={label}
      title={whyOff ?? `${min}–${max}`}
      disabled={whyOff !== null}
      value={draft ?? value ?? ''}
      placeholder="–"
      min={min}
      max={max}
      step={1}
      error={draft !== null && !isGood(draft)}
      onChange={({ currentTarget: { value: text } }) => {
        setDraft(text);
        if (isGood(text) && Number(text) !== value) onChange(Number(text));
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
