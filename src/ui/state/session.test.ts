import { describe, expect, it, vi } from 'vitest';
import { asTid } from '../../base/ids.ts';
import { LogStore } from '../../replay/log-store.ts';
import { packCode } from './code.ts';
import { FakeKernel } from './fake-kernel.fixture.ts';
import { LESSONS, NO_FILES } from './lessons.fixture.ts';
import { parseLink } from './link.ts';
import { newSession, openSession } from './session.fixture.ts';
import { PreferenceStore } from './storage.ts';

const texts = (notices: readonly { readonly text: string }[]) => notices.map(({ text }) => text);

describe('settings', () => {
  it('run the lesson again from its start', async () => {
    const { session, state, kernel } = await openSession();
    await session.step(4);
    await session.setParameter('workers', 3);
    expect(state()).toMatchObject({ step: 0, parameters: { workers: 3 }, run: 2 });
    expect(state().machine.threads).toHaveLength(3);
    await session.setConfig({ cpus: 2, policy: 'mlfq' });
    expect(kernel.specs.at(-1)?.machine).toMatchObject({ cpus: 2, policy: 'mlfq', quantum: 5 });
    expect(session.link()).toBe('https://example.org/lab/#/first-lesson?v=1&workers=3&cpus=2&policy=mlfq');
  });

  it('the latest of many wins, one kernel call at a time', async () => {
    const { session, state, kernel } = await openSession();
    const waits = [session.step(2), session.setParameter('workers', 4), session.step(3)];
    for (let workers = 1; workers <= 8; workers += 1) waits.push(session.setParameter('workers', workers));
    waits.push(session.setConfig({ cpus: 2 }), session.step(2));
    await Promise.all(waits);
    expect(state()).toMatchObject({ parameters: { workers: 8 }, config: { cpus: 2 }, step: 2 });
    expect(state().machine.threads).toHaveLength(8);
    expect(kernel.mostActive).toBe(1);
    expect(kernel.specs.length).toBeLessThan(5);
  });

  it('keep playing what was playing', async () => {
    const { session, kernel, state } = await openSession('#/first-lesson?speed=100');
    kernel.length = 1_000_000;
    await session.setParameter('workers', 3);
    session.play();
    await vi.waitFor(() => expect(state().step).toBeGreaterThan(1));
    kernel.length = 5;
    await session.setParameter('workers', 8);
    expect(state()).toMatchObject({ playing: true, run: 3 });
    await vi.waitFor(() => expect(state()).toMatchObject({ outcome: 'finished', step: 40 }));
  });

  it('interrupt an execution that would take for ever', async () => {
    const { session, kernel, state } = await openSession();
    kernel.length = 100_000_000;
    await session.setParameter('workers', 3);
    const end = session.toEnd();
    await vi.waitFor(() => expect(state().running).toBe(true));
    kernel.length = 5;
    await session.setParameter('workers', 2);
    await end;
    expect(state()).toMatchObject({ step: 0, running: false, playing: false });
    expect(state().machine.threads).toHaveLength(2);
  });

  it('refuse a wrong value in words, and keep the old one', async () => {
    const { session, state } = await openSession();
    await session.setParameter('jobs', 'no!');
    expect(texts(state().notices)).toEqual(['jobs: no “!” is allowed. Nothing was changed.']);
    expect(state().parameters['jobs']).toBe('0:c3-i5-c2,0:c4@1');
    expect(state().run).toBe(1);
  });

  it('forget what was said about the value before', async () => {
    const { session, state } = await openSession('#/first-lesson?cpus=99&quantum=x&speed=fast');
    await session.setConfig({ cpus: 3 });
    expect(texts(state().notices).join()).toMatch(/^quantum: .*\nspeed: /);
    session.setSpeed(3);
    await session.setConfig({ quantum: 0 });
    expect(session.told).toHaveLength(2);
    await session.setConfig({ quantum: 2 });
    expect(state().notices).toEqual([]);
  });

  it('keep the selected thread without a word', async () => {
    const { session, state } = await openSession('#/first-lesson?workers=3');
    await session.step();
    session.select(asTid(3));
    await session.setParameter('workers', 2);
    expect(state()).toMatchObject({ selected: 3, notices: [] });
  });

  it('say what a change did to the measures', async () => {
    const { session, state } = await openSession();
    await session.toEnd();
    const { measures } = state();
    expect(measures?.run.ticks).toBe(10);
    await session.setParameter('workers', 1);
    expect(state().measuresBefore).toEqual(measures);
  });

  it('drop picks that no longer fit, and say so', async () => {
    const { session, state } = await openSession('#/first-lesson?picks=0:2');
    await session.setConfig({ quantum: 1 });
    expect(state().schedule.picks).toEqual([]);
    expect(texts(state().notices)[0]).toMatch(/your picks no longer fit/);
  });

  it('of language are seen everywhere, and kept for the next visit', async () => {
    const saved = new Map<string, string>();
    const storage = {
      getItem: (key: string) => saved.get(key) ?? null,
      setItem: (key: string, value: string) => void saved.set(key, value),
    };
    const { session, state } = await openSession('#/first-lesson?cpus=0', {
      preferences: new PreferenceStore(() => storage),
    });
    session.setLanguage('zh');
    expect(texts(state().notices)).toEqual(['cpus：“0”不是 1 到 16 的整数。已改用 1。']);
    session.setTheme('dark');
    session.markDone('second');
    const later = newSession({ preferences: new PreferenceStore(() => storage) }).session.store.getState();
    expect(later).toMatchObject({ lang: 'zh', theme: 'dark', done: ['second'] });
  });
});

