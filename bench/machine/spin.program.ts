import { compute, Process } from 'procession';

function spin(): void {
  compute(1_000_000_000);
}

/** Processes that do nothing but use up their steps. */
export function main({ processes }: { processes: number }): void {
  for (let n = 0; n < processes; n += 1) new Process({ target: spin }).start();
}
