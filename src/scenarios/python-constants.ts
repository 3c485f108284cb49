import type { ParameterValue, ParameterValues } from './scenario.ts';

/**
 * A lesson's Python program keeps its parameters as constants at its top (`PROCESSES = 3` for the parameter `processes`).
 * This puts other values there, and leaves every other character as it is.
 *
 * @throws Error when the program has no such constant: the lesson's two programs have drifted apart.
 */
export function withConstants(source: string, values: ParameterValues): string {
  let result = source;
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^${constantName(name)} = (?:'[^'\\n]*'|[^\\s#]+)`, 'm');
    if (!line.test(result)) throw new Error(`the Python program has no constant ${constantName(name)}`);
    result = result.replace(line, () => `${constantName(name)} = ${literal(value)}`);
  }
  return result;
}

/** `rounds` → `ROUNDS`, `ioShare` → `IO_SHARE`. */
function constantName(parameter: string): string {
  return parameter.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** A Python literal; texts in ASCII, so that they survive whatever encoding the file is read in. */
function literal(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  const escaped = value.replace(/[^ -~]|[\\']/gu, (character) =>
    character === '\\' || character === "'" ? `\\${character}` : codePointEscape(character),
  );
  return `'${escaped}'`;
}

function codePointEscape(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
