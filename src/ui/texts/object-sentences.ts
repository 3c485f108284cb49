import { Operation, Outcome } from '../../abi/record.ts';
import { ObjectKind } from '../../abi/objects.ts';
import type { Description } from '../../replay/describe.ts';
import type { LogEvent } from '../../replay/model.ts';
import type { Language } from '../state/lab.ts';
import { objectKindKey, objectWords, operationKey, roleKey } from './machine-words.ts';
import type { TextKey, Translate, TextValues } from './translate.ts';

/** What the records say that are about objects: calls, data, what an object is made of. */

const DONE: Readonly<Record<Outcome, TextKey>> = {
  [Outcome.OK]: 'say.event.done.ok',
  [Outcome.FALSE]: 'say.event.done.false',
  [Outcome.TIMED_OUT]: 'say.event.done.timedOut',
  [Outcome.ERROR]: 'say.event.done.error',
};

/** Operations of a pool, whose argument is a number that the sentence needs. */
const CALLED_WITH: Readonly<Partial<Record<Operation, TextKey>>> = {
  [Operation.SUBMIT]: 'say.event.call.submit',
  [Operation.TASK]: 'say.event.call.task',
  [Operation.CALLBACK]: 'say.event.call.callback',
  [Operation.RESIZE]: 'say.event.call.resize',
};

const DONE_WITH: Readonly<Partial<Record<Operation, TextKey>>> = {
  [Operation.SUBMIT]: 'say.event.done.submit',
  [Operation.TASK]: 'say.event.done.task',
  [Operation.CALLBACK]: 'say.event.done.callback',
  [Operation.RESIZE]: 'say.event.done.resize',
};

/** A call of a primitive, or its end; null when the record is neither. */
export function sayCall(t: Translate, event: LogEvent, values: TextValues): string | null {
  if (event.kind === 'call') {
    const operation = t(operationKey(event.operation));
    const special = event.operation === Operation.REQUEST ? 'say.event.call.request' : CALLED_WITH[event.operation];
    const key = special ?? (event.object === null ? 'say.event.call.plain' : 'say.event.call');
    return t(key, { ...values, operation, number: event.argument, count: event.argument });
  }
  if (event.kind === 'done') {
    const operation = t(operationKey(event.operation));
    const special = event.outcome === Outcome.OK && event.result > 0 ? DONE_WITH[event.operation] : undefined;
    const isPlain = event.object === null && event.outcome === Outcome.OK;
    if (event.operation === Operation.TASK && event.outcome === Outcome.FALSE) {
      return t('say.event.lost.task', { ...values, number: event.result });
    }
    const plain: TextKey = isPlain ? 'say.event.done.plain' : (DONE[event.outcome] ?? 'say.event.done.ok');
    return t(special ?? plain, { ...values, operation, number: event.result, count: event.result });
  }
  return null;
}

/** Data moved, or an object came into being; null for any other record. */
export function sayObjectEvent(
  t: Translate,
  lang: Language,
  event: LogEvent,
  values: TextValues,
  { object, whole }: Description,
): string | null {
  switch (event.kind) {
    case 'load':
    case 'store': {
      const place = object?.kind === ObjectKind.ARRAY ? `[${event.index}]` : '';
      const value = typeof event.value === 'number' ? numberWords(event.value, lang) : event.value;
      return t(`say.event.${event.kind}`, { ...values, place, value });
    }
    case 'send':
    case 'receive': {
      const said = { ...values, count: event.bytes, text: event.text };
      if (event.text !== '') return t(`say.event.${event.kind}.text`, said);
      return t(event.last ? `say.event.${event.kind}` : `say.event.${event.kind}.piece`, said);
    }
    case 'object': {
      const named = t('say.object', { kind: t(objectKindKey(event.objectKind)), object: event.name });
      return t('say.event.object', { ...values, object: object === null ? named : (values['object'] ?? named) });
    }
    case 'part':
      return t('say.event.part', {
        ...values,
        whole: whole === null ? t('object.other') : objectWords(t, whole),
        role: t(roleKey(event.role)),
      });
    case 'pipe-end': {
      const end = t(event.end === 'read' ? 'end.read' : 'end.write');
      const key = event.open ? 'say.event.pipeEnd.open' : 'say.event.pipeEnd.closed';
      return t(key, { ...values, end, pid: event.process, count: event.count });
    }
    default:
      return null;
  }
}

function numberWords(value: number, lang: Language): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 6 }).format(value);
}
