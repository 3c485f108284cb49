import { describe, expect, it, vi } from 'vitest';
import { asTid } from '../../base/ids.ts';
import { openSession } from './session.fixture.ts';

const texts = (notices: readonly { readonly text: string }[]) => notices.map(({ text }) => text);
const running = (state: { readonly machine: { readonly cpus: readonly (number | null)[] } }) => state.machine.cpus[0];

describe('stepping', () => {
  it('stands before the first step when a lesson is opened, and runs nothing', async () => {
    const { state, kernel } = await openSession();
    expect(state()).toMatchObject({ ready: true, outcome: 'ready', step: 0, steps: 0, run: 1, playing: false });
    expect(state().machine.threads.map(({ name, state: where }) => `${name} ${where}`)).toEqual(['P1 New', 'P2 New']);
    expect(kernel.calls.filter((call) => call.startsWith('run'))).toEqual([]);
  });

  it('executes only at the end of the log, and replays inside it', async () => {
    const { session, state, kernel } = await openSession();
    await session.step(3);
    expect(state()).toMatchObject({ step: 3, steps: 3, outcome: 'paused' });
    await session.back(2);
    expect(state()).toMatchObject({ step: 1, steps: 3 });
    await session.step();
    expect(state()).toMatchObject({ step: 2, steps: 3 });
    expect(kernel.calls.filter((call) => call.startsWith('run'))).toEqual(['run {"steps":3}']);
    await session.step(2);
    expect(kernel.calls.at(-1)).toBe('run {"steps":1}');
    expect(state()).toMatchObject({ step: 4, steps: 4 });
  });

  it('shows the same state on the way back as on the way there', async () => {
    const { session, state } = await openSession();
    const there: unknown[] = [];
    for (let step = 0; step < 11; step += 1) {
      there.push([state().cursor, state().machine, state().outcome]);
      await session.step();
    }
    expect(state().outcome).toBe('finished');
    for (let step = 10; step >= 0; step -= 1) {
      await session.back();
      if (step > 0) expect([state().cursor, state().machine, state().outcome]).toEqual(there[step - 1]);
    }
  });

  it('loses none of many presses', async () => {
    const { session, state } = await openSession();
    await Promise.all([session.step(), session.step(), session.back(), session.step(), session.step(), session.step()]);
    expect(state().step).toBe(4);
  });

  it('ends at the end of the run, and says so', async () => {
    const { session, state } = await openSession();
    await session.step(1000);
    expect(state()).toMatchObject({ outcome: 'finished', cursor: state().records, step: 10 });
    await session.step();
    expect(state().cursor).toBe(state().records);
    await session.toStart();
    expect(state()).toMatchObject({ outcome: 'ready', step: 0, steps: 10 });
    await session.back();
    expect(state().step).toBe(0);
  });

  it('finishes the step it stands in before the next', async () => {
    const { session, state } = await openSession();
    await session.step(2);
    const boundary = state().cursor;
    await session.seek(boundary - 1);
    await session.step();
    expect(state().cursor).toBe(boundary);
  });
});

describe('seeking', () => {
  it('executes as far as needed', async () => {
    const { session, state, kernel } = await openSession();
    await session.seek(12);
    expect(state().cursor).toBe(12);
    expect(state().steps).toBeLessThan(6);
    await session.seek(6);
    expect(state().cursor).toBe(6);
    expect(kernel.calls.filter((call) => call.startsWith('run'))).toHaveLength(1);
  });

  it('goes to the end, however far it asks', async () => {
    const { session, state } = await openSession();
    await session.seek(1_000_000);
    expect(state()).toMatchObject({ cursor: state().records, outcome: 'finished' });
    await session.seek(-5);
    expect(state().cursor).toBe(0);
  });

  it('finds the events of a thread, and executes until they come', async () => {
    const { session, state } = await openSession();
    await session.stepThread(1);
    expect(texts(state().notices)[0]).toMatch(/Select a thread first/);
    session.select(asTid(2));
    const seen: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      await session.stepThread(1);
      seen.push(state().machine.threads[1]?.state ?? '');
    }
    expect(seen).toEqual(['Ready', 'Running', 'Ready']);
    await session.stepThread(-1);
    expect(state().machine.threads[1]?.state).toBe('Running');
  });

  it('finds the event that a lesson names', async () => {
    const { session, state } = await openSession();
    await session.goToEvent('terminated?thread=P1');
    expect(state().machine.threads[0]?.state).toBe('Terminated');
    await session.goToEvent('blocked?thread=P1');
    expect(texts(state().notices).at(-1)).toMatch(/does not happen/);
  });
});

