import type { LabState } from './lab.ts';
import { FakeFrames, FakeKernel } from './fake-kernel.fixture.ts';
import { LESSONS, NO_FILES } from './lessons.fixture.ts';
import { Session } from './session.ts';
import type { SessionParts } from './session-parts.ts';
import { PreferenceStore } from './storage.ts';

const noStorage = (): never => {
  throw new Error('storage is forbidden here');
};

/** A session over the stand-in kernel, not opened yet. */
export function newSession(change: Partial<SessionParts> = {}): { session: Session; kernel: FakeKernel } {
  const kernel = new FakeKernel();
  const session = new Session({
    lessons: LESSONS,
    loadFiles: async () => NO_FILES,
    loadRecording: async (lesson) => Promise.reject(new Error(`no recording of ${lesson}`)),
    machine: kernel,
    openMachine: async () => Object.assign(new FakeKernel(), { dispose: () => {} }),
    hindrance: null,
    preferences: new PreferenceStore(noStorage),
    frames: new FakeFrames(),
    cores: 3,
    language: 'en',
    address: () => 'https://example.org/lab/',
    ...change,
  });
  return { session, kernel };
}

export async function openSession(link = '', change: Partial<SessionParts> = {}) {
  const made = newSession(change);
  await made.session.openLink(link);
  return { ...made, state: (): LabState => made.session.store.getState() };
}
