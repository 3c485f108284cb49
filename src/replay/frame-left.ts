import { Kind } from '../abi/record.ts';
import type { LogStore } from './log-store.ts';

/**
 * Name of the function that a thread leaves by record n, the outermost if it leaves several at once; '' = unknown. The record has its
 * depth only: the last one that entered there has the name, and is looked for from n backwards.
 */
export function frameLeft(log: LogStore, n: number): string {
  const [tid, depth] = [log.tid(n), log.b(n)];
  for (let at = n - 1; at >= 0; at -= 1) {
    if (log.kind(at) !== Kind.FRAME || log.tid(at) !== tid || log.b(at) !== depth) continue;
    return log.aux(at) === 1 ? log.text(log.a(at)) : '';
  }
  return '';
}
