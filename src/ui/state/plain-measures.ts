import type { Measures, ProcessMeasures } from '../../replay/model.ts';

const US_PER_MS = 1000;

/** What `metrics()` returns. */
export interface PlainMeasures extends Omit<Measures, 'run'> {
  readonly unit: 'ticks' | 'ms';
  readonly run: Omit<Measures['run'], 'throughput'>;
}

/** The measures in whole ticks, or those of a live run in milliseconds. */
export function plainMeasures({ processes, run }: Measures, live: boolean): PlainMeasures {
  const time = <Time extends number | null>(value: Time): Time =>
    live && value !== null ? ((value / US_PER_MS) as Time) : value;
  const { ticks, utilisation, switches } = run;
  return {
    unit: live ? 'ms' : 'ticks',
    processes: processes.map((process): ProcessMeasures => ({
      ...process,
      arrival: time(process.arrival),
      response: time(process.response),
      turnaround: time(process.turnaround),
      waiting: time(process.waiting),
      blocked: time(process.blocked),
      cpu: time(process.cpu),
    })),
    run: { ticks: time(ticks), utilisation, switches },
  };
}
