import type { Tid } from '../../../base/ids.ts';
import { textWidth } from '../diagram/text-width.ts';

/** What a shape says; `objects.module.css` gives each its colours. */
export type Look =
  | 'outline'
  | 'taken'
  | 'free'
  | 'on'
  | 'broken'
  | 'item'
  | 'torn'
  | 'changed'
  | 'label'
  | 'strong'
  | 'dim'
  | 'inverse';

export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly look: Look;
    }
  | { readonly kind: 'path'; readonly path: string; readonly x: number; readonly y: number; readonly look: Look }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      /** Of the base line. */
      readonly y: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly look: Look;
    };

/** Where a thread's badge stands: real buttons over the drawing. */
export interface BadgePlace {
  readonly tid: Tid;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** A picture of one object, in pixels from its upper left corner. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly badges: readonly BadgePlace[];
}

export const FONT = 11.5;
export const BADGE_HEIGHT = 18;
export const SMALL_WIDTH = 204;
export const WIDE_WIDTH = 288;

/** As `thread-badge.module.css` makes them. */
export function badgeWidth(name: string): number {
  return Math.min(110, Math.max(26, textWidth(name, 11) * 1.1 + 24));
}

/** Collects what a drawing consists of. */
export class Sketch {
  readonly shapes: Shape[] = [];
  readonly badges: BadgePlace[] = [];

  rect(x: number, y: number, width: number, height: number, look: Look, radius = 3): this {
    this.shapes.push({ kind: 'rect', x, y, width, height, radius, look });
    return this;
  }

  path(path: string, x: number, y: number, look: Look): this {
    this.shapes.push({ kind: 'path', path, x, y, look });
    return this;
  }

  text(text: string, x: number, y: number, look: Look = 'label', anchor: 'start' | 'middle' | 'end' = 'start'): this {
    this.shapes.push({ kind: 'text', text, x, y, anchor, look });
    return this;
  }

  /** Returns where the next thing may begin. */
  badge(tid: Tid, name: string, x: number, y: number): number {
    this.badges.push({ tid, name, x, y });
    return x + badgeWidth(name) + 4;
  }

  done(width: number, height: number): Drawing {
    return { width, height, shapes: this.shapes, badges: this.badges };
  }
}

// Paths in a box of 28 × 28.
export const CLOSED_LOCK = 'M5 12h18v13H5zM8.5 12V8.5a5.5 5.5 0 0 1 11 0V12';
export const OPEN_LOCK = 'M5 12h18v13H5zM8.5 12V7.5a5.5 5.5 0 0 1 10.6-2';
export const RAISED_FLAG = 'M7 26V3M7 4h15l-4 5 4 5H7';
export const LOWERED_FLAG = 'M7 26V3M7 14h3l-1 5.5 1 5.5H7z';
export const BELL = 'M4 20h20M6.5 20v-7a7.5 7.5 0 0 1 15 0v7M12 24h4M14 5.5V3';
export const SERVER = 'M5 4h18v9H5zM5 15h18v9H5zM8.5 8.5h1M8.5 19.5h1';
export const ENVELOPE = 'M3 6h22v16H3zM3 7l11 9 11-9';
export const CRACK = 'M4 4l20 20M24 4L4 24';

// Paths in a box of 14 × 14.
export const SMALL_CLOSED_LOCK = 'M2.5 6h9v6.5h-9zM4.3 6V4.3a2.7 2.7 0 0 1 5.4 0V6';
export const SMALL_OPEN_LOCK = 'M2.5 6h9v6.5h-9zM4.3 6V3.8a2.7 2.7 0 0 1 5.3-1';
