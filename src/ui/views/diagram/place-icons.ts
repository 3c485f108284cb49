import type { PlaceKind } from './waiting-places.ts';

/** Paths in a box of 16 × 16, to be stroked with round ends. */
export const PLACE_ICONS: Readonly<Record<PlaceKind, string>> = {
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3',
  rlock: 'M4 8.5h8v5H4zM4.8 8.5V5.4a3.2 3.2 0 0 1 6.4 0v3.1M6.7 8.5V5.8a1.3 1.3 0 0 1 2.6 0v2.7',
  event: 'M4.5 14V2.5M4.5 3h7l-1.8 2.6L11.5 8.2h-7',
  condition: 'M3 11.5h10M4.5 11.5V7.3a3.5 3.5 0 0 1 7 0v4.2M7 13.7h2M8 3.8V2.4',
  value: 'M2.5 4.5h11v7h-11zM5.5 7h5M5.5 9.2h5',
  device: 'M3 4.5c0-2.2 10-2.2 10 0v7c0 2.2-10 2.2-10 0zM3 4.5c0 2.2 10 2.2 10 0',
  counter: 'M2.5 12.5h11M4 12.5V8M8 12.5V3.5M12 12.5V6',
  barrier: 'M2.5 6h11v3.5h-11zM4.5 9.5V13M11.5 9.5V13M6 6l-2 3.5M10 6L8 9.5',
  pipe: 'M2 5.5h12M2 10.5h12M5 8h5M8.5 6.5L10 8l-1.5 1.5',
  queue: 'M2 4.5h12M2 11.5h12M4.5 6.5v3M7.5 6.5v3M10.5 6.5v3',
  array: 'M1.5 5h13v6h-13zM5.8 5v6M10.2 5v6',
  manager: 'M3 3h10v4H3zM3 9h10v4H3zM5.2 5h.6M5.2 11h.6',
  result: 'M2.5 4h11v8.5h-11zM2.5 4.5L8 9l5.5-4.5',
  poll: 'M3 4h4M3 8h4M3 12h4M9 4l4.5 4L9 12',
  pool: 'M5 3.5h6v3.5H5zM2.5 9.5h4.5V13H2.5zM9 9.5h4.5V13H9z',
  sleep: 'M12.8 9.8A5.5 5.5 0 1 1 6.8 3a4.5 4.5 0 0 0 6 6.8z',
  io: 'M3 4.5c0-2.2 10-2.2 10 0v7c0 2.2-10 2.2-10 0zM3 4.5c0 2.2 10 2.2 10 0',
  input: 'M2 4h12v8.5H2zM4.3 6.8h.4M7 6.8h.4M9.6 6.8h.4M11.5 6.8h.2M5 10h6',
  join: 'M3 3.5c0 4 10 2 10 6.5v3M3 12.5c0-3 2.5-4 5-4.5M11 11l2 2.2 2-2.2',
  other: 'M8 4.5V8l2.5 1.8M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z',
};
