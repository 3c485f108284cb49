/** Texts about the Python engine and the reader's own program. As in `en.ts`; `zh-python.ts` has the same keys. */
export const enPython = {
  'python.loading': 'Loading Python: {{loaded, number}} of {{total, number}} MB',
  'python.loadingSome': 'Loading Python: {{loaded, number}} MB',
  'python.preparing': 'Python is getting ready …',
  'python.cancel': 'Cancel',
  'python.cancelled': 'Python was not loaded. Choose it again to load it.',
  'python.failed':
    'Python could not be loaded: {{message}}. Check the connection and choose Python again; the TypeScript programs run without it.',
  'python.noJspi':
    'This browser cannot switch between the threads of a Python process (it has no JavaScript Promise Integration): processes with one thread work, starting a second raises RuntimeError. Chrome and Edge from 137 on can do it.',
  'link.pyLive': 'mode: in this version Python programs run stepped, not live.',

  // The editor
  'editor.label': 'Your program, Python. Tab indents; Escape and then Tab leaves the box.',
  'editor.tools': 'Your program',
  'editor.examples': 'Examples',
  'editor.undo': 'Undo',
  'editor.redo': 'Redo',
  'editor.reset': 'Back to the program as it was opened',
  'editor.unrun': 'not run yet',
  'editor.edited': 'edited since it ran',
} as const;
