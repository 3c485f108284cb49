import {
  RangeSet,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
} from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, WidgetType, type DecorationSet } from '@codemirror/view';
import type { Tid } from '../../../base/ids.ts';
import type { ThreadView } from '../../../replay/model.ts';
import { leaderOf, marksShown } from '../listing/listing-marks.ts';
import { threadLook } from '../palette/thread-look.ts';
import { MOST_NAMED, type NamedFault } from '../listing/tracebacks.ts';

/** What is marked in the text; empty while the text is not what has run. */
export interface LineMarks {
  readonly threads: ReadonlyMap<number, readonly ThreadView[]>;
  readonly faults: readonly NamedFault[];
  /** What the thread in front executes at these lines, where each instruction is a step. */
  readonly instructions: ReadonlyMap<number, string>;
}

export const setLineMarks = StateEffect.define<LineMarks>();

export const NOTHING: LineMarks = { threads: new Map(), faults: [], instructions: new Map() };

/** Threads beside their lines, faults below theirs. `select`: a thread was clicked. */
export function lineMarks(select: (thread: ThreadView) => void): Extension {
  return [
    MARKS,
    gutter({
      class: 'cm-threads',
      markers: (view) => view.state.field(MARKS).gutter,
      initialSpacer: () => new ThreadsMarker([], true),
      domEventHandlers: {
        mousedown(view, line, event) {
          const { target } = event;
          const tid = target instanceof HTMLElement ? Number(target.dataset['tid']) : Number.NaN;
          const here = view.state.field(MARKS).marks.threads.get(view.state.doc.lineAt(line.from).number);
          const thread = here?.find((one) => one.tid === tid);
          if (thread === undefined) return false;
          select(thread);
          return true;
        },
      },
    }),
    EditorView.decorations.from(MARKS, ({ decorations }) => decorations),
  ];
}

interface Shown {
  readonly marks: LineMarks;
  readonly gutter: RangeSet<GutterMarker>;
  readonly decorations: DecorationSet;
}

const MARKS = StateField.define<Shown>({
  create: () => ({ marks: NOTHING, gutter: RangeSet.empty, decorations: Decoration.none }),
  update(shown, transaction) {
    const effect = transaction.effects.findLast((one) => one.is(setLineMarks));
    if (effect !== undefined) return drawn(transaction.state, effect.value as LineMarks);
    if (!transaction.docChanged) return shown;
    // Until somebody says what holds for the new text, nothing does.
    return { marks: NOTHING, gutter: RangeSet.empty, decorations: Decoration.none };
  },
});

function drawn({ doc }: EditorState, marks: LineMarks): Shown {
  const gutterMarks = new RangeSetBuilder<GutterMarker>();
  const decorations = new RangeSetBuilder<Decoration>();
  const faults = Map.groupBy(marks.faults, ({ line }) => line);
  const lines = [...new Set([...marks.threads.keys(), ...faults.keys()])].toSorted((one, other) => one - other);
  for (const number of lines) {
    if (number < 1 || number > doc.lines) continue;
    const line = doc.line(number);
    const threads = marks.threads.get(number) ?? [];
    const failed = faults.get(number) ?? [];
    const leader = leaderOf(threads);
    if (threads.length > 0) gutterMarks.add(line.from, line.from, new ThreadsMarker(threads));
    if (leader !== undefined || failed.length > 0) {
      decorations.add(line.from, line.from, lineLook(leader, failed.length > 0));
    }
    const instruction = marks.instructions.get(number);
    if (instruction !== undefined) {
      decorations.add(line.to, line.to, Decoration.widget({ widget: new InstructionWidget(instruction), side: 1 }));
    }
    if (failed.length > 0) {
      const widget = new FaultWidget(failed);
      decorations.add(line.to, line.to, Decoration.widget({ widget, side: 2, block: true }));
    }
  }
  return { marks, gutter: gutterMarks.finish(), decorations: decorations.finish() };
}

function lineLook(leader: ThreadView | undefined, hasFailed: boolean): Decoration {
  return Decoration.line({
    class: [leader === undefined ? '' : 'cm-marked', hasFailed ? 'cm-fault' : ''].join(' ').trim(),
    ...(leader === undefined ? {} : { attributes: { style: `--mark: ${threadLook(leader.tid).color}` } }),
  });
}

class ThreadsMarker extends GutterMarker {
  readonly #threads: readonly ThreadView[];
  readonly #isSpacer: boolean;

  constructor(threads: readonly ThreadView[], isSpacer = false) {
    super();
    this.#threads = threads;
    this.#isSpacer = isSpacer;
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof ThreadsMarker && other.#key === this.#key;
  }

  get #key(): string {
    return this.#threads.map(({ tid, state, shortName }) => `${tid} ${state} ${shortName}`).join();
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('span');
    box.className = 'cm-thread-marks';
    if (this.#isSpacer) return box;
    const count = marksShown(this.#threads.map(({ shortName }) => shortName));
    const shown = count < this.#threads.length ? this.#threads.slice(0, 1) : this.#threads;
    for (const thread of shown) {
      const look = threadLook(thread.tid);
      const mark = box.appendChild(document.createElement('span'));
      mark.className = 'cm-thread-mark';
      mark.dataset['tid'] = String(thread.tid);
      mark.dataset['state'] = thread.state;
      mark.style.setProperty('--mark', look.color);
      mark.style.setProperty('--mark-ink', look.ink);
      mark.textContent = thread.shortName;
    }
    if (shown.length < this.#threads.length) box.append(`+${this.#threads.length - shown.length}`);
    return box;
  }
}

class InstructionWidget extends WidgetType {
  readonly #instruction: string;

  constructor(instruction: string) {
    super();
    this.#instruction = instruction;
  }

  override eq(other: InstructionWidget): boolean {
    return other.#instruction === this.#instruction;
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('span');
    box.className = 'cm-instruction';
    box.textContent = this.#instruction;
    return box;
  }
}

/** What went wrong at a line: each message once, with the threads in which it did. */
class FaultWidget extends WidgetType {
  readonly #faults: readonly NamedFault[];

  constructor(faults: readonly NamedFault[]) {
    super();
    this.#faults = faults;
  }

  get #key(): string {
    return JSON.stringify(this.#faults.map(({ tid, name, message }) => [tid, name, message]));
  }

  override eq(other: FaultWidget): boolean {
    return other.#key === this.#key;
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('div');
    box.className = 'cm-faults';
    for (const [message, faults] of Map.groupBy(this.#faults, (fault) => fault.message)) {
      const row = box.appendChild(document.createElement('div'));
      row.className = 'cm-fault-row';
      for (const { tid, name } of faults.slice(0, MOST_NAMED)) row.append(nameOf(tid, name));
      if (faults.length > MOST_NAMED) row.append(`+${faults.length - MOST_NAMED} `);
      const said = row.appendChild(document.createElement('span'));
      said.className = 'cm-fault-message';
      said.textContent = message;
    }
    return box;
  }
}

function nameOf(tid: number, name: string): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'cm-fault-name';
  mark.style.setProperty('--mark', threadLook(tid as Tid).color);
  mark.textContent = name;
  return mark;
}
