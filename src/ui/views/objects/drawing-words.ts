import type { ObjectView } from '../../../replay/model.ts';
import { barrierWords, counterWords } from '../../texts/machine-words.ts';
import type { Translate } from '../../texts/translate.ts';

/** Every word that stands in a drawing: the layout measures them. */
export interface DrawingWords {
  readonly free: string;
  readonly flag: (flag: boolean) => string;
  readonly counter: (value: number, limit: number | null) => string;
  readonly arrived: (barrier: ObjectView) => string;
  readonly notified: string;
  readonly writers: string;
  readonly readers: string;
  readonly nobody: string;
  readonly bytes: (count: number) => string;
  readonly items: (count: number) => string;
  readonly places: (free: number, all: number) => string;
  readonly written: string;
  readonly tasks: (waiting: number, done: number) => string;
  readonly lost: (tasks: number) => string;
  readonly idle: string;
  readonly server: string;
  readonly keeps: string;
  readonly ready: string;
  readonly notReady: string;
  readonly more: (count: number) => string;
  readonly value: (value: number | string) => string;
}

export function drawingWords(t: Translate, lang: string): DrawingWords {
  const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 6 });
  return {
    free: t('objects.free'),
    flag: (flag) => t(flag ? 'objects.flag.true' : 'objects.flag.false'),
    counter: (value, limit) => `${t('objects.counter')} ${counterWords(t, value, limit)}`,
    arrived: (barrier) => barrierWords(t, barrier),
    notified: t('objects.lock'),
    writers: t('end.write'),
    readers: t('end.read'),
    nobody: t('objects.end.nobody'),
    bytes: (count) => t('objects.bytes', { count }),
    items: (count) => t('objects.items', { count }),
    places: (free, all) => t('objects.places', { free, all }),
    written: t('objects.written'),
    tasks: (waiting, done) => t('objects.tasks', { waiting, done }),
    lost: (count) => t('objects.tasks.lost', { tasks: count }),
    idle: t('objects.idle'),
    server: t('role.server'),
    keeps: t('objects.keeps'),
    ready: t('objects.result.ready'),
    notReady: t('objects.result.notReady'),
    more: (count) => `+${count}`,
    value: (value) => (typeof value === 'number' ? numbers.format(value) : value),
  };
}
