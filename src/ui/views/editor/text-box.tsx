import { redo, undo } from '@codemirror/commands';
import { Compartment } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type ReactElement, type Ref } from 'react';
import type { ThreadView } from '../../../replay/model.ts';
import { pythonBox } from './extensions.ts';
import { lineMarks, setLineMarks, type LineMarks } from './line-marks.ts';
import tokens from '../listing/tokens.module.css';
import classes from './editor.module.css';

/** What buttons outside of the box can do in it. */
export interface TextBoxHandle {
  undo(): void;
  redo(): void;
}

interface TextBoxProps {
  readonly text: string;
  /** Name of the box. */
  readonly label: string;
  readonly marks: LineMarks;
  /** The line to keep in view; null = none. */
  readonly focus: number | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onSelect: (thread: ThreadView) => void;
  readonly ref: Ref<TextBoxHandle>;
}

/** CodeMirror in React. It holds the text itself; one that comes from outside replaces it, and can be undone. */
export function TextBox({ text, label, marks, focus, ref, ...calls }: TextBoxProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(calls);
  const name = useRef(new Compartment());

  useEffect(() => {
    latest.current = calls;
  });

  useEffect(() => {
    if (box.current === null) return;
    const editor = new EditorView({
      parent: box.current,
      extensions: [
        lineMarks((thread) => latest.current.onSelect(thread)),
        pythonBox(() => latest.current.onRun()),
        name.current.of([]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const named = EditorView.contentAttributes.of({ 'aria-label': label });
    view.current?.dispatch({ effects: name.current.reconfigure(named) });
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    const wanted = text.replace(/\r\n?/g, '\n');
    if (editor === null || editor.state.doc.toString() === wanted) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: wanted } });
  }, [text]);

  useEffect(() => {
    view.current?.dispatch({ effects: setLineMarks.of(marks) });
  }, [marks, text]);

  useEffect(() => {
    const editor = view.current;
    // Whoever writes must not lose the place.
    if (editor === null || focus === null || focus > editor.state.doc.lines || editor.hasFocus) return;
    editor.dispatch({ effects: EditorView.scrollIntoView(editor.state.doc.line(focus).from, { yMargin: 60 }) });
  }, [focus]);

  useImperativeHandle(ref, () => ({
    undo: () => void (view.current !== null && undo(view.current)),
    redo: () => void (view.current !== null && redo(view.current)),
  }));

  return <div ref={box} className={`${classes.box} ${tokens.tokens}`} data-testid="editor" />;
}
