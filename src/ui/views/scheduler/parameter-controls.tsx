import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { Language, Parameter, ParameterValue } from '../../state/lab.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { textWidth } from '../diagram/text-width.ts';
import classes from './scheduler.module.css';
import { WholeNumber } from './whole-number.tsx';

/** The lesson's own parameters, as its schema describes them. */
export function ParameterControls(): ReactElement | null {
  const lang = useLab((state) => state.lang);
  const scenario = useLab((state) => state.scenario);
  const names = Object.keys(scenario.parameters);
  if (names.length === 0) return null;
  const wide = names.filter((name) => isWide(scenario.parameters[name], lang));
  const narrow = names.filter((name) => !wide.includes(name));
  return (
    <>
      {narrow.length === 0 ? null : (
        <div className={classes.row}>
          {narrow.map((name) => (
            <Field key={`${scenario.id}.${name}`} name={name} />
          ))}
        </div>
      )}
      {wide.map((name) => (
        <Field key={`${scenario.id}.${name}`} name={name} />
      ))}
    </>
  );
}

/** More does not fit into half a row, beside the arrow of a list. */
const HALF_ROW = 96;
const FONT = 12;

/** A text, or a choice whose words would be cut. */
function isWide(parameter: Parameter | undefined, lang: Language): boolean {
  if (parameter?.kind !== 'choice') return parameter?.kind === 'text';
  return parameter.choices.some(({ label }) => textWidth(label[lang], FONT) > HALF_ROW);
}

function Field({ name }: { name: string }): ReactElement | null {
  const lang = useLab((state) => state.lang);
  const parameter = useLab((state) => state.scenario.parameters[name]);
  const value = useLab((state) => state.parameters[name]);
  if (parameter === undefined || value === undefined) return null;
  const set = (next: ParameterValue): void => void lab.setParameter(name, next);
  return <Control parameter={parameter} label={parameter.label[lang]} value={value} set={set} />;
}

interface ControlProps<P extends Parameter = Parameter> {
  readonly parameter: P;
  readonly label: string;
  readonly value: ParameterValue;
  readonly set: (value: ParameterValue) => void;
}

function Control({ parameter, label, value, set }: ControlProps): ReactElement {
  const lang = useLab((state) => state.lang);
  switch (parameter.kind) {
    case 'integer':
      return <WholeNumber label={label} value={Number(value)} min={parameter.min} max={parameter.max} onChange={set} />;
    case 'boolean':
      return (
        <Switch
          size="sm"
          className={classes.switch ?? ''}
          label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          size="xs"
          label={label}
          value={String(value)}
          onChange={(event) => set(event.currentTarget.value)}
          data={parameter.choices.map((choice) => ({ value: choice.value, label: choice.label[lang] }))}
        />
      );
    case 'text':
      // Another value from outside (a link, undo) makes a new field with that draft.
      return <TextControl key={String(value)} parameter={parameter} label={label} value={value} set={set} />;
  }
}

/** A text takes effect on Enter or when the field is left; while it is wrong, the reason stands below it. */
function TextControl({
  parameter,
  label,
  value,
  set,
}: ControlProps<Extract<Parameter, { kind: 'text' }>>): ReactElement {
  const lang = useLab((state) => state.lang);
  const [draft, setDraft] = useState(String(value));
  const fault = draft.length > parameter.maxLength ? null : parameter.check(draft);
  const commit = (): void => {
    if (fault === null && draft !== value) set(draft);
  };
  return (
    <TextInput
      size="xs"
      label={label}
      value={draft}
      maxLength={parameter.maxLength}
      spellCheck={false}
      error={fault === null ? undefined : fault[lang]}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
