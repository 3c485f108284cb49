import type { Parameter, ParameterValue } from '../../scenarios/scenario.ts';
import { quote } from './link-text.ts';
import type { Message } from '../texts/translate.ts';
import type { LinkNotice } from './view.ts';

export type Report = (notice: LinkNotice) => void;

/** Says what is used in place of a wrong value. */
export function insteadOf(used: string | number | null): Message {
  return used === null ? { key: 'link.ignored' } : { key: 'link.used', values: { used } };
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A whole number; outside the range the nearest allowed one, otherwise `normal` (null: none). */
export function readNumber<Normal extends number | null>(
  report: Report,
  name: string,
  value: string,
  { min, max }: Range,
  normal: Normal,
): number | Normal {
  const whole = /^-?\d{1,15}$/.test(value) ? Number(value) : null;
  // `+ 0` makes a 0 of a -0.
  const used = whole === null ? normal : Math.min(Math.max(whole, min), max) + 0;
  if (whole === null || whole !== used) {
    const values = { name, value: quote(value), min, max };
    report({ tone: 'warning', name, key: 'link.number', values, outcome: insteadOf(used) });
  }
  return used;
}

export function readChoice<Choice extends string, Normal extends string | null>(
  report: Report,
  name: string,
  value: string,
  choices: readonly Choice[],
  normal: Normal,
): Choice | Normal {
  const chosen = choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  const values = { name, value: quote(value), allowed: choices.join(', ') };
  report({ tone: 'warning', name, key: 'link.choice', values, outcome: insteadOf(normal) });
  return normal;
}

const TRUE = ['true', '1'];
const FALSE = ['false', '0'];

export function readTruth(report: Report, name: string, value: string, normal: boolean): boolean {
  if (TRUE.includes(value)) return true;
  if (FALSE.includes(value)) return false;
  const values = { name, value: quote(value) };
  report({ tone: 'warning', name, key: 'link.boolean', values, outcome: insteadOf(String(normal)) });
  return normal;
}

function readWords(
  report: Report,
  name: string,
  value: string,
  parameter: Extract<Parameter, { kind: 'text' }>,
): string {
  const outcome = insteadOf(quote(parameter.default));
  if (value.length > parameter.maxLength) {
    const values = { name, length: value.length, max: parameter.maxLength };
    report({ tone: 'warning', name, key: 'link.textTooLong', values, outcome });
    return parameter.default;
  }
  const problem = parameter.check(value);
  if (problem === null) return value;
  report({ tone: 'warning', name, key: 'link.text', values: { name, problem }, outcome });
  return parameter.default;
}

/** A parameter of the lesson, checked by its schema. */
export function readParameter(report: Report, name: string, value: string, parameter: Parameter): ParameterValue {
  switch (parameter.kind) {
    case 'integer':
      return readNumber(report, name, value, parameter, parameter.default);
    case 'boolean':
      return readTruth(report, name, value, parameter.default);
    case 'choice': {
      const choices = parameter.choices.map((choice) => choice.value);
      return readChoice(report, name, value, choices, parameter.default);
    }
    case 'text':
      return readWords(report, name, value, parameter);
  }
}
