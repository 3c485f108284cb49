/**
 * Text of a value as CPython's `str` and `repr` would give it: True, None, [1, 'a'], {'k': 2.5}. JavaScript has one type
 * of number, so 1.0 is shown as the whole number it is.
 */
export function str(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.message;
  return repr(value);
}

export function repr(value: unknown): string {
  return represent(value, new Set());
}

function represent(value: unknown, open: Set<unknown>): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return number(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'undefined':
      return 'None';
    case 'function':
      return `<function ${value.name === '' ? '<lambda>' : value.name}>`;
    case 'object':
      return value === null ? 'None' : object(value, open);
    default:
      return String(value);
  }
}

function object(value: object, open: Set<unknown>): string {
  if (value instanceof Error) return `${value.name}(${value.message === '' ? '' : quote(value.message)})`;
  if (value instanceof Uint8Array) return bytes(value);
  if (open.has(value)) return Array.isArray(value) ? '[...]' : '{...}';
  open.add(value);
  const text = container(value, (item) => represent(item, open));
  open.delete(value);
  return text;
}

function container(value: object, show: (item: unknown) => string): string {
  const pairs = (entries: Iterable<readonly [unknown, unknown]>): string =>
    `{${Array.from(entries, ([key, item]) => `${show(key)}: ${show(item)}`).join(', ')}}`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value instanceof Map) return pairs(value);
  if (value instanceof Set) return value.size === 0 ? 'set()' : `{${Array.from(value, show).join(', ')}}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return pairs(Object.entries(value));
  if (typeof value.toString === 'function' && value.toString !== Object.prototype.toString) return String(value);
  const { constructor } = value as { constructor?: { name?: unknown } };
  return `<${typeof constructor?.name === 'string' ? constructor.name : 'object'} object>`;
}

/** Float_repr_style 'short': an exponent below 1e-4, of at least two digits. */
function number(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 1e-4) return String(value);
  const [mantissa, exponent] = value.toExponential().split('e-') as [string, string];
  return `${mantissa}e-${exponent.padStart(2, '0')}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Unprintable by Unicode category, as `str.isprintable` has it. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replace(/[\\\n\r\t]/g, (char) => ESCAPES[char] as string)
    .replaceAll(mark, mark === "'" ? "\\'" : mark)
    .replace(UNPRINTABLE, escapeCode);
  return mark + escaped + mark;
}

function escapeCode(char: string): string {
  const code = char.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x1_0000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function bytes(value: Uint8Array): string {
  const text = Array.from(value, (byte) => {
    if (byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c) return String.fromCharCode(byte);
    return ESCAPES[String.fromCharCode(byte)] ?? (byte === 0x27 ? "\\'" : `\\x${byte.toString(16).padStart(2, '0')}`);
  });
  return `b'${text.join('')}'`;
}
