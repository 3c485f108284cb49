import { ObjectKind, PartRole } from '../../abi/objects.ts';
import { ThreadKind } from '../../abi/slot.ts';
import type { Tid } from '../../base/ids.ts';
import type { BlockedOn, Explanation } from '../../replay/explain.ts';
import type { MachineState } from '../../replay/model.ts';
import { waitForGraph, type WaitCycle } from '../../replay/wait-for-graph.ts';
import type { Language } from '../state/lab.ts';
import {
  endCauseKey,
  MAIN_PROCESS,
  objectIn,
  objectWords,
  preemptCauseKey,
  readyCauseKey,
  serverOf,
  threadIn,
  waitedForWords,
} from './machine-words.ts';
import { listWords, placeWords } from './number-words.ts';
import { instantWords } from './time-words.ts';
import { translator, type Translate } from './translate.ts';

/** What a sentence is made with: the words of the language, and the machine that the explanation is about. */
interface Telling {
  readonly t: Translate;
  readonly lang: Language;
  readonly machine: MachineState;
}

type Of<State extends Explanation['state']> = Extract<Explanation, { state: State }>;

/** Why a thread is where it is, in one or two sentences. `machine` is the state that was explained. */
export function sayExplanation(explanation: Explanation, machine: MachineState, lang: Language): string {
  const telling = { t: translator(lang), lang, machine };
  switch (explanation.state) {
    case 'New':
      return sayNew(telling, explanation);
    case 'Ready':
      return sayReady(telling, explanation);
    case 'Running':
      return sayRunning(telling, explanation);
    case 'Blocked':
      return sayBlocked(telling, explanation);
    case 'Terminated':
      return sayTerminated(telling, explanation);
  }
}

/** What has happened when nobody can run any more, with every thread that waits and what it waits for; '' otherwise. */
export function sayDeadlock(machine: MachineState, lang: Language): string {
  const telling = { t: translator(lang), lang, machine };
  const { cycles, missing } = waitForGraph(machine);
  const sentences = [
    ...cycles.map((cycle) => telling.t('outcome.deadlock.cycle', { cycle: cycleWords(telling, cycle) })),
    ...missing.map(({ thread, object, holder }) => {
      const values = { name: nameOf(telling, thread), object: waitedForWords(telling.t, machine, object) };
      return holder === null
        ? telling.t('outcome.deadlock.lost', values)
        : telling.t('outcome.deadlock.ended', { ...values, holder: nameOf(telling, holder) });
    }),
  ];
  return join([telling.t('outcome.deadlock.long'), ...sentences], lang);
}

function instant({ t, machine }: Telling, at: number): string {
  return instantWords(t, machine.live, at);
}

function nameOf({ t, machine }: Telling, tid: Tid | null): string {
  return threadIn(machine, tid)?.shortName ?? t('say.someone');
}

/** Sentences one after the other, as the language parts them. */
function join(sentences: readonly string[], lang: Language): string {
  return sentences.filter((sentence) => sentence !== '').join(lang === 'zh' ? '' : ' ');
}

function sayNew(telling: Telling, { tid, since, parent }: Of<'New'>): string {
  const { t, machine } = telling;
  const name = nameOf(telling, tid);
  if (parent === null) {
    // Jobs of a launcher have no parent in the log either; only the main process is Ready in the first tick for certain.
    const isFirst = threadIn(machine, tid)?.name === MAIN_PROCESS;
    if (isFirst) return t(machine.live ? 'say.New.first.live' : 'say.New.first', { name });
    return t('say.New.expected', { name });
  }
  const at = t('say.blocked.since', { tick: instant(telling, since) });
  const values = { name, parent: nameOf(telling, parent), since: at };
  if (machine.live) return t('say.New.live', values);
  return t(machine.tick > since ? 'say.New.late' : 'say.New', values);
}

