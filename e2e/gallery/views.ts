// One view over a made-up run, for looking at it: ?view=timeline&run=small&theme=dark&lang=zh&height=200&at=0.7&select=2
import { MantineProvider } from '@mantine/core';
import { createElement, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { asTid } from '../../src/base/ids.ts';
import type { LogStore } from '../../src/replay/log-store.ts';
import { randomRun } from '../../src/replay/random-run.fixture.ts';
import { StepIndex } from '../../src/replay/steps.ts';
import { provideStandIn } from '../../src/ui/state/lab-stand-in.fixture.ts';
import { theme } from '../../src/ui/theme.ts';
import { busyRun } from '../../src/ui/views/timeline/busy-run.fixture.ts';
import { Events } from '../../src/ui/views/events/events.tsx';
import { Graph } from '../../src/ui/views/graph/graph.tsx';
import { Measures } from '../../src/ui/views/measures/measures.tsx';
import { Memory } from '../../src/ui/views/memory/memory.tsx';
import { everyObject, philosophers } from '../../src/ui/views/objects/every-object.fixture.ts';
import { Objects } from '../../src/ui/views/objects/objects.tsx';
import { Output } from '../../src/ui/views/output/output.tsx';
import { Timeline } from '../../src/ui/views/timeline/timeline.tsx';

const VIEWS: Readonly<Record<string, () => ReactElement>> = {
  timeline: Timeline,
  events: Events,
  measures: Measures,
  objects: Objects,
  memory: Memory,
  graph: Graph,
  output: Output,
};

const RUNS: Readonly<Record<string, () => { readonly log: LogStore; readonly cpus: number }>> = {
  small: () => randomRun(7, 90),
  other: () => randomRun(4, 60),
  every: () => ({ log: everyObject().log, cpus: 2 }),
  philosophers: () => ({ log: philosophers().log, cpus: 1 }),
  three: () => ({ log: busyRun(3, 75, 1, 5), cpus: 1 }),
  many: () => ({ log: busyRun(64, 20_000, 4), cpus: 4 }),
  million: () => ({ log: busyRun(64, 1_000_000, 4), cpus: 4 }),
};

const asked = new URLSearchParams(location.search);
const made = (RUNS[asked.get('run') ?? 'small'] ?? (() => randomRun(7, 90)))();
const lab = provideStandIn(made.log, made.cpus, asked.get('lang') === 'zh' ? 'zh' : 'en');
Object.assign(window, { lab });

const steps = new StepIndex(made.log);
steps.extend();
const wanted = Number(asked.get('at') ?? '1');
if (wanted < 1) void lab.actions.seek(steps.boundary(Math.round(steps.count * wanted)));
if (asked.has('select')) lab.actions.select(asTid(Number(asked.get('select'))));

const box = {
  height: `${asked.get('height') ?? '200'}px`,
  margin: '10px',
  border: '1px solid var(--line)',
  borderRadius: '10px',
  overflow: 'hidden',
  background: 'var(--surface)',
  display: 'flex',
  flexDirection: 'column',
} as const;
const view = createElement(VIEWS[asked.get('view') ?? 'timeline'] ?? Timeline);
const scheme = asked.get('theme') === 'dark' ? 'dark' : 'light';
const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    createElement(MantineProvider, { theme, forceColorScheme: scheme }, createElement('div', { style: box }, view)),
  );
}
