import type { LessonFiles, Scenario } from '../../scenarios/scenario.ts';
import type { Lessons } from './link.ts';

const text = (en: string) => ({ en, zh: `${en}（中）` });

/** A lesson with a parameter of every kind. */
export const FIRST: Scenario = {
  id: 'first-lesson',
  title: text('First'),
  summary: text('The first lesson.'),
  parameters: {
    workers: { kind: 'integer', label: text('workers'), min: 1, max: 8, default: 2 },
    locked: { kind: 'boolean', label: text('locked'), default: true },
    how: {
      kind: 'choice',
      label: text('how'),
      choices: [
        { value: 'one', label: text('one') },
        { value: 'two', label: text('two') },
      ],
      default: 'one',
    },
    jobs: {
      kind: 'text',
      label: text('jobs'),
      default: '0:c3-i5-c2,0:c4@1',
      maxLength: 60,
      check: (value) => (value.includes('!') ? text('no “!” is allowed') : null),
    },
  },
  machine: { policy: 'fcfs', quantum: 5 },
  workers: 'workers',
  stepBy: 'line',
  launcher: false,
};

export const SECOND: Scenario = { ...FIRST, id: 'second', title: text('Second'), parameters: {}, machine: {} };
export const CUSTOM_LESSON: Scenario = { ...SECOND, id: 'custom', title: text('Own'), engines: ['py'] };

export const POOL_LESSON: Scenario = {
  ...SECOND,
  id: 'pooled',
  title: text('Pooled'),
  pool: { default: 4, min: 1, max: 9 },
};

export const LESSONS: Lessons = [FIRST, SECOND, CUSTOM_LESSON, POOL_LESSON];

export const NO_FILES: LessonFiles = {
  ts: { language: 'ts', source: 'main', lines: ['main'] },
  py: {
    language: 'py',
    source: "WORKERS = 2\nLOCKED = True\nHOW = 'one'\nJOBS = ''\nPOOL = 4\n",
    lines: ['WORKERS = 2', 'LOCKED = True', "HOW = 'one'", "JOBS = ''", 'POOL = 4'],
  },
  text: { zh: '', en: '' },
  questions: [],
};
