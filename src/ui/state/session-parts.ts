import type { LessonFiles } from '../../scenarios/scenario.ts';
import type { TextKey } from '../texts/translate.ts';
import type { Frames, Machine } from './execution.ts';
import type { OwnMachine } from './experiments.ts';
import type { Language } from './lab.ts';
import type { Lessons } from './link.ts';
import type { PreferenceStore } from './storage.ts';

/** Why nothing can be run here: the start of the keys of two texts, reason and remedy. */
export type HindranceKey = Extract<TextKey, `hindrance.${string}.remedy`> extends `${infer Key}.remedy` ? Key : never;

/** What a session works with. The page hands in workers, network and storage; a test hands in stand-ins. */
export interface SessionParts {
  readonly lessons: Lessons;
  readonly loadFiles: (lesson: string) => Promise<LessonFiles>;
  /** The saved run of a lesson, for where nothing can be run. Rejects when there is none. */
  readonly loadRecording: (lesson: string) => Promise<unknown>;
  /** Null where nothing can be run; then `hindrance` says why. */
  readonly machine: Machine | null;
  /** Another machine, for series of runs beside the one that is shown. */
  readonly openMachine: () => Promise<OwnMachine>;
  readonly hindrance: HindranceKey | null;
  readonly preferences: PreferenceStore;
  readonly frames: Frames;
  /** CPUs of this machine: what live mode has. */
  readonly cores: number;
  /** What the browser prefers. */
  readonly language: Language;
  /** The page's address without its fragment. */
  readonly address: () => string;
}
