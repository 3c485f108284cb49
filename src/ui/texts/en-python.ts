/** Texts about the Python engine and the reader's own program. As in `en.ts`; `zh-python.ts` has the same keys. */
export const enPython = {
  'python.loading': 'Loading Python: {{loaded, number}} of {{total, number}} MB',
  'python.loadingSome': 'Loading Python: {{loaded, number}} MB',
  'python.preparing': 'Python is getting ready …',
  'python.cancel': 'Cancel',
  'python.cancelled': 'Python was not loaded. Choose it again to load it.',
  'python.cancelled.only': 'Python was not loaded. Press Play to load it.',
  'python.failed.only':
    'Python could not be loaded: {{message}}. Check the connection and press Play; lessons with a TypeScript program run without it.',
  'python.failed':
    'Python could not be loaded: {{message}}. Check the connection and choose Python again; the TypeScript programs run without it.',
  'python.noJspi':
    'This browser cannot switch between the threads of a Python process (it has no JavaScript Promise Integration): processes with one thread work, starting a second raises RuntimeError. Chrome and Edge from 137 on can do it, and so can Firefox 153.',

  'say.Ready.interpreter':
    '{{name}} has been Ready since {{tick}} ({{cause}}): it could run but for the interpreter lock of its process, the GIL, which {{holder}} holds. Of the threads of a Python process only one runs at a time.',

  'why.unrun': 'Nothing has run yet: start the program.',
  'lesson.otherProgram':
    'Times in the text are those of the TypeScript program. Its links lead to what the Python program does.',

  // Input
  'reason.input': 'input',
  'outcome.input': 'Waits for input',
  'outcome.input.long': '{{names}} waits for a line of input: type it below the output, and the run goes on.',
  'say.blocked.input': '{{name}} has been Blocked{{at}}: it waits for a line that somebody types',
  'say.event.blocked.input': '{{name}}: Running → Blocked. It waits for a line of input.',
  'say.event.input.line': 'From outside: “{{text}}” was typed.',
  'say.event.input.eof': 'From outside: the end of the input (Ctrl+D).',
  'input.label': 'Input for the program',
  'input.waits': '{{names}} waits for a line',
  'input.ahead': 'Nobody waits for a line; one that is typed now is kept until it is read.',
  'input.enter': 'Enter',
  'input.go': 'Type it',
  'input.eof': 'End of input',
  'input.eof.about': 'The program finds the end of its input, as after Ctrl+D in a terminal: input() raises EOFError.',
  'diagram.runNextInstead': 'Run {{name}} next: {{holder}} gives up its CPU and the GIL',
  'input.typed': 'typed before tick {{tick, number}}',
  'input.typed.live': 'typed {{tick}}',
  'notice.languageFailed':
    'The texts of the other language could not be loaded: {{message}}. Check the connection and try again.',
  'notice.linkFailed': 'The link could not be followed: {{message}}. Check the connection and try again.',
  'notice.lineRefused': 'The line could not be typed: {{message}}.',
  'automation.line': 'typeLine takes one line without its end; call it once for each.',
  'notice.lineTooLong':
    'A line can have at most {{max, number}} bytes, and this one has {{length, number}}: a terminal takes no more.',

  // Variables
  'tab.variables': 'Variables',
  'variables.locals': 'Locals of {{name}}()',
  'variables.locals.caller': 'Locals of {{name}}(), which called it',
  'variables.globals': 'Globals of the process',
  'variables.none': 'none yet',
  'variables.changed': 'changed by the last step',
  'variables.select': 'Select a thread to see its variables.',
  'variables.empty': 'No variable has a value yet.',
  'variables.onlyPython': 'Values of variables are shown for Python programs: choose Python above the program.',

  // Steps and library threads
  'scheduler.stepBy': 'Step by',
  'scheduler.stepBy.line': 'line',
  'scheduler.stepBy.bytecode': 'bytecode',
  'scheduler.stepBy.line.about': 'A step is a statement: between two lines another thread may run.',
  'scheduler.stepBy.bytecode.about':
    'A step is an instruction of CPython: another thread may run in the middle of a line, as it may in reality.',
  'disabled.liveSteps': 'A live run has no steps: it goes on by itself.',
  'scheduler.library': 'Show library threads',
  'scheduler.library.about':
    'Threads that CPython’s library starts for itself, such as the feeder of a queue and the handlers of a pool.',
  'diagram.folded': '+{{count, number}} of the library',
  'diagram.libraryThread': '{{name}} (library)',
  'timeline.library': 'Library',
  'timeline.library.about': 'Library threads',
  'say.event.line.instruction': '{{name}} executes {{instruction}}, in line {{line}}.',
  'say.event.frame.module': '{{name}} begins with the text of the program.',
  'say.event.frame.entered': '{{name}} enters {{function}}().',
  'say.event.frame.left': '{{name}} leaves {{function}}().',
  'say.event.frame.left.module': '{{name}} comes to the end of the text of the program.',
  'say.event.frame.left.unknown': '{{name}} leaves the function or module that it was in.',
  'say.event.variable.local': '{{name}}: the local variable {{variable}} is now {{value}}.',
  'say.event.variable.global': '{{name}}: the global variable {{variable}} is now {{value}}.',
  'say.event.variable.localGone': '{{name}}: the local variable {{variable}} is gone.',
  'say.event.variable.globalGone': '{{name}}: the global variable {{variable}} is gone.',
  'object.libraryPipe': 'a pipe of the library',
  'object.inside': 'something inside CPython',

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
