import { BlockReason, RunEnd, STOPPED } from '../../abi/record.ts';
import type { KernelStatus, RunState } from '../../abi/remote.ts';
import { sayDeadlock } from '../texts/sentences.ts';
import type { MachineState } from '../../replay/model.ts';
import { translator, type Translate } from '../texts/translate.ts';
import type { LabState, Language } from './lab.ts';
import type { RunLog } from './run-log.ts';

/** All that decides where a run stands at the cursor. */
export interface Standing {
  readonly log: RunLog;
  readonly cursor: number;
  /** Of the kernel at the end of the log; null when there is none. */
  readonly status: KernelStatus | null;
  /** Why the kernel cannot go on, if so. */
  readonly fault: string | null;
  readonly lang: Language;
}

const ENDS: Readonly<Record<RunEnd, RunState>> = {
  [RunEnd.FINISHED]: 'finished',
  [RunEnd.DEADLOCK]: 'deadlock',
  [RunEnd.FAILED]: 'failed',
  [RunEnd.LIMIT]: 'limit',
};

/**
 * The outcome and its message, in the words of `status().outcome`: `ready` at the start, the end's at the end, else `paused`.
 * A live run that the user has stopped is `paused`, too, though it cannot go on: its program did not come to its end.
 */
export function standing({ log, cursor, status, fault, lang }: Standing): Pick<LabState, 'outcome' | 'message'> {
  const t = translator(lang);
  const machine = log.at(cursor);
  if (machine.end !== null) {
    const outcome = ENDS[machine.end.kind];
    switch (outcome) {
      case 'deadlock':
        return { outcome, message: sayDeadlock(machine, lang) };
      case 'failed':
        return { outcome, message: t('outcome.failed.long', { message: machine.end.message }) };
      case 'limit':
        return { outcome, message: t('outcome.limit.over', { message: machine.end.message }) };
      default:
        return finished(machine, t);
    }
  }
  const isAtTip = cursor >= log.tip;
  if (isAtTip && fault !== null) return { outcome: 'failed', message: t('outcome.failed.long', { message: fault }) };
  if (isAtTip && status?.state === 'limit') {
    return { outcome: 'limit', message: t('outcome.limit.long', { message: status.message ?? '' }) };
  }
  if (isAtTip && status?.state === 'failed') {
    return { outcome: 'failed', message: t('outcome.failed.long', { message: status.message ?? '' }) };
  }
  if (isAtTip && status?.state === 'input') {
    return { outcome: 'input', message: t('outcome.input.long', { names: readerNames(machine) }) };
  }
  return { outcome: cursor <= log.start ? 'ready' : 'paused', message: null };
}

/** Short names of those who wait for somebody to type; '' = nobody. */
export function readerNames({ threads }: MachineState): string {
  const readers = threads.filter(({ blocked }) => blocked?.reason === BlockReason.INPUT && !blocked.woken);
  return readers.map(({ shortName }) => shortName).join(', ');
}

/** Of a live run, whose ticks are microseconds: no more digits than one reads. */
function milliseconds(microseconds: number): number {
  const ms = microseconds / 1000;
  return ms < 10 ? ms : Math.round(ms);
}

function finished({ live, end, tick }: MachineState, t: Translate): Pick<LabState, 'outcome' | 'message'> {
  if (!live) return { outcome: 'finished', message: t('outcome.finished.long', { ticks: tick }) };
  const ms = milliseconds(tick);
  return end?.message === STOPPED
    ? { outcome: 'paused', message: t('outcome.stopped.live', { ms }) }
    : { outcome: 'finished', message: t('outcome.finished.live', { ms }) };
}