function sayReady(telling: Telling, { tid, since, cause, queue, running, interpreter }: Of<'Ready'>): string {
  const { t, lang } = telling;
  const { live } = telling.machine;
  const key = cause.kind === 'preempted' ? preemptCauseKey(cause.cause) : readyCauseKey(cause.cause);
  const names = listWords(
    running.map((other) => nameOf(telling, other)),
    lang,
  );
  const values = { name: nameOf(telling, tid), tick: instant(telling, since), cause: t(key) };
  return join(
    [
      interpreter === null
        ? t(live ? 'say.Ready.live' : 'say.Ready', values)
        : t('say.Ready.interpreter', { ...values, holder: nameOf(telling, interpreter) }),
      queue.place > 0 && !live ? t('say.Ready.place', { place: placeWords(queue.place, lang) }) : '',
      running.length > 0 && !live ? t('say.Ready.running', { count: running.length, names }) : '',
    ],
    lang,
  );
}

function sayRunning(telling: Telling, { tid, since, line, cpu, quantum }: Of<'Running'>): string {
  const { t, lang } = telling;
  const at = line === null ? '' : t('say.at', { line });
  const values = { name: nameOf(telling, tid), cpu: cpu ?? 0, tick: instant(telling, since), at };
  if (telling.machine.live) return t('say.Running.live', values);
  const sentence = t('say.Running', values);
  return join([sentence, quantum === null ? '' : sayQuantum(telling, quantum)], lang);
}

function sayQuantum({ t }: Telling, { ticks, began }: NonNullable<Of<'Running'>['quantum']>): string {
  if (began === null) return t('say.Running.quanta', { count: ticks });
  return t('say.Running.quantum', { count: ticks, began });
}

function sayTerminated(telling: Telling, { tid, since, cause, code, message }: Of<'Terminated'>): string {
  const { t, lang } = telling;
  const tick = instant(telling, since);
  const values = { name: nameOf(telling, tid), tick, cause: t(endCauseKey(cause), { code }), code };
  const isProcess = telling.machine.threads.find((thread) => thread.tid === tid)?.kind === ThreadKind.PROCESS;
  const sentence = t(isProcess ? 'say.Terminated' : 'say.Terminated.thread', values);
  return join([sentence, message === '' ? '' : t('say.Terminated.message', { message })], lang);
}

function sayBlocked(telling: Telling, explanation: Of<'Blocked'>): string {
  const { t } = telling;
  const { tid, since, line, on, woken, cycle, missing } = explanation;
  const tick = instant(telling, since);
  const at = line === null ? t('say.blocked.since', { tick }) : t('say.blocked.sinceLine', { tick, line });
  const who = { name: nameOf(telling, tid), at };
  const parts = [
    sayQueue(telling, who, explanation) ?? sayManager(telling, who, explanation) ?? sayWaiting(telling, who, on),
  ];
  if (woken !== null) {
    const by = woken.by === null ? t('say.outside') : nameOf(telling, woken.by);
    parts.push(t(telling.machine.live ? 'say.blocked.woken.live' : 'say.blocked.woken', { by }));
  } else if (cycle !== null) {
    parts.push(t('say.blocked.cycle', { cycle: cycleWords(telling, cycle) }));
  } else if (missing !== null) {
    parts.push(on.kind === 'pipe' ? sayEnds(telling, on) + t('say.blocked.forever') : t('say.blocked.noWaker'));
  } else {
    parts.push(isAnswered(telling, explanation) ? '' : sayHope(telling, on));
  }
  return `${parts.join('')}${telling.lang === 'zh' ? '。' : '.'}`;
}

const QUEUES: ReadonlySet<ObjectKind> = new Set([ObjectKind.QUEUE, ObjectKind.JOINABLE_QUEUE, ObjectKind.SIMPLE_QUEUE]);

/** At the pipe or the free places of a queue: the queue is empty, or full. Null: it waits for something else. */
function sayQueue(telling: Telling, who: { name: string; at: string }, { on, within }: Of<'Blocked'>): string | null {
  const { t, machine } = telling;
  const whole = objectIn(machine, within?.whole ?? null);
  if (whole === null || !QUEUES.has(whole.kind)) return null;
  const values = { ...who, whole: objectWords(t, whole) };
  const atMost = on.until === null ? '' : t('say.blocked.timeout', { until: on.until });
  if (on.kind === 'pipe' && on.is === 'empty') return t('say.blocked.queueEmpty', values) + atMost;
  const isFull = on.kind === 'semaphore' && within?.role === PartRole.SLOTS;
  return isFull ? t('say.blocked.queueFull', values) + atMost : null;
}

