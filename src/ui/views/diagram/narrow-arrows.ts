import { bend, onTitleLine, straightAcross, type Arrow } from './arrows.ts';
import { bottom, centre, right, type Rect } from './geometry.ts';
import type { Regions } from './frame.ts';

/** Arrows of the narrow arrangement. */
export function narrowArrows(regions: Regions, width: number, margin: number): readonly Arrow[] {
  const { New, Ready, Running, Terminated } = regions;
  const exitLabel = {
    x: right(Running) - 4,
    y: bottom(Terminated) + 1,
    width: width - margin - right(Running) + 4,
    height: regions.Blocked.y - bottom(Terminated) - 4,
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
      // At the lower edge: its words stand right below.
      curve: straightAcross(Running, Terminated, bottom(Running) - 12),
      label: exitLabel,
      anchor: 'middle',
      focus: (right(Running) + Terminated.x) / 2,
      align: 'top',
    },
    ...aroundRunning(regions, margin),
    ...rare(regions, { ...exitLabel, width: exitLabel.width - 24 }),
  ];
}

/** Of the words of an arrow. */
const TWO_LINES = 27;

/** The head of the queue, at the right, goes over to Running; who is preempted comes back at the left. */
function betweenReadyAndRunning(ready: Rect, running: Rect, end: number): readonly Arrow[] {
  const [top, low] = [bottom(ready) + 2, running.y - 3];
  const height = low - top;
  const head = right(ready) - 28;
  const down = right(running) - 6;
  const up = Math.max(ready.x + 10, running.x + 20);
  return [
    {
      name: 'dispatch',
      // Stays high until it is past the words below it.
      curve: [
        { x: head, y: top },
        { x: head, y: top + height * 0.28 },
        { x: down - 4, y: top + height * 0.02 },
        { x: down, y: low },
      ],
      label: { x: down + 20, y: low - TWO_LINES, width: end - down - 20, height: TWO_LINES },
      anchor: 'start',
      align: 'bottom',
    },
    {
      name: 'preempt',
      curve: bend({ x: up, y: low + 1 }, { x: 0, y: -height / 3 }, { x: up, y: top + 1 }, { x: 0, y: -height / 3 }),
      label: { x: up + 9, y: top, width: down - 4 - up - 9, height },
      anchor: 'start',
      align: 'middle',
    },
  ];
}

function aroundRunning({ Ready, Running, Blocked }: Regions, margin: number): readonly Arrow[] {
  const [top, low] = [bottom(Running) + 2, Blocked.y - 3];
  const third = (low - top) / 3;
  const blockX = Running.x + 14;
  const wakeX = margin + 10;
  const arrival = { x: Ready.x - 3, y: bottom(Ready) - 8 };
  const band = Running.y - bottom(Ready);
  return [
    {
      name: 'wake',
      curve: [
        { x: wakeX, y: Blocked.y - 2 },
        { x: wakeX, y: Running.y - band * 0.2 },
        { x: Ready.x - 14, y: Running.y - band * 0.3 },
        arrival,
      ],
      label: { x: wakeX + 8, y: Running.y + 16, width: Running.x - wakeX - 14, height: low - Running.y - 16 },
      anchor: 'start',
      align: 'bottom',
    },
    {
      name: 'block',
      curve: bend({ x: blockX, y: top }, { x: 0, y: third }, { x: blockX, y: low }, { x: 0, y: third }),
      label: { x: blockX + 7, y: top, width: right(Running) - 8 - blockX - 7, height: low - top },
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
