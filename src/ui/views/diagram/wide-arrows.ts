import { bend, onTitleLine, type Arrow } from './arrows.ts';
import { bottom, centre, right, type Rect } from './geometry.ts';
import type { Regions } from './frame.ts';

const BULGE = 12;

/** Arrows of the wide arrangement. Each label has a box of its own between or above the regions. */
export function wideArrows(regions: Regions, width: number, margin: number): readonly Arrow[] {
  const { New, Ready, Running, Terminated } = regions;
  const band = { y: 4, height: New.y - 8 };
  return [
    {
      name: 'admit',
      curve: onTitleLine(New, Ready),
      label: { x: margin, width: centre(Ready).x - margin - 24, ...band },
      anchor: 'start',
      focus: (right(New) + Ready.x) / 2,
      align: 'bottom',
    },
    ...betweenReadyAndRunning(Ready, Running),
    {
      name: 'exit',
      curve: onTitleLine(Running, Terminated),
      label: { x: centre(Running).x, width: width - margin - centre(Running).x, ...band },
      anchor: 'end',
      focus: (right(Running) + Terminated.x) / 2,
      align: 'bottom',
    },
    ...acrossTheMiddle(regions, width, margin),
    ...rare(regions, { x: Terminated.x - 14, width: width - margin - Terminated.x + 14, ...band }),
  ];
}

function betweenReadyAndRunning(ready: Rect, running: Rect): readonly Arrow[] {
  const [left, end] = [right(ready) + 2, running.x - 3];
  const third = (end - left) / 3;
  const upper = Math.round(ready.y + ready.height * 0.44);
  const lower = Math.round(ready.y + ready.height * 0.62);
  const box = { x: left + 1, width: end - left - 1 };
  return [
    {
      name: 'dispatch',
      curve: bend({ x: left, y: upper }, { x: third, y: -BULGE }, { x: end, y: upper }, { x: third, y: BULGE }),
      label: { ...box, y: 4, height: upper - BULGE - 7 },
      anchor: 'middle',
      align: 'bottom',
    },
    {
      name: 'preempt',
      curve: bend(
        { x: end + 1, y: lower },
        { x: -third, y: BULGE },
        { x: left + 1, y: lower },
        { x: -third, y: -BULGE },
      ),
      label: { ...box, y: lower + BULGE + 3, height: bottom(ready) - lower - BULGE - 3 },
      anchor: 'middle',
      align: 'top',
    },
  ];
}

function acrossTheMiddle({ Ready, Running, Blocked }: Regions, width: number, margin: number): readonly Arrow[] {
  const [top, end] = [bottom(Ready) + 2, Blocked.y - 3];
  const third = (end - top) / 3;
  const wakeX = Ready.x + Ready.width * 0.62;
  const blockX = Running.x + Running.width * 0.38;
  const box = { y: top + 5, height: end - top - 8 };
  const slant = 14;
  return [
    {
      name: 'wake',
      curve: bend({ x: wakeX - slant, y: end + 1 }, { x: 0, y: -third }, { x: wakeX, y: top + 1 }, { x: 0, y: -third }),
      label: { x: margin, width: wakeX - slant - 10 - margin, ...box },
      anchor: 'end',
      align: 'middle',
    },
    {
      name: 'block',
      curve: bend({ x: blockX, y: top }, { x: 0, y: third }, { x: blockX + slant, y: end }, { x: 0, y: third }),
      label: { x: blockX + slant + 10, width: width - margin - blockX - slant - 10, ...box },
      anchor: 'start',
      align: 'middle',
    },
  ];
}

/** Of threads that are ended from outside. They share the place for words of `exit`. */
function rare({ New, Ready, Blocked, Terminated: end }: Regions, label: Rect): readonly Arrow[] {
  const words = { label, anchor: 'end', focus: centre(end).x, align: 'bottom' } as const;
  // Over everything, and down again in front of Terminated.
  const over = (from: Rect): Arrow['curve'] => {
    const start = { x: centre(from).x, y: from.y - 2 };
    const stop = { x: end.x - 3, y: end.y + 30 };
    return [start, { x: start.x + (stop.x - start.x) / 4, y: start.y - 34 }, { x: stop.x - 26, y: -20 }, stop];
  };
  const x = centre(end).x;
  const third = (Blocked.y - bottom(end)) / 3;
  return [
    { name: 'exit-new', curve: over(New), ...words },
    { name: 'exit-ready', curve: over(Ready), ...words },
    {
      name: 'exit-blocked',
      curve: bend({ x, y: Blocked.y - 2 }, { x: 0, y: -third }, { x, y: bottom(end) + 3 }, { x: 0, y: -third }),
      ...words,
    },
  ];
}
