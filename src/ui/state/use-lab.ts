import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { invariant } from '../../base/invariant.ts';
import type { LabActions, LabState } from './lab.ts';

/** What the views are connected to: the session of the page, or a stand-in of a test. */
export interface Lab {
  readonly store: Pick<StoreApi<LabState>, 'getState' | 'getInitialState' | 'subscribe'>;
  readonly actions: LabActions;
}

let provided: Lab | null = null;

/** Precondition: before the first view is rendered. */
export function provideLab(next: Lab): void {
  provided = next;
}

function current(): Lab {
  invariant(provided !== null, 'a lab is provided before views use it');
  return provided;
}

/** A slice of the state. A selector that makes a new object or array each time needs `useShallow` of zustand around it. */
export function useLab<Slice>(selector: (state: LabState) => Slice): Slice {
  return useStore(current().store, selector);
}

/** The state now, for handlers of events; views that draw it use `useLab`. */
export function labState(): LabState {
  return current().store.getState();
}

/** The actions of whichever lab is provided when they are called. */
export const lab: LabActions = {
  openLesson: (id) => current().actions.openLesson(id),
  openLink: (link) => current().actions.openLink(link),
  play: () => current().actions.play(),
  pause: () => current().actions.pause(),
  step: (count) => current().actions.step(count),
  back: (count) => current().actions.back(count),
  seek: (record) => current().actions.seek(record),
  stepThread: (direction) => current().actions.stepThread(direction),
  goToEvent: (anchor) => current().actions.goToEvent(anchor),
  toStart: () => current().actions.toStart(),
  toEnd: () => current().actions.toEnd(),
  pick: (tid) => current().actions.pick(tid),
  kill: (tid) => current().actions.kill(tid),
  setParameter: (name, value) => current().actions.setParameter(name, value),
  setConfig: (change) => current().actions.setConfig(change),
  setMode: (mode) => current().actions.setMode(mode),
  setStepBy: (stepBy) => current().actions.setStepBy(stepBy),
  setLibrary: (shown) => current().actions.setLibrary(shown),
  setPool: (size) => current().actions.setPool(size),
  typeLine: (line) => current().actions.typeLine(line),
  setEngine: (engine) => current().actions.setEngine(engine),
  edit: (source) => current().actions.edit(source),
  runProgram: () => current().actions.runProgram(),
  openProgram: (source) => current().actions.openProgram(source),
  cancelBoot: () => current().actions.cancelBoot(),
  setLanguage: (lang) => current().actions.setLanguage(lang),
  setSpeed: (stepsPerSecond) => current().actions.setSpeed(stepsPerSecond),
  setTab: (tab) => current().actions.setTab(tab),
  setTheme: (theme) => current().actions.setTheme(theme),
  markDone: (lesson) => current().actions.markDone(lesson),
  select: (tid) => current().actions.select(tid),
  hover: (tid) => current().actions.hover(tid),
  dismiss: (notice) => current().actions.dismiss(notice),
  link: () => current().actions.link(),
  savedRun: () => current().actions.savedRun(),
  openRun: (file, json) => current().actions.openRun(file, json),
  measure: (experiment) => current().actions.measure(experiment),
  stopMeasuring: () => current().actions.stopMeasuring(),
  tellUnread: (file) => current().actions.tellUnread(file),
};
