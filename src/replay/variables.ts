import { asTid, type Pid, type Tid } from '../base/ids.ts';
import { Kind, VariableChange } from '../abi/record.ts';
import { IntList } from './int-list.ts';
import { LogIndex } from './log-index.ts';
import type { Write } from './model.ts';

/** A variable, as the program calls it. */
export interface Variable {
  readonly name: string;
  /** As `repr` would say it, shortened. */
  readonly value: string;
  /** The thread's last step has given it this value. */
  readonly changed: boolean;
}

/** A global variable, with its last write. */
export interface GlobalVariable {
  readonly name: string;
  readonly text: string;
  readonly write: Write;
}

/** A function that a thread is in. */
export interface FrameVariables {
  /** `<module>`: the program's top level, whose variables are the globals. */
  readonly name: string;
  readonly variables: readonly Variable[];
}

/** What a thread sees. */
export interface ThreadVariables {
  /** Outermost first. */
  readonly frames: readonly FrameVariables[];
  readonly globals: readonly Variable[];
}

/** `name=value` of a VARIABLE record; null: only a name. */
export function splitVariable(text: string): readonly [name: string, value: string | null] {
  const at = text.indexOf('=');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

interface Held {
  readonly value: string;
  readonly record: number;
}
type Scope = Map<string, Held>;
interface Frame {
  readonly name: string;
  readonly scope: Scope;
}

/** Records of a thread, or of a process, between two checkpoints: a question folds fewer than this. */
const SPACING = 256;

/**
 * Records of one kind of state in order, and that state after every 256 of them: what holds at a cursor is the checkpoint before it with
 * the few records since applied.
 */
class Timeline<S> {
  readonly #records = new IntList(16);
  readonly #checkpoints: S[];
  readonly #copy: (state: S) => S;
  readonly #apply: (state: S, n: number) => void;
  readonly #head: S;

  constructor(empty: S, copy: (state: S) => S, apply: (state: S, n: number) => void) {
    this.#head = empty;
    this.#copy = copy;
    this.#apply = apply;
    this.#checkpoints = [copy(empty)];
  }

  push(n: number): void {
    this.#records.push(n);
    this.#apply(this.#head, n);
    if (this.#records.length % SPACING === 0) this.#checkpoints.push(this.#copy(this.#head));
  }

  at(cursor: number): S {
    const count = this.#records.countBelow(cursor);
    const checkpoint = Math.floor(count / SPACING);
    const state = this.#copy(this.#checkpoints[checkpoint] as S);
    for (let i = checkpoint * SPACING; i < count; i += 1) this.#apply(state, this.#records.at(i));
    return state;
  }
}

/** What the variables of a Python program hold, after any number of records. */
export class Variables extends LogIndex {
  readonly #frames = new Map<number, Timeline<Frame[]>>();
  readonly #globals = new Map<number, Timeline<Scope>>();
  readonly #steps = new Map<number, IntList>();
  readonly #pids = new Map<number, number>();

  /** What this thread sees after the first `record` records; null = nothing was logged of it. */
  of(tid: Tid, record: number): ThreadVariables | null {
    const frames = this.#frames.get(tid)?.at(record) ?? [];
    const globals = this.#globals.get(this.#pids.get(tid) ?? 0)?.at(record) ?? new Map<string, Held>();
    if (frames.length === 0 && globals.size === 0) return null;
    const steps = this.#steps.get(tid);
    const taken = steps?.countBelow(record) ?? 0;
    const since = steps === undefined || taken === 0 ? record : steps.at(taken - 1);
    const list = (scope: Scope): Variable[] =>
      Array.from(scope, ([name, held]) => ({ name, value: held.value, changed: held.record > since }));
    return { frames: frames.map(({ name, scope }) => ({ name, variables: list(scope) })), globals: list(globals) };
  }

  /** The globals of a process after the first `record` records, in the order in which they came. */
  globalsOf(pid: Pid, record: number): GlobalVariable[] {
    const globals = this.#globals.get(pid)?.at(record) ?? new Map<string, Held>();
    return Array.from(globals, ([name, held]) => ({
      name,
      text: held.value,
      write: { record: held.record, by: asTid(this.log.tid(held.record)) },
    }));
  }

  protected override restart(): void {
    for (const map of [this.#frames, this.#globals, this.#steps, this.#pids]) map.clear();
  }

  protected override read(from: number, to: number): void {
    const { log } = this;
    for (let n = from; n < to; n += 1) {
      const tid = log.tid(n);
      switch (log.kind(n)) {
        case Kind.CREATED:
          this.#pids.set(tid, log.a(n));
          break;
        case Kind.LINE:
          this.#stepsOf(tid).push(n);
          break;
        case Kind.FRAME:
          this.#framesOf(tid).push(n);
          break;
        case Kind.VARIABLE:
          if (isGlobal(log.aux(n))) this.#globalsOf(this.#pids.get(tid) ?? 0).push(n);
          else this.#framesOf(tid).push(n);
          break;
        default:
      }
    }
  }

  #stepsOf(tid: number): IntList {
    const known = this.#steps.get(tid);
    if (known !== undefined) return known;
    const steps = new IntList();
    this.#steps.set(tid, steps);
    return steps;
  }

  #framesOf(tid: number): Timeline<Frame[]> {
    const known = this.#frames.get(tid);
    if (known !== undefined) return known;
    const copy = (frames: Frame[]): Frame[] => frames.map(({ name, scope }) => ({ name, scope: new Map(scope) }));
    const timeline = new Timeline<Frame[]>([], copy, (frames, n) => this.#applyFrame(frames, n));
    this.#frames.set(tid, timeline);
    return timeline;
  }

  #globalsOf(pid: number): Timeline<Scope> {
    const known = this.#globals.get(pid);
    if (known !== undefined) return known;
    const timeline = new Timeline<Scope>(
      new Map(),
      (scope) => new Map(scope),
      (scope, n) => this.#applyVariable(scope, n),
    );
    this.#globals.set(pid, timeline);
    return timeline;
  }

  #applyFrame(frames: Frame[], n: number): void {
    const { log } = this;
    const depth = log.b(n);
    if (log.kind(n) === Kind.VARIABLE) {
      const frame = frames[depth];
      if (frame !== undefined) this.#applyVariable(frame.scope, n);
      return;
    }
    frames.length = Math.min(frames.length, depth);
    if (log.aux(n) === 1) frames.push({ name: log.text(log.a(n)), scope: new Map() });
  }

  #applyVariable(scope: Scope, n: number): void {
    const [name, value] = splitVariable(this.log.text(this.log.a(n)));
    if (value === null) scope.delete(name);
    else scope.set(name, { value, record: n });
  }
}

function isGlobal(change: number): boolean {
  return change === VariableChange.GLOBAL || change === VariableChange.GLOBAL_GONE;
}
