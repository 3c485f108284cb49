import { encodeText } from '../../abi/text.ts';

/** What modules of WebAssembly are written with, byte by byte. Instructions are numbers; those who use them write in comments what they say. */
export const I32 = 0x7f;

export const Section = { TYPES: 1, IMPORTS: 2, FUNCTIONS: 3, EXPORTS: 7, CODE: 10 } as const;
type Section = (typeof Section)[keyof typeof Section];

/** Precondition: shorter than 128 bytes. */
export const text = (name: string): number[] => [name.length, ...encodeText(name)];

export const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];

export const section = (id: Section, bytes: readonly number[]): number[] => [id, ...unsigned(bytes.length), ...bytes];

/** Imports, by name, in the order in which they get their numbers; each as kind and type say. */
export const importsOf = (imports: Readonly<Record<string, readonly number[]>>): number[] =>
  vector(Object.entries(imports).map(([name, said]) => [...text(MODULE), ...text(name), ...said]));

/** The module's name from which all imports come. */
export const MODULE = '_';

/** Code, line by line. */
export const inOrder = (...lines: readonly (readonly number[])[]): number[] => lines.flat();

/** A function: so many variables of I32 beside its parameters, and its code without the last `end`. */
export function body(variables: readonly number[], code: readonly number[]): number[] {
  const bytes = [...vector(variables.map((count) => [count, I32])), ...code, 0x0b];
  return [...unsigned(bytes.length), ...bytes];
}

export function moduleOf(sections: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}

export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

export function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
