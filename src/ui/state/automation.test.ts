import { describe, expect, it } from 'vitest';
import { NO_FILES } from './lessons.fixture.ts';
import { createAutomation } from './automation.ts';
import { newSession } from './session.fixture.ts';
import type { SessionParts } from './session-parts.ts';

async function openLab(link = '', change: Partial<SessionParts> = {}) {
  const { session, kernel } = newSession(change);
  const procession = createAutomation(session, session.openLink(link));
  await procession.ready;
  return { procession, kernel, session };
}

describe('window.procession', () => {
  it('takes calls as soon as it is there, in their order', async () => {
    const { session } = newSession();
    const procession = createAutomation(session, session.openLink(''));
    const [one, two] = await Promise.all([procession.step(), procession.step(2)]);
    expect([one?.tick, two?.record]).toEqual([0, procession.status().record]);
    expect(procession.status()).toMatchObject({ outcome: 'paused' });
  });

  it('says where the lab stands, at the cursor', async () => {
    const { procession } = await openLab();
    const status = await procession.step(2);
    expect(status).toEqual({
      record: 13,
      records: 13,
      tick: 1,
      outcome: 'paused',
      notices: [],
      threads: [
        { pid: 1, tid: 1, name: 'P1', kind: 'process', state: 'Ready', line: 15 },
        { pid: 2, tid: 2, name: 'P2', kind: 'process', state: 'Running', line: 15 },
      ],
    });
    expect(procession.stdout()).toBe('1\n2\n');
    await procession.back();
    expect(procession.stdout()).toBe('1\n');
    expect(procession.status()).toMatchObject({ records: 13 });
  });

  it('runs to the end, to a record, or for a number of steps', async () => {
    const { procession } = await openLab();
    expect(await procession.run({ maxSteps: 3 })).toMatchObject({ tick: 2, outcome: 'paused' });
    expect(await procession.run({ maxSteps: 2 })).toMatchObject({ tick: 4 });
    expect(await procession.run({ to: 33 })).toMatchObject({ record: 33 });
    expect(await procession.run({ to: 5 })).toMatchObject({ record: 5 });
    expect(await procession.run({ to: 33, maxSteps: 1 })).toMatchObject({ tick: 0 });
    const end = await procession.run({ to: 'end' });
    expect(end).toMatchObject({ outcome: 'finished', record: end.records });
    expect(end.threads.map(({ state, exitCode }) => [state, exitCode])).toEqual([
      ['Terminated', 0],
      ['Terminated', 0],
    ]);
    expect(await procession.seek(0)).toMatchObject({ record: 0, threads: [] });
    expect(await procession.run()).toMatchObject({ outcome: 'finished' });
  });

  it('rejects options that are none', async () => {
    const { procession } = await openLab();
    await expect(procession.run(null as never)).rejects.toThrow('run takes {to, maxSteps} or nothing, not “null”.');
    await expect(procession.run({ to: 'start' as never })).rejects.toThrow('to must be a whole number');
    expect(procession.status()).toMatchObject({ outcome: 'ready' });
  });

  it('makes a pick without a step, and the step shows it', async () => {
    const { procession } = await openLab();
    await procession.step();
    expect(await procession.pick(1)).toMatchObject({ tick: 0 });
    expect((await procession.step()).threads[0]).toMatchObject({ state: 'Running' });
    expect(procession.link()).toContain('picks=1:1');
    await expect(procession.pick(77)).rejects.toThrow('There is no thread 77 at this point of the run.');
  });

  it('has equal hashes for equal runs, and others for others', async () => {
    const { procession } = await openLab();
    const hash = async (link: string): Promise<string> => {
      await procession.open(link);
      await procession.run();
      return procession.hash();
    };
    const first = await hash('#/first-lesson');
    expect(await hash('#/first-lesson?workers=3')).not.toBe(first);
    expect(await hash('#/first-lesson')).toBe(first);
    expect(await hash('#/first-lesson?picks=1:1')).not.toBe(first);
  });

  it('measures up to the cursor', async () => {
    const { procession } = await openLab();
    await procession.run();
    expect(procession.metrics()).toEqual({
      unit: 'ticks',
      processes: [
        { pid: 1, name: 'P1', arrival: 0, response: 0, turnaround: 9, waiting: 4, blocked: 0, cpu: 5 },
        { pid: 2, name: 'P2', arrival: 0, response: 1, turnaround: 10, waiting: 5, blocked: 0, cpu: 5 },
      ],
      run: { ticks: 10, utilisation: 1, switches: 9 },
    });
    await procession.seek(0);
    expect(procession.metrics().processes).toEqual([]);
  });

  it('gives the whole log as plain objects, in words', async () => {
    const { procession } = await openLab();
    await procession.step();
    const log = procession.log();
    expect(log.map(({ n }) => n)).toEqual(log.map((_, n) => n));
    expect(log[0]).toEqual({
      n: 0,
      tick: 0,
      tid: 1,
      pid: 1,
      kind: 'created',
      thread: 'process',
      name: 'P1',
      newPid: 1,
    });
    expect(log.find(({ kind }) => kind === 'ready')).toMatchObject({ cause: 'created', pid: 1 });
    expect(JSON.parse(JSON.stringify(log))).toEqual(log);
  });
});

