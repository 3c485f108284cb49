/** What modules of WebAssembly are written with. Instructions are numbers; those who use them write in comments what they say. */
export type Bytes = readonly number[] | Uint8Array<ArrayBuffer>;

export const I32 = 0x7f;

export const Section = { TYPES: 1, IMPORTS: 2, FUNCTIONS: 3, EXPORTS: 7, CODE: 10 } as const;
type Section = (typeof Section)[keyof typeof Section];

/** The module's name from which all imports come. */
export const MODULE = '_';

/** One after the other. A module may have thousands of parts: they are copied, not spread. */
export function joined(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Precondition: ASCII, and shorter than 128 characters. */
export const text = (name: string): number[] => [name.length, ...Array.from(name, (letter) => letter.charCodeAt(0))];

export const vector = (items: readonly Bytes[]): Bytes => joined([unsigned(items.length), ...items]);

export const section = (id: Section, bytes: Bytes): Bytes => joined([[id], unsigned(bytes.length), bytes]);

/** Imports, by name, in the order in which they get their numbers; each as kind and type say. */
export const importsOf = (imports: Readonly<Record<string, readonly number[]>>): Bytes =>
  vector(Object.entries(imports).map(([name, said]) => [...text(MODULE), ...text(name), ...said]));

/** A function: so many variables of I32 beside its parameters, and its code without the last `end`. */
export function body(variables: readonly number[], code: Bytes): Bytes {
  const local = vector(variables.map((count) => [count, I32]));
  return joined([unsigned(local.length + code.length + 1), local, code, [0x0b]]);
}

export function moduleOf(sections: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  return joined([[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], ...sections]);
}

export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

export function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