describe('playing', () => {
  it('moves the cursor by itself to the end, never executing far ahead', async () => {
    const { session, state, kernel } = await openSession('#/first-lesson?speed=100');
    session.play();
    expect(state().playing).toBe(true);
    await vi.waitFor(() => expect(state().outcome).toBe('finished'));
    expect(state().playing).toBe(false);
    for (const call of kernel.calls.filter((one) => one.startsWith('run'))) expect(call).toMatch(/"steps":[12]\}/);
  });

  it('stops where it is when paused, and goes on from there', async () => {
    const { session, state, kernel } = await openSession('#/first-lesson?speed=100');
    kernel.length = 1_000_000;
    await session.setParameter('workers', 8);
    session.play();
    await vi.waitFor(() => expect(state().step).toBeGreaterThan(3));
    session.pause();
    await session.step();
    const { step } = state();
    expect(state().playing).toBe(false);
    session.play();
    await vi.waitFor(() => expect(state().step).toBeGreaterThan(step));
  });

  it('at full speed shows progress, and can be paused', async () => {
    const { session, kernel, state } = await openSession('#/first-lesson?speed=0');
    kernel.length = 1_000_000;
    await session.setParameter('workers', 3);
    const seen: number[] = [];
    session.store.subscribe(({ step, running: executing }) => {
      if (executing && step > 0) seen.push(step);
    });
    session.play();
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(5));
    session.pause();
    await session.back(0);
    expect(state()).toMatchObject({ playing: false, running: false, outcome: 'paused' });
    expect(state().step).toBe(state().steps);
    const { steps } = state();
    await session.step();
    expect(state().steps).toBe(steps + 1);
  });

  it('goes on after a limit', async () => {
    const { session, kernel, state } = await openSession('#/first-lesson?speed=0');
    kernel.limit = 4;
    session.play();
    await vi.waitFor(() => expect(state().outcome).toBe('limit'));
    expect(state()).toMatchObject({ playing: false, step: 4 });
    expect(state().message).toContain('4 steps');
    session.play();
    await vi.waitFor(() => expect(state().outcome).toBe('finished'));
  });

  it('lets a long way to the end be paused too', async () => {
    const { session, kernel, state } = await openSession();
    kernel.length = 1_000_000;
    await session.setParameter('workers', 3);
    const done = session.toEnd();
    await vi.waitFor(() => expect(state()).toMatchObject({ playing: true, running: true }));
    session.pause();
    await done;
    expect(state()).toMatchObject({ playing: false, running: false, outcome: 'paused' });
  });
});

describe('picking', () => {
  it('lets the picked thread run next, and undoing is stepping back', async () => {
    const { session, state } = await openSession();
    await session.step();
    expect(running(state())).toBe(1);
    await session.pick(asTid(1));
    expect(state()).toMatchObject({ step: 2, schedule: { picks: [{ tick: 1, tid: 1 }] } });
    expect(running(state())).toBe(1);
    expect(session.link()).toContain('picks=1:1');
    await session.back();
    expect(state().step).toBe(1);
  });

  it('before the end of the log it runs again up to the cursor, with the schedule up to there', async () => {
    const { session, state, kernel } = await openSession('#/first-lesson?picks=0:2,3:1,7:2');
    await session.step(8);
    await session.seek(state().cursor);
    await session.back(4);
    const { machine, cursor } = state();
    await session.pick(asTid(2));
    expect(kernel.specs.at(-1)?.schedule.picks).toEqual([
      { tick: 0, tid: 2 },
      { tick: 3, tid: 1 },
    ]);
    expect(state().schedule.picks).toEqual([
      { tick: 0, tid: 2 },
      { tick: 3, tid: 1 },
      { tick: 4, tid: 2 },
    ]);
    expect(state()).toMatchObject({ step: 5, steps: 5, run: 2 });
    await session.back();
    expect(state().cursor).toBe(cursor);
    expect(state().machine).toEqual(machine);
  });

  it('refuses with a notice, and changes nothing', async () => {
    const { session, state } = await openSession();
    await session.step();
    await session.pick(asTid(9));
    expect(texts(state().notices)).toEqual(['There is no thread 9 at this point of the run.']);
    expect(state()).toMatchObject({ step: 1, schedule: { picks: [] } });
  });

  it('says in the language of the page why a thread cannot be taken or ended', async () => {
    const { session, state, kernel } = await openSession('#/first-lesson?lang=zh');
    await session.step(3);
    await session.kill(asTid(2));
    const calls = kernel.calls.length;
    await session.pick(asTid(2));
    await session.kill(asTid(2));
    expect(texts(state().notices)).toEqual([
      '不能让 P2 接着运行：它处于终止状态。请选择处于就绪或运行状态的线程。',
      '不能终止 P2：它的进程已经结束。',
    ]);
    expect(state().machine.threads[1]).toMatchObject({ state: 'Terminated' });
    await session.toEnd();
    await session.pick(asTid(1));
    expect(texts(state().notices).at(-1)).toBe('不能让 P1 接着运行：运行已经结束。请先退回到较早的一步。');
    expect(kernel.calls.slice(calls).filter((call) => /pick|kill/.test(call))).toEqual([]);
  });

  it('kills a process at the cursor, and the link says so', async () => {
    const { session, state } = await openSession();
    await session.step(3);
    await session.kill(asTid(2));
    expect(state().machine.threads[1]).toMatchObject({ state: 'Terminated', end: { code: -15 } });
    expect(state().schedule.inputs).toEqual([{ kind: 'kill', tick: 4, pid: 2 }]);
    await session.kill(asTid(77));
    expect(texts(state().notices)).toEqual(['There is no thread 77 at this point of the run.']);
  });
});