describe('links', () => {
  it('bring back exactly the view', async () => {
    const { session, state } = await openSession('#/first-lesson?workers=3');
    await session.step(3);
    await session.pick(asTid(1));
    await session.step(2);
    session.select(asTid(2));
    session.setTab('measures');
    session.setSpeed(20);
    session.setLanguage('zh');
    const link = session.link();
    const other = await openSession(link);
    expect(other.session.link()).toBe(link);
    expect(other.state().machine).toEqual(state().machine);
    expect(other.state()).toMatchObject({
      cursor: state().cursor,
      selected: 2,
      tab: 'measures',
      speed: 20,
      lang: 'zh',
    });
  });

  it('say when they reach beyond the run', async () => {
    const { session, state } = await openSession('#/first-lesson?at=5000&thread=99');
    expect(state().outcome).toBe('finished');
    expect(session.told).toEqual([
      `at: the run has only ${state().records} records. The cursor is at its end.`,
      'thread: there is no thread 99 at this point of the run. It was ignored.',
    ]);
  });

  it('name every wrong value, all in one notice', async () => {
    const wrong =
      'workers=0&locked=maybe&how=three&jobs=!&cpus=99&policy=best&quantum=x&levels=0&seed=-1&speed=fast&buyers=3&lang=fr';
    const { session, state } = await openSession(`#/first-lesson?${wrong}`);
    expect(state().notices).toHaveLength(1);
    expect(session.told).toHaveLength(12);
    const lines = state().notices[0]?.text.split('\n');
    expect(lines?.map((line) => line.split(':')[0])).toEqual(wrong.split('&').map((pair) => pair.split('=')[0]));
    await session.openLink('#/second');
    expect(state().notices).toEqual([]);
  });

  it('leave out a selected thread that is not there at the cursor, and keep it selected', async () => {
    const { session, state } = await openSession('#/first-lesson');
    await session.step(3);
    session.select(asTid(2));
    expect(session.link()).toContain('thread=2');
    await session.seek(1);
    expect(session.link()).not.toContain('thread');
    expect((await openSession(session.link())).state().notices).toEqual([]);
    expect(state().selected).toBe(2);
    await session.step(3);
    expect(session.link()).toContain('thread=2');
  });

  it('to an unknown lesson open the first, with the list', async () => {
    const { state } = await openSession('#/nowhere');
    expect(state()).toMatchObject({ ready: true, scenario: { id: 'first-lesson' } });
    expect(texts(state().notices)[0]).toMatch(/There are: first-lesson, second, custom/);
  });

  it('with a program of one’s own show it, and run nothing', async () => {
    const source = "print('hello <you> & 你')\n";
    const { session, state, kernel } = await openSession(`#/custom?code=${await packCode(source)}`);
    expect(state()).toMatchObject({
      scenario: { id: 'custom' },
      code: source,
      engine: 'py',
      outcome: 'ready',
      records: 0,
    });
    expect(state().files.py.lines).toEqual(['print(&#39;hello &lt;you&gt; &amp; 你&#39;)']);
    await session.seek(3);
    await session.setConfig({ cpus: 2 });
    expect(kernel.calls).toEqual([]);
    expect(state()).toMatchObject({ records: 0, ran: null });
    expect(parseLink(session.link(), LESSONS).view.code).not.toBeNull();
  });

  it('with a damaged or swollen program open the lesson without it', async () => {
    const { state } = await openSession('#/custom?code=AAAA');
    expect(state()).toMatchObject({ ready: true, code: null });
    expect(texts(state().notices)[0]).toMatch(/damaged/);
    const bomb = await packCode('x'.repeat(10_000_000));
    const { state: bombed } = await openSession(`#/custom?code=${bomb}`);
    expect(bombed()).toMatchObject({ ready: true, code: null });
    expect(texts(bombed().notices)[0]).toMatch(/longer than 65,536 bytes/);
  });
});

