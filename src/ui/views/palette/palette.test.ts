import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asTid } from '../../../base/ids.ts';
import { stateLook, STATES } from './state-look.ts';
import { THREAD_COLOURS, threadLook } from './thread-look.ts';

type Colour = readonly [number, number, number];
type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** Machado, Oliveira, Fernandes 2009: full protanopia, deuteranopia, tritanopia, on linear light. */
const SIGHTS: Readonly<Record<string, Matrix>> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function linear(hex: string): Colour {
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const clip = (value: number): number => Math.min(1, Math.max(0, value));
const seenBy = ([r, g, b]: Colour, m: Matrix): Colour => [
  clip(m[0] * r + m[1] * g + m[2] * b),
  clip(m[3] * r + m[4] * g + m[5] * b),
  clip(m[6] * r + m[7] * g + m[8] * b),
];

function oklab([r, g, b]: Colour): Colour {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(one: string, other: string, sight: Matrix): number {
  const [a, b] = [one, other].map((hex) => oklab(seenBy(linear(hex), sight))) as [Colour, Colour];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map((hex) => {
    const [r, g, bl] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
  }) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
}

/** Custom properties of the two themes, as the files write them. */
function themes(): Record<'light' | 'dark', (name: string) => string> {
  const css = ['./palette.css', '../../theme.css']
    .map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'))
    .join('\n');
  const read = (selector: string) => {
    const found = new Map<string, string>();
    for (const [, body] of css.matchAll(new RegExp(`(?<=^|\\n)${selector} \\{([^}]*)\\}`, 'g'))) {
      for (const [, name, value] of (body ?? '').matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)) {
        if (name !== undefined && value !== undefined) found.set(name, value);
      }
    }
    return (name: string): string => {
      const value = found.get(name);
      if (value === undefined) throw new Error(`${selector} has no ${name}`);
      return value;
    };
  };
  return { light: read(':root'), dark: read(String.raw`:root\[data-mantine-color-scheme='dark'\]`) };
}

const threads = Array.from({ length: THREAD_COLOURS }, (_, index) => threadLook(asTid(index + 1)).property);
const states = STATES.map((state) => stateLook(state).property);

describe.each(Object.entries(themes()))('palette, %s', (_, valueOf) => {
  const surface = valueOf('--surface');

  test.each(threads)('%s is seen on the surface, and its name on it is read', (property) => {
    expect(contrast(valueOf(property), surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(valueOf(property), valueOf('--thread-ink'))).toBeGreaterThanOrEqual(4.5);
    // New and Terminated tokens write the name in the thread's colour.
    expect(contrast(valueOf(property), surface)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(states)('%s is seen on the surface and on its own ground, its words are read on both', (property) => {
    const [soft, ink] = [valueOf(`${property}-soft`), valueOf(`${property}-ink`)];
    for (const ground of [surface, soft]) {
      expect(contrast(valueOf(property), ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(valueOf('--text-dim'), ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(Object.entries(SIGHTS))(
    'with %s sight no two states look alike, nor do the first eight threads',
    (_sight, matrix) => {
      const nearest = (properties: readonly string[]): number =>
        Math.min(
          ...properties.flatMap((a, i) => properties.slice(i + 1).map((b) => distance(valueOf(a), valueOf(b), matrix))),
        );
      expect(nearest(states)).toBeGreaterThanOrEqual(9);
      expect(nearest(threads.slice(0, 8))).toBeGreaterThanOrEqual(6);
      expect(nearest(threads)).toBeGreaterThanOrEqual(4.5);
    },
  );
});

describe('looks', () => {
  test('threads of one colour have different marks, and 72 threads differ', () => {
    const looks = Array.from({ length: 72 }, (_, index) => threadLook(asTid(index + 1)));
    expect(new Set(looks.map(({ property, mark }) => `${property} ${mark}`)).size).toBe(72);
  });

  test('states differ in pattern and icon, not only in colour', () => {
    expect(new Set(STATES.map((state) => stateLook(state).pattern)).size).toBe(STATES.length);
    expect(new Set(STATES.map((state) => stateLook(state).icon)).size).toBe(STATES.length);
  });
});
