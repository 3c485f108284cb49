/** Texts about live runs, saved runs and series of runs. As in `en.ts`; `zh-runs.ts` has the same keys. */
export const enRuns = {
  // Time
  'time.tick': 'tick {{tick, number}}',
  'time.at': '{{ms, number}} ms',
  'time.ms': '{{ms, number}} ms',
  'time.us': '{{us, number}} µs',
  'time.s': '{{s, number}} s',

  // Live mode
  'control.run': 'Run',
  'control.stop': 'Stop',
  'control.eventOf': 'event {{step, number}} / {{steps, number}}',
  'control.event.next': 'One event on',
  'control.event.back': 'One event back',
  'control.running': 'Running live: {{count, number}} events so far',
  'control.speed.events_one': '{{count}} event a second',
  'control.speed.events_other': '{{count, number}} events a second',
  'outcome.finished.live': 'Finished: every process has terminated, after {{ms, number}} ms.',
  'outcome.stopped.live': 'Stopped by you after {{ms, number}} ms; whatever still ran was ended.',
  'outcome.limit.over':
    'The run has reached its limit ({{message}}) and was ended: a live run cannot go on from there. Run it again with less to do.',
  'scheduler.mode.stepped.about':
    'The kernel orders every step: the same link gives the same run, and it can be rewound.',
  'scheduler.mode.live.about':
    'Processes really run in parallel, on the real clock; the operating system decides. A live run cannot be executed again: save it to keep it.',
  'disabled.liveMachine':
    'In live mode the operating system schedules: it knows no policy, no CPUs, no quantum and no seed of ours.',
  'disabled.liveAhead': 'A live run goes on by itself: press Run. When it is over, you can step through it.',
  'disabled.liveRunning': 'The live run is going on.',
  'notice.liveAhead': 'A live run goes on by itself: press Run. When it is over, you can step through it.',
  'notice.liveRunning': 'The live run is going on: stop it, or wait for its end. Then you can move through it.',
  'notice.liveChoice':
    'In live mode the operating system decides who runs. Switch to stepped mode to decide it yourself.',
  'link.notLive': '{{name}}: a live run cannot be repeated, so its link carries no {{name}}.',
  'timeline.at.live': 'Event {{step, number}} of {{steps, number}}, {{tick}}',
  'timeline.time': '{{from}} – {{to}} ({{length}})',
  'timeline.latency': 'It could run, but did not yet: the real latency was {{length}}.',
  'output.by.live': 'printed by {{name}} at {{tick}}',
  'say.New.live': '{{name}} is New{{since}}: {{parent}} has created it, and its worker is about to begin.',
  'say.New.first.live': '{{name}} is New: the run begins with it.',
  'say.Ready.live': '{{name}} has been Ready since {{tick}} ({{cause}}): it could run, and is not back yet.',
  'say.Running.live': '{{name}} has been Running since {{tick}}{{at}}.',
  'say.blocked.woken.live': '; {{by}} has just woken it',
  'say.event.dispatched.live': '{{name}}: Ready → Running.',
  'say.event.woken.live': '{{by}} wakes {{name}} ({{object}}).',
  'say.event.woken.joined.live': '{{by}} has ended and wakes {{name}}.',
  'measure.time': 'Time',
  'measure.unit.ms': 'Times in milliseconds.',
  'measure.running.live': 'Running',
  'measure.running.live.about': 'Time in Running.',
  'latency.title': 'Real latency',
  'latency.about':
    'The width of Ready: from the moment when a thread could run (it was started, woken, or its time was due) to the moment when it did.',
  'latency.thread': 'Thread',
  'latency.start': 'Start',
  'latency.count': 'Wake-ups',
  'latency.min': 'Min',
  'latency.median': 'Median',
  'latency.max': 'Max',

  // The pool
  'notice.poolRefused': 'The pool cannot change its size: {{message}}',

  // Saved runs
  'share.about.live':
    'The link carries the lesson, its parameters and the mode: whoever opens it makes a live run of their own, which will differ.',
  'share.files': 'Keep the run itself',
  'share.files.about':
    'The file holds every event of the run. Whoever opens it sees the same, and can scrub through it.',
  'share.save': 'Save the run (JSON)',
  'share.save.none': 'There is no run to save yet.',
  'share.open': 'Open a saved run …',
  'saved.banner.stepped_one': 'A saved stepped run of “{{lesson}}”, {{count}} record, from the file {{file}}.',
  'saved.banner.stepped_other':
    'A saved stepped run of “{{lesson}}”, {{count, number}} records, from the file {{file}}.',
  'saved.banner.live_one': 'A saved live run of “{{lesson}}”, {{count}} record, from the file {{file}}.',
  'saved.banner.live_other': 'A saved live run of “{{lesson}}”, {{count, number}} records, from the file {{file}}.',
  'saved.banner.unknown_one': 'A saved run of an unknown lesson, {{count}} record, from the file {{file}}.',
  'saved.banner.unknown_other': 'A saved run of an unknown lesson, {{count, number}} records, from the file {{file}}.',
  'saved.readOnly': 'It can be looked at from beginning to end, not changed.',
  'saved.unknown': 'The program beside it is another lesson’s.',
  'saved.close': 'Close it, and run the lesson',
  'saved.drop': 'Drop the file to open the saved run',
  'disabled.saved': 'This is a saved run: it can only be looked at.',
  'notice.savedReadOnly':
    '“{{name}}” cannot be changed: this is a saved run. Close it, and run the lesson to change that.',
  'saved.unread': 'The file {{file}} could not be read. Choose it again, or copy it to this device first.',
  'saved.tooLong': 'The file {{file}} is longer than {{max, number}} MB: it is no run that was saved here.',
  'saved.notJson': 'The file {{file}} is not JSON: choose a file that “Save the run” has made.',
  'saved.foreign': 'The file {{file}} is not a saved run of Procession: choose one that “Save the run” has made.',
  'saved.version':
    'The run in {{file}} was saved in version {{version}} of the format, and this page knows version {{known}}. Open it with the Procession that saved it, or load a newer one.',
  'saved.incomplete':
    'The saved run in {{file}} is damaged: its part “{{part}}” is missing or unreadable. Save it again.',
  'saved.length':
    'The saved run in {{file}} is damaged: it is shorter or longer than its {{records, number}} records. Save it again.',
  'saved.record': 'The saved run in {{file}} is damaged: record {{record, number}} makes no sense. Save it again.',

  // Experiments
  'plot.start': 'Measure',
  'plot.again': 'Measure again',
  'plot.stop': 'Stop',
  'plot.progress': 'Run {{done, number}} of {{count, number}} …',
  'plot.stopped': 'Stopped after {{done, number}} of {{count, number}} runs.',
  'plot.failed': 'The series was broken off: {{message}}. Measure again.',
  'plot.failed.run': '{{x}} = {{value}}: the run did not finish ({{outcome}})',
  'plot.median_one': 'One run for each point.',
  'plot.median_other': 'The median of {{count, number}} runs for each point.',
  'plot.live': 'Measured live, on this machine, now: on another one, or with something else going on, it differs.',
  'plot.stepped': 'Measured in stepped mode: the same on every machine.',
  'plot.other': 'Another series is being measured: wait for its end, or stop it.',
  'plot.table': 'The measured values',
} as const;
