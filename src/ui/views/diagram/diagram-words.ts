import type { PartRole } from '../../../abi/objects.ts';
import type { ObjectView, ThreadStateName } from '../../../replay/model.ts';
import { barrierWords, counterWords, depthWords, roleKey } from '../../texts/machine-words.ts';
import type { TextKey, Translate } from '../../texts/translate.ts';
import type { ArrowName } from './arrows.ts';
import type { PlaceKind } from './waiting-places.ts';

/** Every word that stands on the drawing. The layout needs them too: it measures them. */
export interface DiagramWords {
  /** With the English term beside it where there is room, and without. */
  readonly state: (state: ThreadStateName) => readonly [string, string];
  readonly arrow: (arrow: ArrowName) => string;
  readonly place: (kind: PlaceKind) => string;
  /** Waiting for the end of a thread. */
  readonly join: (name: string) => string;
  readonly cpu: (cpu: number) => string;
  readonly idle: string;
  readonly line: (line: number) => string;
  readonly free: string;
  /** What stands before and after the holder's token. */
  readonly heldBy: readonly [string, string];
  /** How often a holder has taken its lock; nothing for once. */
  readonly depth: (depth: number | null) => string;
  readonly flag: (flag: boolean) => string;
  readonly counter: (count: number, limit: number | null) => string;
  readonly arrived: (barrier: ObjectView) => string;
  readonly items: (count: number) => string;
  readonly bytes: (count: number) => string;
  readonly tasks: (waiting: number, done: number) => string;
  readonly notReady: string;
  /** In place of those who have an end of a pipe: nobody has. */
  readonly closed: string;
  /** What a part is to its whole. */
  readonly role: (role: PartRole) => string;
  readonly until: string;
  /** So many threads of the library are not shown. */
  readonly folded: (count: number) => string;
  readonly deadlock: string;
  readonly pickHint: string;
}

const ARROWS: Readonly<Record<ArrowName, TextKey>> = {
  admit: 'arrow.admit',
  dispatch: 'arrow.dispatch',
  preempt: 'arrow.preempt',
  block: 'arrow.block',
  wake: 'arrow.wake',
  exit: 'arrow.exit',
  'exit-new': 'arrow.exit',
  'exit-ready': 'arrow.exit',
  'exit-blocked': 'arrow.exit',
};

const PLACES: Readonly<Record<PlaceKind, TextKey>> = {
  lock: 'object.lock',
  rlock: 'object.rlock',
  event: 'object.event',
  condition: 'object.condition',
  value: 'object.value',
  device: 'object.device',
  counter: 'object.semaphore',
  barrier: 'object.barrier',
  pipe: 'object.pipe',
  queue: 'object.queue',
  array: 'object.array',
  pool: 'object.pool',
  manager: 'object.manager',
  result: 'object.result',
  poll: 'reason.poll',
  sleep: 'place.sleep',
  io: 'reason.io',
  input: 'reason.input',
  join: 'reason.join',
  other: 'reason.other',
};

/** Stands in for a name, to find out what a language says before and after it. */
const NAME = '\u0001';

function aroundName(text: string): readonly [string, string] {
  const at = text.indexOf(NAME);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

export function diagramWords(t: Translate): DiagramWords {
  return {
    state: (state) => [t(`state.${state}`), t(`state.${state}.plain`)],
    arrow: (arrow) => t(ARROWS[arrow]),
    place: (kind) => t(PLACES[kind]),
    join: (name) => t('place.join', { name }),
    cpu: (cpu) => t('diagram.cpu', { number: cpu }),
    idle: t('diagram.cpu.idle'),
    line: (line) => t('listing.line', { line }),
    free: t('objects.free'),
    heldBy: aroundName(t('objects.heldBy', { name: NAME })),
    depth: depthWords,
    flag: (flag) => t('diagram.flag', { flag: t(flag ? 'objects.flag.true' : 'objects.flag.false') }),
    counter: (count, limit) => t('diagram.counter', { counter: counterWords(t, count, limit) }),
    arrived: (barrier) => barrierWords(t, barrier),
    items: (count) => t('objects.items', { count }),
    bytes: (count) => t('objects.bytes', { count }),
    tasks: (waiting, done) => t('objects.tasks', { waiting, done }),
    notReady: t('objects.result.notReady'),
    closed: t('objects.end.closed'),
    role: (role) => t(roleKey(role)),
    until: t('diagram.ticksLeft'),
    folded: (count) => t('diagram.folded', { count }),
    deadlock: t('outcome.deadlock'),
    pickHint: t('diagram.pickHint'),
  };
}
