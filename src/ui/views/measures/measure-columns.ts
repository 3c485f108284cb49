import type { ProcessMeasures } from '../../../replay/model.ts';

/** In the order of the table. */
export const COLUMNS = ['arrival', 'response', 'turnaround', 'waiting', 'blocked', 'cpu'] as const;
export type Column = (typeof COLUMNS)[number];

/** Means over the processes that have the measure already; null where none has. An average arrival says nothing. */
export function averages(processes: readonly ProcessMeasures[]): Readonly<Record<Column, number | null>> {
  const mean = (column: Column): number | null => {
    const values = processes.flatMap((process) => process[column] ?? []);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return {
    arrival: null,
    response: mean('response'),
    turnaround: mean('turnaround'),
    waiting: mean('waiting'),
    blocked: mean('blocked'),
    cpu: mean('cpu'),
  };
}
