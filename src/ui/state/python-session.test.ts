import { describe, expect, it, vi } from 'vitest';
import { packCode } from './code.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { Boot } from './lab.ts';
import { FIRST } from './lessons.fixture.ts';
import { newSession, openSession } from './session.fixture.ts';

const PROGRAM = "print('mine')\n";

describe('a lesson in Python', () => {
  it('is run as the program with its parameters put in', async () => {
    const { session, kernel, state } = await openSession('#/first-lesson?workers=5');
    await session.setEngine('py');
    expect(kernel.specs.at(-1)).toMatchObject({
      engine: 'py',
      program: 'program.py',
      parameters: {},
      hosts: 24,
    });
    const source = kernel.specs.at(-1)?.files?.['program.py'];
    expect(source).toContain('WORKERS = 5\n');
    expect(state()).toMatchObject({ engine: 'py', ran: source, boot: null });
    expect(state().files.py).toMatchObject({ source });
    expect(state().files.py.lines[0]).toBe('WORKERS = 5');
    await session.setParameter('workers', 3);
    expect(state().ran).toContain('WORKERS = 3\n');
    expect(session.link()).toContain('engine=py');
    await session.setEngine('ts');
    expect(state()).toMatchObject({ engine: 'ts', ran: 'main' });
    expect(kernel.specs.at(-1)).toMatchObject({ program: 'first-lesson', parameters: { workers: 3 } });
  });

  it('is run live, too', async () => {
    const { session, state } = await openSession('#/first-lesson?engine=py');
    await session.setMode('live');
    expect(state()).toMatchObject({ mode: 'live', engine: 'py' });
    expect(session.told).toEqual([]);
  });

  it('tells how far Python has come, and takes its place when it is there', async () => {
    const { session, kernel, state } = await openSession();
    await session.step(3);
    let ready = (): void => {};
    const seen: (Boot | null)[] = [];
    kernel.preparing = (progress) => {
      progress({ phase: 'loading', loaded: 1, total: 4 });
      seen.push(state().boot);
      progress({ phase: 'preparing' });
      seen.push(state().boot);
      return new Promise((resolve) => (ready = resolve));
    };
    const switched = session.setEngine('py');
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    expect(seen).toEqual([{ phase: 'loading', loaded: 1, total: 4 }, { phase: 'preparing' }]);
    // The run that is there stays meanwhile, with its own program's lines.
    expect(state()).toMatchObject({ step: 3, ran: 'main' });
    ready();
    await switched;
    expect(state()).toMatchObject({ step: 0, engine: 'py', boot: null });
  });

  it('is given up by whoever does not want to wait: the run that was there stays', async () => {
    const { session, kernel, state } = await openSession();
    await session.step(3);
    kernel.preparing = (progress, signal) => {
      progress({ phase: 'preparing' });
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const switched = session.setEngine('py');
    await vi.waitFor(() => expect(state().boot).not.toBeNull());
    await session.setEngine('ts');
    await switched;
    expect(state()).toMatchObject({ step: 3, engine: 'ts', boot: null });
    expect(session.link()).not.toContain('engine');
    expect(session.told).toEqual(['Python was not loaded. Choose it again to load it.']);
  });

  it('that cannot be had leaves its TypeScript program to run', async () => {
    const { session, kernel } = newSession();
    kernel.preparing = () => Promise.reject(new Error('offline'));
    await session.openLink('#/first-lesson?engine=py');
    expect(session.store.getState()).toMatchObject({ engine: 'ts', outcome: 'ready', ran: 'main', boot: null });
    expect(session.told[0]).toMatch(/Python could not be loaded: offline/);
    await session.step();
    expect(session.store.getState().step).toBe(1);
  });

  it('says when this browser cannot switch between threads', async () => {
    const { session, kernel } = newSession();
    kernel.python.switchesThreads = false;
    await session.openLink('#/first-lesson?engine=py');
    expect(session.told[0]).toMatch(/starting a second raises RuntimeError. Chrome and Edge/);
  });

  it('can be read while Python loads, and left for another lesson', async () => {
    const { session, kernel } = newSession();
    kernel.preparing = () => new Promise(() => {});
    const first = session.openLink('#/first-lesson?engine=py');
    await vi.waitFor(() => expect(session.store.getState().ready).toBe(true));
    expect(session.store.getState().files.py.source).toContain('WORKERS');
    await session.openLesson('second');
    await first;
    expect(session.store.getState()).toMatchObject({ scenario: { id: 'second' }, engine: 'ts', boot: null });
  });
});

describe('a lesson that is in Python only', () => {
  const ONLY: Scenario = { ...FIRST, id: 'only', engines: ['py'] };
  const lessons = [ONLY] as const;

  it('runs as it is opened, with its parameters in its constants', async () => {
    const { kernel, state } = await openSession('#/only?workers=3', { lessons });
    expect(kernel.specs.at(-1)?.files?.['program.py']).toContain('WORKERS = 3\n');
    expect(state()).toMatchObject({ engine: 'py', ran: state().files.py.source });
  });

  it('for which Python could not be had is run by Play, as soon as it can', async () => {
    const { session, kernel } = newSession({ lessons });
    kernel.preparing = () => Promise.reject(new Error('the network is gone'));
    await session.openLink('#/only?workers=3');
    expect(session.told.join()).toMatch(/the network is gone.*press Play/);
    expect(session.store.getState()).toMatchObject({ records: 0, ran: null, engine: 'py' });
    kernel.preparing = async () => {};
    session.play();
    await vi.waitFor(() => expect(session.store.getState().records).toBeGreaterThan(0));
    expect(kernel.specs.at(-1)?.files?.['program.py']).toContain('WORKERS = 3\n');
  });
});

describe('the reader’s own program', () => {
  it('runs when the reader says so, and again when it was edited', async () => {
    const { session, kernel, state } = await openSession(`#/custom?code=${await packCode(PROGRAM)}`);
    expect(kernel.specs).toEqual([]);
    await session.runProgram();
    expect(kernel.specs.at(-1)?.files).toEqual({ 'program.py': PROGRAM });
    expect(state().ran).toBe(PROGRAM);
    session.pause();
    await session.edit('print(2)\n');
    expect(state()).toMatchObject({ code: 'print(2)\n', ran: PROGRAM });
    await session.step();
    expect(state()).toMatchObject({ ran: 'print(2)\n', step: 1 });
    expect(kernel.specs).toHaveLength(2);
  });

  it('is in the link as it stands, run or not', async () => {
    const { session } = await openSession('#/custom');
    await session.edit(PROGRAM);
    expect(session.link()).toMatch(new RegExp(`code=${await packCode(PROGRAM)}$`));
  });

  it('is run to where the link stands in it', async () => {
    const { session, state } = await openSession(`#/custom?cpus=2&at=7&code=${await packCode(PROGRAM)}`);
    expect(session.link()).toContain('at=7');
    await session.runProgram();
    expect(state()).toMatchObject({ cursor: 7, playing: false, config: { cpus: 2 } });
    expect(session.link()).toContain('at=7');
  });

  it('keeps running as settings change, until it is another program', async () => {
    const { session, kernel, state } = await openSession(`#/custom?code=${await packCode(PROGRAM)}`);
    await session.runProgram();
    await session.setConfig({ cpus: 2 });
    expect(kernel.specs.at(-1)).toMatchObject({ machine: { cpus: 2 }, files: { 'program.py': PROGRAM } });
    const before = kernel.specs.length;
    await session.openLink(`#/custom?code=${await packCode('print("theirs")')}`);
    expect(kernel.specs).toHaveLength(before);
    expect(state()).toMatchObject({ records: 0, ran: null });
  });

  it('that is too long for a link is refused', async () => {
    const { session, kernel } = await openSession('#/custom');
    await session.edit('#'.repeat(70_000));
    await session.runProgram();
    expect(kernel.specs).toEqual([]);
    expect(session.told[0]).toMatch(/70,000 bytes/);
  });

  it('comes back in the next visit, but not in place of what a link shows', async () => {
    const saved = new Map<string, string>();
    const { PreferenceStore } = await import('./storage.ts');
    const preferences = (): InstanceType<typeof PreferenceStore> =>
      new PreferenceStore(() => ({
        getItem: (key) => saved.get(key) ?? null,
        setItem: (key, value) => void saved.set(key, value),
      }));
    const { session } = await openSession('#/custom', { preferences: preferences() });
    await session.edit(PROGRAM);
    const { session: next, state } = await openSession('#/custom', { preferences: preferences() });
    expect(state().code).toBeNull();
    await next.openLesson('custom');
    expect(state().code).toBe(PROGRAM);
  });
});
