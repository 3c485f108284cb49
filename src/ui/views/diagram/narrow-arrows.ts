import { bend, onTitleLine, type Arrow } from './arrows.ts';
import { bottom, centre, right, type Rect } from './geometry.ts';
import type { Regions } from './frame.ts';

/** Arrows of the narrow arrangement. */
export function narrowArrows(regions: Regions, width: number, margin: number): readonly Arrow[] {
  const { New, Ready, Running, Terminated } = regions;
  const exitLabel = {
    x: Terminated.x,
    y: bottom(Terminated) + 4,
    width: width - margin - Terminated.x,
    height: regions.Blocked.y - bottom(Terminated) - 8,
  };
  return [
    {
      name: 'admit',
      curve: onTitleLine(New, Ready),
      label: { x: margin, y: 2, width: width - 2 * margin, height: New.y - 5 },
      anchor: 'start',
      focus: (right(New) + Ready.x) / 2,
      align: 'bottom',
    },
    ...betweenReadyAndRunning(Ready, Running, width - margin),
    {
      name: 'exit',
      curve: onTitleLine(Running, Terminated),
      label: exitLabel,
      anchor: 'end',
      align: 'middle',
    },
    ...aroundRunning(regions, margin),
    ...rare(regions, exitLabel),
  ];
}

function betweenReadyAndRunning(ready: Rect, running: Rect, end: number): readonly Arrow[] {
  const [top, low] = [bottom(ready) + 2, running.y - 3];
  const third = (low - top) / 3;
  const down = Math.max(ready.x + 18, running.x + 26);
  const room = end - down;
  const up = down + room * 0.52;
  const start = Math.min(up, right(running) - 10);
  const box = { y: top, height: low - top };
  return [
    {
      name: 'dispatch',
      curve: bend({ x: down, y: top }, { x: 0, y: third }, { x: down, y: low }, { x: 0, y: third }),
      label: { x: down + 7, width: up - down - 13, ...box },
      anchor: 'start',
      align: 'top',
    },
    {
      // Stays low until it is past the words at its left.
      name: 'preempt',
      curve: [
        { x: start, y: low + 1 },
        { x: start + 2, y: low - third * 1.2 },
        { x: up, y: low },
        { x: up, y: top + 1 },
      ],
      label: { x: up + 7, width: end - up - 7, ...box },
      anchor: 'start',
      align: 'middle',
    },
  ];
}

function aroundRunning({ Ready, Running, Terminated, Blocked }: Regions, margin: number): readonly Arrow[] {
  const [top, low] = [bottom(Running) + 2, Blocked.y - 3];
  const third = (low - top) / 3;
  const blockX = Running.x + 14;
  const wakeX = margin + 10;
  const arrival = { x: Ready.x + 8, y: bottom(Ready) + 3 };
  const band = Running.y - bottom(Ready);
  return [
    {
      name: 'wake',
      curve: [
        { x: wakeX, y: Blocked.y - 2 },
        { x: wakeX, y: Running.y - band * 0.2 },
        { x: arrival.x, y: Running.y + band * 0.1 },
        arrival,
      ],
      label: { x: wakeX + 8, y: Running.y + 16, width: Running.x - wakeX - 14, height: low - Running.y - 16 },
      anchor: 'start',
      align: 'bottom',
    },
    {
      name: 'block',
      curve: bend({ x: blockX, y: top }, { x: 0, y: third }, { x: blockX, y: low }, { x: 0, y: third }),
      label: { x: blockX + 7, y: top, width: Terminated.x - blockX - 13, height: low - top },
      anchor: 'start',
      align: 'middle',
    },
  ];
}

/** Of threads that are ended from outside. They share the place for words of `exit`. */
function rare({ New, Ready, Blocked, Terminated }: Regions, label: Rect): readonly Arrow[] {
  const words = { label, anchor: 'end', align: 'middle' } as const;
  const x = right(Terminated) - 12;
  const down = (from: Rect, start: number) => {
    const [top, low] = [bottom(from) + 2, Terminated.y - 3];
    const half = (low - top) / 2;
    return bend({ x: start, y: top }, { x: 0, y: half }, { x, y: low }, { x: 0, y: half });
  };
  const third = (Blocked.y - bottom(Terminated)) / 3;
  return [
    { name: 'exit-new', curve: down(New, centre(New).x), ...words },
    { name: 'exit-ready', curve: down(Ready, x), ...words },
    {
      name: 'exit-blocked',
      curve: bend({ x, y: Blocked.y - 2 }, { x: 0, y: -third }, { x, y: bottom(Terminated) + 3 }, { x: 0, y: -third }),
      ...words,
    },
  ];
}