/** Asked for by a client of a manager, whose server is the only one that writes there. */
function isAnswered({ machine }: Telling, { on, within }: Of<'Blocked'>): boolean {
  const isManager = objectIn(machine, within?.whole ?? null)?.kind === ObjectKind.MANAGER;
  return isManager && on.kind === 'pipe' && on.is === 'empty';
}

/** A server that waits for requests, or a client that waits for an answer. Null: it waits for something else. */
function sayManager(telling: Telling, who: { name: string; at: string }, explanation: Of<'Blocked'>): string | null {
  const { t, machine } = telling;
  const manager = objectIn(machine, explanation.within?.whole ?? null);
  if (manager?.kind !== ObjectKind.MANAGER) return null;
  const whole = objectWords(t, manager);
  if (explanation.on.kind === 'poll') return t('say.blocked.requests', { ...who, whole });
  if (!isAnswered(telling, explanation)) return null;
  const server = serverOf(machine, manager)?.shortName ?? t('say.someone');
  return t('say.blocked.answer', { ...who, whole, server });
}

/** What it waits for, and how long at most. */
function sayWaiting(telling: Telling, who: { name: string; at: string }, on: BlockedOn): string {
  const { t, machine } = telling;
  const until = instant(telling, on.until ?? 0);
  const atMost = on.until === null ? '' : t('say.blocked.timeout', { until });
  switch (on.kind) {
    case 'sleep':
      return t('say.blocked.sleep', { ...who, until });
    case 'io':
      return t('say.blocked.io', { ...who, until });
    case 'input':
      return t('say.blocked.input', who);
    case 'lock':
      return (
        t('say.blocked.lock', { ...who, object: waitedForWords(t, machine, on.object) }) +
        sayHolder(telling, on) +
        atMost
      );
    case 'event':
      return t('say.blocked.event', { ...who, object: waitedForWords(t, machine, on.object) }) + atMost;
    case 'semaphore': {
      const { counter } = on;
      return t('say.blocked.semaphore', { ...who, object: waitedForWords(t, machine, on.object), counter }) + atMost;
    }
    case 'condition':
      return t('say.blocked.condition', { ...who, object: waitedForWords(t, machine, on.object) }) + atMost;
    case 'barrier': {
      const { arrived, parties } = on;
      const values = { ...who, object: waitedForWords(t, machine, on.object), arrived, parties };
      return t('say.blocked.barrier', values) + atMost;
    }
    case 'pipe': {
      const key = on.is === 'empty' ? 'say.blocked.pipeEmpty' : 'say.blocked.pipeFull';
      return t(key, { ...who, object: waitedForWords(t, machine, on.object) }) + atMost;
    }
    case 'result':
      return t('say.blocked.result', { ...who, object: waitedForWords(t, machine, on.object) }) + atMost;
    case 'poll':
      return t('say.blocked.poll', who) + atMost;
    case 'join': {
      const state =
        on.targetState === null ? '' : t('say.blocked.joinState', { state: t(`state.${on.targetState}.plain`) });
      return t('say.blocked.join', { ...who, object: nameOf(telling, on.target) }) + state + atMost;
    }
    case 'other': {
      const object = waitedForWords(t, machine, on.object);
      // A wait within a process is logged with its own row.
      return t('say.blocked.other', { ...who, object: object === who.name ? t('object.inside') : object }) + atMost;
    }
  }
}

/** Taken more than once by its holder: one release will not free it. */
function isDeep(on: Extract<BlockedOn, { kind: 'lock' }>): on is typeof on & { readonly depth: number } {
  return on.depth !== null && on.depth > 1;
}

function sayHolder(telling: Telling, on: Extract<BlockedOn, { kind: 'lock' }>): string {
  const { t } = telling;
  if (on.holder === null) return t('say.blocked.free');
  const holder = nameOf(telling, on.holder);
  if (on.holderState === 'Terminated') return t('say.blocked.holderEnded', { holder });
  return isDeep(on) ? t('say.blocked.heldDeep', { holder, depth: on.depth }) : t('say.blocked.heldBy', { holder });
}

