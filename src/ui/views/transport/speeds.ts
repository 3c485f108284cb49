/** Steps a second that the slider offers; 0, at its right end, is "as fast as possible". */
export const SPEEDS = [0.5, 1, 2, 4, 8, 16, 32, 64, 0] as const;

/** Slider position of a speed: exact, or of the nearest one offered. */
export function positionOf(speed: number): number {
  if (speed === 0) return SPEEDS.length - 1;
  let best = 0;
  SPEEDS.forEach((offered, position) => {
    if (offered !== 0 && Math.abs(Math.log(offered / speed)) < Math.abs(Math.log((SPEEDS[best] as number) / speed))) {
      best = position;
    }
  });
  return best;
}

export function speedAt(position: number): number {
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, Math.round(position)))] as number;
}
