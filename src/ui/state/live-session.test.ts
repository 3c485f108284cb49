import { describe, expect, it } from 'vitest';
import { Kind } from '../../abi/record.ts';
import { openSession } from './session.fixture.ts';
import { createAutomation } from './automation.ts';

const texts = (notices: readonly { readonly text: string }[]): string[] => notices.map(({ text }) => text);

async function openLive(link = '#/first-lesson?mode=live') {
  const made = await openSession(link);
  return { ...made, procession: createAutomation(made.session, Promise.resolve()) };
}

describe('a live run', () => {
  it('is loaded as such with the CPUs of this machine, and waits for Run', async () => {
    const { kernel, state } = await openLive('#/first-lesson?mode=live&cpus=9&picks=1:1');
    expect(kernel.specs[0]).toMatchObject({ mode: 'live', machine: { cpus: 3 }, schedule: { picks: [] } });
    expect(state()).toMatchObject({ mode: 'live', outcome: 'ready', running: false, config: { cpus: 9 } });
    expect(kernel.calls.filter((call) => call.startsWith('run'))).toEqual([]);
  });

  it('runs as a whole when Play is pressed, and can be stepped from event to event when it is over', async () => {
    const { session, state } = await openLive();
    const seen: boolean[] = [];
    session.store.subscribe(({ running, playing }) => seen.push(running && playing));
    session.play();
    await expect.poll(() => state().outcome).toBe('finished');
    expect(seen).toContain(true);
    expect(state()).toMatchObject({ playing: false, running: false, cursor: state().records });
    expect(state().message).toContain('after 11 ms');
    const { steps } = state();
    await session.back(3);
    expect(state().step).toBe(steps - 3);
    await session.step();
    expect(state().step).toBe(steps - 2);
    await session.toStart();
    session.play();
    await expect.poll(() => state().step).toBeGreaterThan(0);
    session.pause();
  });

  it('cannot be stepped before it was run, nor moved through while it goes on; stopping ends it for good', async () => {
    const { session, state, kernel } = await openLive();
    kernel.length = 100_000;
    await session.step();
    await session.goToEvent('blocked?thread=P1');
    expect(texts(state().notices)[0]).toContain('press Run');
    session.play();
    await expect.poll(() => state().running).toBe(true);
    await session.seek(3);
    expect(texts(state().notices).at(-1)).toContain('is going on');
    expect(state().running).toBe(true);
    session.pause();
    await expect.poll(() => state().running).toBe(false);
    expect(state().outcome).toBe('paused');
    expect(state().message).toContain('Stopped by you');
    session.play();
    expect(state().playing).toBe(false);
    await session.back(2);
    session.play();
    await expect.poll(() => state().cursor).toBe(state().records);
    expect(state().playing).toBe(false);
    expect(kernel.calls.filter((call) => call.startsWith('run'))).toHaveLength(1);
  });

  it('takes no picks: the operating system decides', async () => {
    const { session, state, procession } = await openLive();
    await procession.run();
    await session.pick(1 as never);
    expect(texts(state().notices).at(-1)).toContain('operating system');
  });

  it('is not what the link carries: a link opens it ready to run', async () => {
    const { session, procession } = await openLive();
    await procession.run();
    await procession.seek(4);
    expect(session.link()).toMatch(/#\/first-lesson\?v=1&mode=live$/);
  });

  it('is told by scripts in milliseconds', async () => {
    const { procession } = await openLive();
    expect(await procession.run()).toMatchObject({ outcome: 'finished', time: 10.9, tick: 1 });
    expect(procession.log().find(({ kind }) => kind === 'dispatched')).toMatchObject({ time: 1, tick: 0 });
    expect(procession.metrics()).toMatchObject({ unit: 'ms', run: { ticks: 10.9 } });
    expect(procession.metrics().processes[0]?.arrival).toBe(0);
    expect(procession.hash()).toMatch(/^[0-9a-f]{16}$/);
    expect((await procession.seek(0)).time).toBe(0);
    await procession.set('mode', 'stepped');
    expect(procession.status()).not.toHaveProperty('time');
  });

  it('is left when the mode is changed, and what its measures were does not compare', async () => {
    const { session, state, procession } = await openLive();
    await procession.run();
    await session.setMode('stepped');
    expect(state()).toMatchObject({ mode: 'stepped', measuresBefore: null, outcome: 'ready' });
    await procession.run();
    await session.setMode('live');
    expect(state()).toMatchObject({ mode: 'live', measuresBefore: null, outcome: 'ready' });
    expect(session.link()).toContain('mode=live');
  });
});

describe('the size of a pool', () => {
  it('is a setting before the program has a pool, within the lesson’s range', async () => {
    const { session, state, kernel } = await openSession('#/pooled?pool=2');
    expect(kernel.specs[0]?.parameters).toEqual({ pool: 2 });
    expect(state().pool).toBe(2);
    await expect(session.change('pool', '10')).rejects.toThrow('from 1 to 9');
    const { session: other } = await openSession('#/second');
    await expect(other.change('pool', '3')).rejects.toThrow('has no pool');
  });

  it('is an input where the program has one: recorded, in the link, and gone when one goes on from before it', async () => {
    const { session, state, kernel } = await openSession('#/pooled');
    await session.step(2);
    await session.setPool(7);
    expect(kernel.calls).toContain('resizePool 7');
    expect(state().schedule.inputs).toEqual([{ kind: 'pool', tick: 3, size: 7 }]);
    expect(session.link()).toContain('inputs=3:pool:7');
    expect(session.log.poolSizeAt(state().cursor)).toBe(7);
    await session.back(3);
    expect(session.log.poolSizeAt(state().cursor)).toBeNull();
    await session.setPool(5);
    expect(state().schedule.inputs).toEqual([{ kind: 'pool', tick: 2, size: 5 }]);
  });

  it('reaches a live run at once, without a call to the kernel', async () => {
    const { session, state, kernel } = await openSession('#/pooled?mode=live');
    kernel.length = 100_000;
    session.play();
    await expect.poll(() => state().running).toBe(true);
    await session.setPool(8);
    await expect.poll(() => session.log.poolSizeAt(state().records)).toBe(8);
    expect(state().running).toBe(true);
    session.pause();
    await expect.poll(() => state().running).toBe(false);
    expect(kernel.mostActive).toBe(1);
  });
});

describe('a line that is typed', () => {
  it('is an input at the cursor: recorded, in the link, and gone when one goes on from before it', async () => {
    const { session, state } = await openSession('#/second');
    await session.step(2);
    await session.typeLine('Ada');
    expect(state().schedule.inputs).toEqual([{ kind: 'line', tick: 3, text: 'Ada' }]);
    expect(session.link()).toContain('inputs=3:line:QWRh');
    await session.typeLine(null);
    expect(session.link()).toContain('inputs=3:line:QWRh,4:eof');
    await session.back(4);
    await session.typeLine('');
    expect(session.link()).toMatch(/inputs=\d:line:(&|$)/);
  });

  it('reaches a live run at once', async () => {
    const { session, state, kernel } = await openSession('#/second?mode=live');
    kernel.length = 100_000;
    session.play();
    await expect.poll(() => state().running).toBe(true);
    await session.typeLine('你好');
    const { store } = session.log;
    const typed = () => Array.from({ length: store.count }, (_, n) => n).find((n) => store.kind(n) === Kind.INPUT);
    await expect.poll(typed).toBeDefined();
    expect(store.text(store.a(typed() ?? 0))).toBe('你好\n');
    session.pause();
    await expect.poll(() => state().running).toBe(false);
  });

  it('does not get lost when the next one comes before the kernel has taken it', async () => {
    const { session, state, kernel } = await openSession('#/second?mode=live');
    kernel.length = 100_000;
    session.play();
    await expect.poll(() => state().running).toBe(true);
    const lines = ['one', 'two', 'three', 'four'];
    await Promise.all(lines.map((line) => session.typeLine(line)));
    const { store } = session.log;
    const typed = (): string[] =>
      Array.from({ length: store.count }, (_, n) => n)
        .filter((n) => store.kind(n) === Kind.INPUT)
        .map((n) => store.text(store.a(n)));
    await expect.poll(typed).toEqual(lines.map((line) => `${line}\n`));
    session.pause();
    await expect.poll(() => state().running).toBe(false);
  });

  it('is refused when no terminal would take it', async () => {
    const { session, procession } = await openLive('#/second');
    await expect(procession.typeLine('x'.repeat(4096))).rejects.toThrow('at most 4,095 bytes');
    await expect(procession.typeLine('a\nb')).rejects.toThrow('one line');
    expect(session.link()).not.toContain('inputs');
  });
});
