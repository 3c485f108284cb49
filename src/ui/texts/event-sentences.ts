import { ObjectKind } from '../../abi/objects.ts';
import { BlockReason, InputKind, PreemptCause, ReadyCause, RunEnd, STOPPED, VariableChange } from '../../abi/record.ts';
import { ThreadKind } from '../../abi/slot.ts';
import type { Description } from '../../replay/describe.ts';
import type { LogEvent, ObjectView, ThreadView } from '../../replay/model.ts';
import type { Language } from '../state/lab.ts';
import { endCauseKey, MAIN_PROCESS, objectWords, partWords } from './machine-words.ts';
import { sayCall, sayObjectEvent } from './object-sentences.ts';
import { instantWords } from './time-words.ts';
import { translator, type TextKey, type Translate, type TextValues } from './translate.ts';

/** What one record says, in one sentence. */
export function sayEvent(description: Description, lang: Language): string {
  const t = translator(lang);
  const { event, after } = description;
  const values: TextValues = {
    name: nameOf(t, after),
    by: nameOf(t, description.by),
    object: objectOf(t, description),
  };
  return (
    sayChange(t, event, values, description) ??
    sayCall(t, event, values) ??
    sayObjectEvent(t, lang, event, values, description) ??
    sayRest(t, event, values)
  );
}

function nameOf(t: Translate, thread: ThreadView | null): string {
  return thread?.shortName ?? t('say.someone');
}

/** A thread waits at a pipe. */
const PIPES: ReadonlySet<BlockReason | null> = new Set([BlockReason.PIPE_EMPTY, BlockReason.PIPE_FULL]);

function objectOf(t: Translate, description: Description): string {
  const { event, object, whole, target } = description;
  if (object !== null) return event.kind === 'part' ? objectWords(t, object) : partWords(t, object, whole);
  // A wait within a process is logged with the row of the process.
  const isOwn = target !== null && target.pid === event.pid && target.kind === ThreadKind.PROCESS;
  if (isOwn && reasonOf(description) === BlockReason.OTHER) return t('object.inside');
  // CPython's library keeps pipes of its own, which are in no view: a process's end is seen by one.
  const isPipe = event.kind === 'pipe-end' || PIPES.has(reasonOf(description));
  return target?.shortName ?? t(isPipe ? 'object.libraryPipe' : 'object.other');
}

/** Why the thread is Blocked by this record, or was when it came. */
function reasonOf({ event, before }: Description): BlockReason | null {
  return event.kind === 'blocked' ? event.reason : (before?.blocked?.reason ?? null);
}

/** Records after which a thread is in another state, or will be. */
function sayChange(t: Translate, event: LogEvent, values: TextValues, description: Description): string | null {
  const { by, after } = description;
  // What a join waits for is a thread, and its end is what wakes.
  const { object, target } = description;
  const isJoin = object === null && target !== null && reasonOf(description) !== BlockReason.OTHER;
  switch (event.kind) {
    case 'created': {
      if (event.parent === null) {
        return t(event.name === MAIN_PROCESS ? 'say.event.created.first' : 'say.event.created.plain', values);
      }
      const key = event.thread === 0 ? 'say.event.created.process' : 'say.event.created.thread';
      return t(key, { ...values, parent: nameOf(t, by), pid: event.newPid });
    }
    case 'ready':
      if (isJoin && event.cause === ReadyCause.WOKEN) return t('say.event.ready.joined', values);
      return t(readyKey(event.cause, event.by !== null), values);
    case 'dispatched':
      if (description.live) return t('say.event.dispatched.live', values);
      return event.quantum === null
        ? t('say.event.dispatched', { ...values, cpu: event.cpu })
        : t('say.event.dispatched.quantum', { ...values, cpu: event.cpu, count: event.quantum });
    case 'preempted':
      return t(PREEMPTED[event.cause] ?? 'say.event.preempted.quantum', values);
    case 'blocked':
      return t(blockedKey(event.reason, description.whole), {
        ...values,
        until: instantWords(t, description.live, event.until ?? 0),
      });
    case 'woken':
      return t(wokenKey(description.live, event.by === null, isJoin), values);
    case 'terminated': {
      const { code, message } = event;
      const said = { ...values, name: nameOf(t, after), cause: t(endCauseKey(event.cause), { code }), code, message };
      const isProcess = after === null || after.kind === ThreadKind.PROCESS;
      const sentence = t(isProcess ? 'say.event.terminated' : 'say.event.terminated.thread', said);
      return message === '' ? sentence : t('say.event.terminated.message', { sentence, message });
    }
    default:
      return null;
  }
}

const READY: Readonly<Record<ReadyCause, TextKey>> = {
  [ReadyCause.CREATED]: 'say.event.ready.created',
  [ReadyCause.WOKEN]: 'say.event.ready.woken',
  [ReadyCause.TIMER]: 'say.event.ready.timer',
  [ReadyCause.IO]: 'say.event.ready.io',
  [ReadyCause.TIMED_OUT]: 'say.event.ready.timedOut',
  [ReadyCause.ARRIVED]: 'say.event.ready.arrived',
};

function readyKey(cause: ReadyCause, byThread: boolean): TextKey {
  if (cause === ReadyCause.WOKEN && !byThread) return 'say.event.ready.wokenPlain';
  return READY[cause] ?? 'say.event.ready.wokenPlain';
}

