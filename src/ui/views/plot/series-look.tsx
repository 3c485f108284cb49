import type { ReactElement } from 'react';
import { asTid } from '../../../base/ids.ts';
import { threadLook } from '../palette/thread-look.ts';

/** Curves are told apart by colour, dashes and marks, so that none of the three is needed. */
interface SeriesLook {
  readonly color: string;
  readonly dash: string | undefined;
}

const DASHES = [undefined, '6 3', '2 3', '8 3 2 3'] as const;

export function seriesLook(series: number): SeriesLook {
  return { color: threadLook(asTid(series + 1)).color, dash: DASHES[series % DASHES.length] };
}

/** Around 0, 0. */
const MARKS = ['M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0', 'M-4-4h8v8h-8z', 'M0-5L5 4H-5z', 'M0-5L5 0L0 5L-5 0z'] as const;

/** The mark of a measured value. */
export function Mark({ series, x, y }: { series: number; x: number; y: number }): ReactElement {
  return <path d={MARKS[series % MARKS.length]} fill={seriesLook(series).color} transform={`translate(${x} ${y})`} />;
}
