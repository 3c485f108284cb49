import { barrier } from './barrier/scenario.ts';
import { condition } from './condition/scenario.ts';
import { custom } from './custom/scenario.ts';
import { deadlock } from './deadlock/scenario.ts';
import { event } from './event/scenario.ts';
import { gil } from './gil/scenario.ts';
import { helloProcess } from './hello-process/scenario.ts';
import { isolation } from './isolation/scenario.ts';
import { lock } from './lock/scenario.ts';
import { mainThread } from './main-thread/scenario.ts';
import { manager } from './manager/scenario.ts';
import { philosophers } from './philosophers/scenario.ts';
import { pipe } from './pipe/scenario.ts';
import { queue } from './queue/scenario.ts';
import { pool } from './pool/scenario.ts';
import { poolCallback } from './pool-callback/scenario.ts';
import { poolSize } from './pool-size/scenario.ts';
import { readersWriters } from './readers-writers/scenario.ts';
import { rlock } from './rlock/scenario.ts';
import { semaphoreVsPool } from './semaphore-vs-pool/scenario.ts';
import { semaphore } from './semaphore/scenario.ts';
import { sharedData } from './shared-data/scenario.ts';
import { syncAsync } from './sync-async/scenario.ts';
import { threadVsProcess } from './thread-vs-process/scenario.ts';
import { threads } from './threads/scenario.ts';
import { threeStates } from './three-states/scenario.ts';
import { workload } from './workload/scenario.ts';
import type { LessonFiles, Listing, Question, Scenario, Text } from './scenario.ts';

export interface Chapter {
  readonly title: Text;
  readonly lessons: readonly Scenario[];
}

/** All lessons in teaching order. Light data: listings, texts and questions come with `loadFiles`. */
export const CHAPTERS: readonly Chapter[] = [
  { title: { zh: '进程', en: 'Processes' }, lessons: [threeStates, syncAsync, helloProcess, isolation] },
  { title: { zh: '同步', en: 'Synchronisation' }, lessons: [lock, rlock, semaphore, event, condition, barrier] },
  { title: { zh: '进程间通信', en: 'Communication' }, lessons: [pipe, queue, manager] },
  { title: { zh: '进程池', en: 'Pools' }, lessons: [pool, poolCallback, poolSize, semaphoreVsPool] },
  { title: { zh: '线程', en: 'Threads' }, lessons: [threads, sharedData, mainThread, threadVsProcess, gil] },
  { title: { zh: '经典问题', en: 'Classic problems' }, lessons: [deadlock, philosophers, readersWriters] },
  { title: { zh: '调度与自己的程序', en: 'Scheduling, and programs of your own' }, lessons: [workload, custom] },
];

export const SCENARIOS: readonly Scenario[] = CHAPTERS.flatMap(({ lessons }) => lessons);

/** What opens on the first visit. */
export const FIRST_SCENARIO: Scenario = threeStates;

/** The id of a lesson is the name of its folder, and the first part of a link. */
export function scenarioOf(id: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.id === id) ?? null;
}

interface FilesModule {
  readonly ts: Listing;
  readonly py: Listing;
  readonly zh: string;
  readonly en: string;
  readonly questions: readonly Question[];
}

const FILES: Readonly<Record<string, () => Promise<FilesModule>>> = {
  'three-states': () => import('./three-states/files.ts'),
  'sync-async': () => import('./sync-async/files.ts'),
  'hello-process': () => import('./hello-process/files.ts'),
  isolation: () => import('./isolation/files.ts'),
  lock: () => import('./lock/files.ts'),
  rlock: () => import('./rlock/files.ts'),
  semaphore: () => import('./semaphore/files.ts'),
  event: () => import('./event/files.ts'),
  condition: () => import('./condition/files.ts'),
  barrier: () => import('./barrier/files.ts'),
  pipe: () => import('./pipe/files.ts'),
  queue: () => import('./queue/files.ts'),
  manager: () => import('./manager/files.ts'),
  threads: () => import('./threads/files.ts'),
  'shared-data': () => import('./shared-data/files.ts'),
  'main-thread': () => import('./main-thread/files.ts'),
  'thread-vs-process': () => import('./thread-vs-process/files.ts'),
  gil: () => import('./gil/files.ts'),
  pool: () => import('./pool/files.ts'),
  'pool-callback': () => import('./pool-callback/files.ts'),
  'pool-size': () => import('./pool-size/files.ts'),
  'semaphore-vs-pool': () => import('./semaphore-vs-pool/files.ts'),
  deadlock: () => import('./deadlock/files.ts'),
  philosophers: () => import('./philosophers/files.ts'),
  'readers-writers': () => import('./readers-writers/files.ts'),
  workload: () => import('./workload/files.ts'),
  custom: () => import('./custom/files.ts'),
};

/** A lesson's listings and text: a chunk of their own for each lesson. @throws Error when there is no such lesson. */
export async function loadFiles(id: string): Promise<LessonFiles> {
  const load = Object.hasOwn(FILES, id) ? FILES[id] : undefined;
  if (load === undefined) throw new Error(`there is no lesson "${id}"; there are ${Object.keys(FILES).join(', ')}`);
  const { ts, py, zh, en, questions } = await load();
  return { ts, py, text: { zh, en }, questions };
}