/** `fromOutside`: by an input. Whom the clock wakes becomes Ready without being woken first; a live run has no inputs. */
function wokenKey(live: boolean, fromOutside: boolean, isJoin: boolean): TextKey {
  if (fromOutside) return 'say.event.woken.outside';
  if (isJoin) return live ? 'say.event.woken.joined.live' : 'say.event.woken.joined';
  return live ? 'say.event.woken.live' : 'say.event.woken';
}

const PREEMPTED: Readonly<Record<PreemptCause, TextKey>> = {
  [PreemptCause.QUANTUM]: 'say.event.preempted.quantum',
  [PreemptCause.PRIORITY]: 'say.event.preempted.priority',
  [PreemptCause.SHORTER]: 'say.event.preempted.shorter',
  [PreemptCause.PICK]: 'say.event.preempted.pick',
  [PreemptCause.DEMOTED]: 'say.event.preempted.demoted',
  [PreemptCause.RANDOM]: 'say.event.preempted.random',
};

const BLOCKED: Readonly<Record<BlockReason, TextKey>> = {
  [BlockReason.SLEEP]: 'say.event.blocked.sleep',
  [BlockReason.IO]: 'say.event.blocked.io',
  [BlockReason.LOCK]: 'say.event.blocked.lock',
  [BlockReason.EVENT]: 'say.event.blocked.event',
  [BlockReason.JOIN]: 'say.event.blocked.join',
  [BlockReason.OTHER]: 'say.event.blocked.other',
  [BlockReason.SEMAPHORE]: 'say.event.blocked.semaphore',
  [BlockReason.CONDITION]: 'say.event.blocked.condition',
  [BlockReason.BARRIER]: 'say.event.blocked.barrier',
  [BlockReason.PIPE_EMPTY]: 'say.event.blocked.pipeEmpty',
  [BlockReason.PIPE_FULL]: 'say.event.blocked.pipeFull',
  [BlockReason.RESULT]: 'say.event.blocked.result',
  [BlockReason.POLL]: 'say.event.blocked.poll',
  [BlockReason.INPUT]: 'say.event.blocked.input',
};

/** In a manager one waits for an answer; its server waits for requests. */
function blockedKey(reason: BlockReason, whole: ObjectView | null): TextKey {
  if (whole?.kind === ObjectKind.MANAGER && reason === BlockReason.PIPE_EMPTY) return 'say.event.blocked.answer';
  if (whole?.kind === ObjectKind.MANAGER && reason === BlockReason.POLL) return 'say.event.blocked.requests';
  return BLOCKED[reason] ?? 'say.event.blocked.other';
}

const INPUTS: Readonly<Record<number, TextKey>> = {
  [InputKind.PICK]: 'say.event.input.pick',
  [InputKind.KILL]: 'say.event.input.kill',
  [InputKind.POOL]: 'say.event.input.pool',
};

const ENDS: Readonly<Record<RunEnd, TextKey>> = {
  [RunEnd.FINISHED]: 'say.event.end.finished',
  [RunEnd.DEADLOCK]: 'say.event.end.deadlock',
  [RunEnd.FAILED]: 'say.event.end.failed',
  [RunEnd.LIMIT]: 'say.event.end.limit',
};

/** What CPython calls the text of a program, where it has no function. */
const MODULE = '<module>';

function frameKey(entered: boolean, name: string): TextKey {
  if (entered) return name === MODULE ? 'say.event.frame.module' : 'say.event.frame.entered';
  if (name === '') return 'say.event.frame.left.unknown';
  return name === MODULE ? 'say.event.frame.left.module' : 'say.event.frame.left';
}

const VARIABLES: Readonly<Record<VariableChange, TextKey>> = {
  [VariableChange.LOCAL]: 'say.event.variable.local',
  [VariableChange.GLOBAL]: 'say.event.variable.global',
  [VariableChange.LOCAL_GONE]: 'say.event.variable.localGone',
  [VariableChange.GLOBAL_GONE]: 'say.event.variable.globalGone',
};

function variableKey(change: VariableChange): TextKey {
  return VARIABLES[change] ?? 'say.event.variable.local';
}

/** Records that change no thread's state and concern no object. */
function sayRest(t: Translate, event: LogEvent, values: TextValues): string {
  switch (event.kind) {
    case 'line':
      if (event.instruction !== undefined) {
        return t('say.event.line.instruction', { ...values, line: event.line, instruction: event.instruction });
      }
      // What the library does by itself, in a server or a pool, is at no line of the program.
      return t(event.line > 0 ? 'say.event.line' : 'say.event.line.library', { ...values, line: event.line });
    case 'print':
      return t('say.event.print', { ...values, text: event.text.trim() });
    case 'frame':
      return t(frameKey(event.entered, event.name), { ...values, function: event.name });
    case 'variable':
      return t(variableKey(event.change), { ...values, variable: event.name, value: event.value ?? '' });
    case 'pick': {
      const pick = { ...values, cpu: event.cpu, count: event.candidates };
      return t(event.byUser ? 'say.event.pick.user' : 'say.event.pick', pick);
    }
    case 'input':
      if (event.text === undefined) return t(INPUTS[event.input] ?? 'say.event.input.pick', { a: event.a });
      return event.text === '' ? t('say.event.input.eof') : t('say.event.input.line', { text: event.text.trimEnd() });
    case 'boost':
      return t('say.event.boost');
    case 'end':
      if (event.end === RunEnd.FINISHED && event.message === STOPPED) return t('say.event.end.stopped');
      return t(ENDS[event.end] ?? 'say.event.end.finished', { message: event.message });
    default:
      return '';
  }
}