describe('procession.open', () => {
  it('rejects with what the user would see when the link as a whole is wrong', async () => {
    const { procession, session } = await openLab();
    await expect(procession.open('#/nowhere')).rejects.toThrow(
      'There is no lesson “nowhere”. There are: first-lesson, second, custom, pooled. “first-lesson” was opened.',
    );
    expect(session.store.getState().notices[0]?.text).toMatch(/^There is no lesson “nowhere”/);
    await expect(procession.open('#/second?v=9')).rejects.toThrow('version 9');
    await expect(procession.open('nonsense')).rejects.toThrow('not of the form');
  });

  it('resolves when values had to be corrected, and the status says which', async () => {
    const { procession } = await openLab();
    const status = await procession.open('#/second?cpus=99&quantum=3');
    expect(status.notices).toEqual(['cpus: “99” is not a whole number from 1 to 16. 16 was used.']);
    expect(procession.link()).toContain('cpus=16&quantum=3');
  });

  it('takes texts only', async () => {
    const { procession } = await openLab();
    const link = procession.link();
    await expect(procession.open(undefined as never)).rejects.toThrow('link must be a text, not “undefined”');
    expect(procession.link()).toBe(link);
  });

  it('speaks the language of the page', async () => {
    const { procession } = await openLab('#/second?lang=zh');
    await expect(procession.open('#/nowhere')).rejects.toThrow('没有课程“nowhere”');
  });
});

describe('procession.set', () => {
  it('sets every name of a link and every parameter of the lesson', async () => {
    const { procession, session } = await openLab();
    const names = [
      ['workers', 3, 'workers=3'],
      ['locked', false, 'locked=false'],
      ['how', 'two', 'how=two'],
      ['jobs', '0:c1', 'jobs=0:c1'],
      ['cpus', 2, 'cpus=2'],
      ['policy', 'mlfq', 'policy=mlfq'],
      ['quantum', '7', 'quantum=7'],
      ['levels', 4, 'levels=4'],
      ['allotment', 2, 'allotment=2'],
      ['boost', 50, 'boost=50'],
      ['seed', 42, 'seed=42'],
      ['engine', 'py', 'engine=py'],
      ['speed', 10, 'speed=10'],
      ['view', 'events', 'view=events'],
      ['lang', 'zh', 'lang=zh'],
      ['embed', true, 'embed=1'],
      ['picks', '0:2', 'picks=0:2'],
      ['inputs', '9:kill:1', 'inputs=9:kill:1'],
      ['at', 12, 'at=12'],
      ['thread', 2, 'thread=2'],
    ] as const;
    for (const [name, value, written] of names) {
      await procession.set(name, value);
      expect(procession.link().split(/[?&]/), name).toContain(written);
    }
    // Nothing that was set before was lost on the way.
    for (const [name, , written] of names) expect(procession.link().split(/[?&]/), name).toContain(written);
    expect(session.store.getState()).toMatchObject({ cursor: 12, selected: 2, lang: 'zh', embed: true });
  });

  it('rejects a wrong value in words, and changes nothing', async () => {
    const { procession } = await openLab();
    const link = procession.link();
    await expect(procession.set('cpus', 99)).rejects.toThrow(
      'cpus: “99” is not a whole number from 1 to 16. Nothing was changed.',
    );
    await expect(procession.set('policy', 'best')).rejects.toThrow('not one of fcfs, sjf');
    await expect(procession.set('jobs', '!')).rejects.toThrow('no “!” is allowed');
    await expect(procession.set('mode', 'alive')).rejects.toThrow('not one of stepped, live');
    await expect(procession.set('pool', 3)).rejects.toThrow('has no pool');
    await expect(procession.set('colour', 3)).rejects.toThrow('“colour” is no setting of the lesson “first-lesson”');
    await expect(procession.seek(1.5)).rejects.toThrow('record must be a whole number');
    await expect(procession.step(-1)).rejects.toThrow('n must be a whole number');
    expect(procession.link()).toBe(link);
  });
});

describe('procession.program', () => {
  it('opens the program unrun; running or stepping runs it', async () => {
    const { procession, kernel } = await openLab();
    await procession.program('print("你好")');
    const calls = [...kernel.calls];
    expect(procession.link()).toMatch(/#\/custom\?v=1&code=[\w-]+$/);
    expect(procession.status().threads).toEqual([]);
    expect(kernel.calls).toEqual(calls);
    const link = procession.link();
    const { session } = await openLab(link);
    expect(session.store.getState().code).toBe('print("你好")');
    expect((await procession.run()).outcome).toBe('finished');
    expect(kernel.specs.at(-1)).toMatchObject({
      engine: 'py',
      program: 'program.py',
      files: { 'program.py': 'print("你好")' },
      hosts: 24,
    });
    await procession.program('print(2)');
    expect((await procession.step()).threads).not.toEqual([]);
    expect(kernel.specs.at(-1)?.files).toEqual({ 'program.py': 'print(2)' });
  });

  it('refuses what is no text, and changes nothing', async () => {
    const { procession } = await openLab();
    const link = procession.link();
    await expect(procession.program(undefined as never)).rejects.toThrow('source must be a text, not “undefined”.');
    expect(procession.link()).toBe(link);
  });

  it('refuses one that is too long for a link', async () => {
    const { procession } = await openLab();
    await expect(procession.program('x'.repeat(70_000))).rejects.toThrow('70,000 bytes');
  });
});

describe('where nothing can be run', () => {
  it('every call that would run says why', async () => {
    const { procession } = await openLab('', {
      machine: null,
      hindrance: 'hindrance.embedded',
      loadFiles: async () => NO_FILES,
    });
    await expect(procession.run()).rejects.toThrow(/shown in a frame.*tab of its own/);
    await expect(procession.set('cpus', 2)).rejects.toThrow('cannot be changed here');
    await expect(procession.pick(1)).rejects.toThrow('recording');
  });
});