describe('faults', () => {
  it('of the kernel become a notice and an outcome, and the next load starts anew', async () => {
    const { session, kernel, state } = await openSession();
    await session.step();
    kernel.failing = 'run';
    await session.step();
    expect(state()).toMatchObject({ outcome: 'failed', step: 1, running: false });
    expect(texts(state().notices)[0]).toMatch(/the kernel broke/);
    await session.step();
    expect(state().step).toBe(1);
    await session.setParameter('workers', 3);
    await session.step(2);
    expect(state()).toMatchObject({ outcome: 'paused', step: 2 });
  });

  it('while loading leave a page that can be used', async () => {
    const { session, kernel, state } = await openSession();
    kernel.failing = 'load';
    await session.openLesson('second');
    expect(state()).toMatchObject({ scenario: { id: 'second' }, outcome: 'failed', records: 0 });
    await session.openLesson('first-lesson');
    await session.step();
    expect(state()).toMatchObject({ scenario: { id: 'first-lesson' }, step: 1 });
  });

  it('of the network keep the lesson that is shown', async () => {
    const { session, state } = await openSession('', {
      loadFiles: async (lesson) => (lesson === 'second' ? Promise.reject(new Error('offline')) : NO_FILES),
    });
    await session.step(2);
    await session.openLesson('second');
    expect(state()).toMatchObject({ scenario: { id: 'first-lesson' }, step: 2 });
    expect(texts(state().notices)[0]).toMatch(/“Second” could not be opened: offline/);
    await session.step();
    expect(state().step).toBe(3);
    expect(session.link()).toContain('#/first-lesson');
  });

  it('of a slow network do not hold up another lesson', async () => {
    const { session, state } = await openSession('', {
      loadFiles: (lesson) => (lesson === 'second' ? new Promise(() => {}) : Promise.resolve(NO_FILES)),
    });
    const never = session.openLesson('second');
    await session.openLesson('first-lesson');
    await never;
    expect(state().scenario.id).toBe('first-lesson');
  });
});

describe('a page that is not isolated', () => {
  const recorded = async (): Promise<unknown> => {
    const store = new LogStore();
    const kernel = new FakeKernel();
    await kernel.load({ parameters: {}, schedule: { picks: [], inputs: [] } } as never);
    await kernel.run({});
    store.take(kernel.memory);
    return JSON.parse(JSON.stringify(store.toTrace()));
  };
  const open = (link: string) =>
    openSession(link, { machine: null, hindrance: 'hindrance.embedded', loadRecording: recorded });

  it('says why and what helps, in both languages', async () => {
    const { session, state } = await open('');
    expect(state().hindrance?.reason).toMatch(/shown in a frame/);
    session.setLanguage('zh');
    expect(state().hindrance?.remedy).toMatch(/单独的标签页/);
  });

  it('still lets the recorded run be stepped, scrubbed and played', async () => {
    const { session, state } = await open('#/first-lesson?speed=100');
    expect(state()).toMatchObject({ ready: true, step: 0, steps: 10, outcome: 'ready' });
    await session.step(4);
    await session.back();
    expect(state().step).toBe(3);
    session.play();
    await vi.waitFor(() => expect(state()).toMatchObject({ outcome: 'finished', playing: false }));
  });

  it('refuses what it cannot do, in words', async () => {
    const { session, state } = await open('#/first-lesson?cpus=4');
    expect(texts(state().notices)[0]).toMatch(/recording of the lesson’s own settings/);
    expect(state().config.cpus).toBe(1);
    await session.setConfig({ cpus: 2 });
    expect(state().config.cpus).toBe(1);
    await session.pick(asTid(1));
    expect(texts(state().notices).slice(1)).toEqual([
      '“cpus” cannot be changed here: what you see is a recording, and running needs a cross-origin isolated page.',
      'The recording cannot be run on with another choice.',
    ]);
  });

  it('says when there is no recording', async () => {
    const { session, state } = await openSession('', { machine: null, hindrance: 'hindrance.blocked' });
    expect(texts(state().notices)).toEqual(['There is no recorded run of “First”, and it cannot run here.']);
    session.play();
    expect(state().playing).toBe(false);
  });
});