/** Its place among those who wait, and who can wake it. */
function sayHope(telling: Telling, on: BlockedOn): string {
  const { t, lang } = telling;
  switch (on.kind) {
    case 'lock': {
      if (on.holder === null) return placeIn(telling, on.queue);
      // Only its holder can release a recursive lock; a plain one may be released by anybody, and then it is what all hope for.
      if (on.holderState === 'Terminated') {
        const isRecursive = objectIn(telling.machine, on.object)?.kind === ObjectKind.RLOCK;
        return placeIn(telling, on.queue) + (isRecursive ? '' : t('say.blocked.anyRelease'));
      }
      const release = t(isDeep(on) ? 'say.blocked.lastRelease' : 'say.blocked.release', {
        holder: nameOf(telling, on.holder),
      });
      return placeIn(telling, on.queue) + release;
    }
    case 'event':
    case 'semaphore':
    case 'condition':
    case 'barrier':
    case 'result':
    case 'poll':
    case 'other': {
      const wakers = listWords(
        on.wakers.map((tid) => nameOf(telling, tid)),
        lang,
      );
      const who = wakers === '' ? '' : t('say.blocked.wakers', { wakers });
      return sayHow(telling, on) + who + sayAfter(telling, on);
    }
    case 'pipe':
      return sayEnds(telling, on) + placeIn(telling, on.queue);
    case 'sleep':
    case 'io':
    case 'input':
    case 'join':
      return '';
  }
}

/** Which processes hold the other end of the pipe open. */
function sayEnds({ t, lang, machine }: Telling, { is, ends }: Extract<BlockedOn, { kind: 'pipe' }>): string {
  if (ends.length === 0) return '';
  const processes = listWords(
    ends.map((pid) => machine.threads.find((thread) => thread.pid === pid)?.shortName ?? String(pid)),
    lang,
  );
  return t(is === 'empty' ? 'say.blocked.writers' : 'say.blocked.readers', { processes });
}

/** What will wake it, and whether others are woken before it. */
function sayHow(
  telling: Telling,
  on: Extract<BlockedOn, { kind: 'event' | 'semaphore' | 'condition' | 'barrier' | 'result' | 'poll' | 'other' }>,
): string {
  const { t } = telling;
  switch (on.kind) {
    case 'event':
      return t('say.blocked.set');
    case 'semaphore':
      return placeIn(telling, on.queue) + t('say.blocked.releases');
    case 'condition':
      return placeIn(telling, on.queue) + t('say.blocked.notifies');
    case 'barrier':
      return t('say.blocked.arrives');
    case 'other':
      return placeIn(telling, on.queue);
    case 'result':
    case 'poll':
      return '';
  }
}

/** What it must do when it is woken, before it can go on. */
function sayAfter({ t, machine }: Telling, on: BlockedOn): string {
  if (on.kind !== 'condition' || on.lock === null) return '';
  return t('say.blocked.relock', { lock: waitedForWords(t, machine, on.lock) });
}

function placeIn({ t, lang }: Telling, queue: { readonly place: number; readonly of: number }): string {
  return queue.of < 2 ? '' : t('say.blocked.place', { place: placeWords(queue.place, lang) });
}

/** "P1 waits for lock “b”, held by P2; P2 waits for lock “a”, held by P1". */
function cycleWords(telling: Telling, { threads, objects }: WaitCycle): string {
  const { t, machine, lang } = telling;
  const links = threads.map((tid, i) => {
    const holder = threads[(i + 1) % threads.length] ?? tid;
    const values = { name: nameOf(telling, tid), holder: nameOf(telling, holder) };
    const joins = threadIn(machine, holder)?.object === objects[i];
    return joins
      ? t('outcome.deadlock.join', values)
      : t('outcome.deadlock.link', { ...values, object: waitedForWords(t, machine, objects[i] ?? null) });
  });
  return links.join(lang === 'zh' ? '；' : '; ');
}
