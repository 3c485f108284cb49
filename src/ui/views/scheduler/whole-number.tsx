import { NumberInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';

interface WholeNumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** Why the number does not count now; null = it does. */
  readonly whyOff?: string | null;
}

/** A whole number within its range. What is left half-typed or empty becomes the value in force again. */
export function WholeNumber({ label, value, min, max, onChange, whyOff = null }: WholeNumberProps): ReactElement {
  const [visit, setVisit] = useState(0);
  return (
    <NumberInput
      key={visit}
      size="xs"
      label={label}
      title={whyOff ?? `${min}–${max}`}
      disabled={whyOff !== null}
      value={value}
      min={min}
      max={max}
      allowDecimal={false}
      clampBehavior="strict"
      onChange={(next) => {
        if (typeof next === 'number' && next !== value && next >= min && next <= max) onChange(next);
      }}
      onBlur={(event) => {
        if (Number(event.currentTarget.value) !== value || event.currentTarget.value === '') setVisit(visit + 1);
      }}
    />
  );
}
