import type { Parameter, ParameterValue, ParameterValues, Scenario, Text } from './scenario.ts';

/** The values of a lesson as it opens. */
export function defaultsOf(scenario: Scenario): ParameterValues {
  return Object.fromEntries(Object.entries(scenario.parameters).map(([name, { default: value }]) => [name, value]));
}

/** What the program gets for these values, which are checked already. */
export function programParameters(scenario: Scenario, values: ParameterValues): ParameterValues {
  return scenario.prepare === undefined ? values : scenario.prepare(values);
}

/** Null when the parameter may have this value, else what is allowed. The caller says which parameter and which value. */
export function problemOf(parameter: Parameter, value: ParameterValue): Text | null {
  switch (parameter.kind) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= parameter.min && value <= parameter.max
        ? null
        : {
            zh: `应当是 ${parameter.min} 到 ${parameter.max} 之间的整数`,
            en: `it must be a whole number from ${parameter.min} to ${parameter.max}`,
          };
    case 'boolean':
      return typeof value === 'boolean' ? null : { zh: '应当是 true 或 false', en: 'it must be true or false' };
    case 'choice': {
      const allowed = parameter.choices.map((choice) => choice.value);
      return typeof value === 'string' && allowed.includes(value)
        ? null
        : { zh: `应当是 ${allowed.join('、')} 之一`, en: `it must be one of ${allowed.join(', ')}` };
    }
    case 'text':
      return textProblem(parameter, value);
  }
}

function textProblem(parameter: Parameter & { kind: 'text' }, value: ParameterValue): Text | null {
  if (typeof value !== 'string') return { zh: '应当是一段文字', en: 'it must be a text' };
  if (value.length > parameter.maxLength) {
    return {
      zh: `共 ${value.length} 个字符，最多允许 ${parameter.maxLength} 个`,
      en: `it has ${value.length} characters; at most ${parameter.maxLength} are allowed`,
    };
  }
  return parameter.check(value);
}
