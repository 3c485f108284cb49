import type { ThreadStateName } from '../../../replay/model.ts';

/** In the order of a thread's life. */
export const STATES: readonly ThreadStateName[] = ['New', 'Ready', 'Running', 'Blocked', 'Terminated'];

/** How areas of a state are filled where they are large enough to carry a pattern. */
export type StatePattern = 'dots' | 'diagonal' | 'solid' | 'cross' | 'hollow';

/** A state is never told by colour alone: it has a pattern and an icon too, and its word stands beside them. */
export interface StateLook {
  /** Shapes and lines: at least 3 : 1 with the surface. */
  readonly color: string;
  /** Large areas behind text. */
  readonly soft: string;
  /** Text in the state's colour, on `soft` or the surface: at least 4.5 : 1. */
  readonly ink: string;
  /** Name of the property behind `color`, for canvases that have to ask for its value. */
  readonly property: string;
  readonly pattern: StatePattern;
  /** Path in a box of 16 × 16, to be stroked with 1.6 and round ends, not filled. */
  readonly icon: string;
}

function look(name: string, pattern: StatePattern, icon: string): StateLook {
  const property = `--state-${name}`;
  return {
    color: `var(${property})`,
    soft: `var(${property}-soft)`,
    ink: `var(${property}-ink)`,
    property,
    pattern,
    icon,
  };
}

const LOOKS: Readonly<Record<ThreadStateName, StateLook>> = {
  // a plus: something comes into being
  New: look('new', 'dots', 'M8 3v10M3 8h10'),
  // a queue of three
  Ready: look('ready', 'diagonal', 'M3 4v8M7 4v8M11 4l3 4-3 4'),
  // the sign for "play"
  Running: look('running', 'solid', 'M5 3l8 5-8 5z'),
  // an hourglass
  Blocked: look('blocked', 'cross', 'M4 2.5h8M4 13.5h8M5 2.5c0 3 6 8 6 11M11 2.5c0 3-6 8-6 11'),
  // a square: stopped
  Terminated: look('terminated', 'hollow', 'M4 4h8v8H4z'),
};

export function stateLook(state: ThreadStateName): StateLook {
  return LOOKS[state];
}
