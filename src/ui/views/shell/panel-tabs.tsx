import { Tabs, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense, useState, type ComponentType, type ReactElement } from 'react';
import { TABS, type Tab } from '../../state/lab.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { Lesson } from '../lesson/lesson.tsx';
import { Listing } from '../listing/listing.tsx';
import { Output } from '../output/output.tsx';
import { Scheduler } from '../scheduler/scheduler.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import classes from './panel-tabs.module.css';

// Nobody's first view: they come when they are asked for.
const Events = lazy(async () => ({ default: (await import('../events/events.tsx')).Events }));
const Variables = lazy(async () => ({ default: (await import('../variables/variables.tsx')).Variables }));
const Objects = lazy(async () => ({ default: (await import('../objects/objects.tsx')).Objects }));
const Memory = lazy(async () => ({ default: (await import('../memory/memory.tsx')).Memory }));
const Graph = lazy(async () => ({ default: (await import('../graph/graph.tsx')).Graph }));
const Measures = lazy(async () => ({ default: (await import('../measures/measures.tsx')).Measures }));

type PanelName = Tab | 'program' | 'lesson' | 'scheduler' | 'timeline';

const PANELS: Readonly<Record<PanelName, ComponentType>> = {
  program: Listing,
  lesson: Lesson,
  scheduler: Scheduler,
  timeline: Timeline,
  output: Output,
  variables: Variables,
  events: Events,
  objects: Objects,
  memory: Memory,
  graph: Graph,
  measures: Measures,
};

const titleOf = (name: PanelName) =>
  name === 'program' || name === 'lesson' || name === 'scheduler' || name === 'timeline'
    ? (`panel.${name}` as const)
    : (`tab.${name}` as const);

/** Output, variables, events, objects, memory, wait-for graph, measures: beside the timeline. Which one is open belongs to the link. */
export function ResultTabs(): ReactElement {
  const tab = useLab((state) => state.tab);
  return <PanelTabs names={TABS} value={tab} onChange={(name) => lab.setTab(name)} />;
}

/** Where there is no room for a side panel. */
export function LeftTabs(): ReactElement {
  const [name, setName] = useState<'program' | 'lesson' | 'scheduler'>('lesson');
  return (
    <>
      {name === 'lesson' ? null : <Title of={name} />}
      <PanelTabs names={['lesson', 'program', 'scheduler'] as const} value={name} onChange={setName} />
    </>
  );
}

const NARROW = ['lesson', 'program', 'timeline', 'scheduler', ...TABS] as const;
export type NarrowName = (typeof NARROW)[number];

interface NarrowTabsProps {
  readonly front: NarrowName;
  readonly onChange: (name: NarrowName) => void;
}

/** Small screens: everything but the diagram. */
export function NarrowTabs({ front, onChange }: NarrowTabsProps): ReactElement {
  return (
    <>
      {front === 'lesson' ? null : <Title of={front} />}
      <PanelTabs names={NARROW} value={front} onChange={onChange} />
    </>
  );
}

/** What the page is about, for those who hear it: the lesson's text, which begins with it, is behind another tab. */
function Title({ of }: { of: PanelName }): ReactElement {
  const t = useText();
  const title = useLab(({ scenario, lang }) => scenario.title[lang]);
  return (
    <>
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      <VisuallyHidden component="h2">{t(titleOf(of))}</VisuallyHidden>
    </>
  );
}

interface PanelTabsProps<Name extends PanelName> {
  readonly names: readonly Name[];
  readonly value: Name;
  readonly onChange: (name: Name) => void;
}

function PanelTabs<Name extends PanelName>({ names, value, onChange }: PanelTabsProps<Name>): ReactElement {
  const t = useText();
  const Panel: ComponentType = PANELS[value];
  return (
    <Tabs
      value={value}
      onChange={(next) => {
        const chosen = names.find((name) => name === next);
        if (chosen !== undefined) onChange(chosen);
      }}
      keepMounted={false}
      classNames={{
        root: classes.root ?? '',
        list: classes.list ?? '',
        tab: classes.tab ?? '',
        panel: classes.panel ?? '',
      }}
    >
      <Tabs.List>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(titleOf(name))}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={value} tabIndex={0}>
        <Suspense fallback={null}>
          <Panel />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
