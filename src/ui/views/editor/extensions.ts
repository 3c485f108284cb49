import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';

/** A text box for Python, as it looks in the listings of the lessons. Its colours are custom properties, so they follow the theme. */
export function pythonBox(run: () => void): Extension {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    indentOnInput(),
    bracketMatching(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    pythonLanguage,
    syntaxHighlighting(classHighlighter),
    keymap.of([
      {
        key: 'Mod-Enter',
        run: () => {
          run();
          return true;
        },
      },
      indentWithTab,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    LOOK,
  ];
}

const LOOK = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '12px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '20px' },
  '.cm-content': { padding: '8px 0 24px', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
  '.cm-gutters': { color: 'var(--text-dim)', backgroundColor: 'var(--surface)', border: 'none' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 2px', fontVariantNumeric: 'tabular-nums' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--line-strong)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--danger-soft)' },
  '.cm-marked': {
    backgroundColor: 'color-mix(in srgb, var(--mark) 11%, transparent)',
    boxShadow: 'inset 3px 0 0 var(--mark)',
  },
  '.cm-fault': { textDecoration: 'underline wavy var(--danger) 1px', textUnderlineOffset: '3px' },
  '.cm-faults': { backgroundColor: 'var(--danger-soft)' },
  '.cm-fault-row': { padding: '0 8px 0 6px', whiteSpace: 'pre-wrap' },
  '.cm-fault-message': { color: 'var(--danger)', fontFamily: 'var(--mantine-font-family-monospace)' },
  '.cm-fault-name': {
    marginRight: '6px',
    padding: '0 4px',
    border: '1.5px solid var(--mark)',
    borderRadius: '8px',
    font: '600 10.5px/13px var(--mantine-font-family)',
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
  },
  '.cm-instruction': {
    marginLeft: '14px',
    padding: '1px 6px',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
    fontSize: '10.5px',
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
  },
  '.cm-threads': { minWidth: '44px' },
  '.cm-thread-marks': { display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: '2px', height: '20px' },
  '.cm-thread-mark': {
    padding: '0 4px',
    border: '1.5px solid var(--mark)',
    borderRadius: '8px',
    font: '600 10.5px/13px var(--mantine-font-family)',
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
    cursor: 'pointer',
  },
  '.cm-thread-mark[data-state="Running"]': { color: 'var(--mark-ink)', backgroundColor: 'var(--mark)' },
  '.cm-thread-mark[data-state="Blocked"]': { borderStyle: 'dashed' },
});
