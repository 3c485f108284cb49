import { describe, expect, it } from 'vitest';
import { createAutomation } from './automation.ts';
import { openSession } from './session.fixture.ts';

async function saved(link = '#/first-lesson?workers=3') {
  const { session } = await openSession(link);
  await session.toEnd();
  const file = session.savedRun();
  if (file === null) throw new Error('there is a run to save');
  return file;
}

describe('a saved run', () => {
  it('is a file with a name of its own, and none before there is a run', async () => {
    const { name, json } = await saved();
    expect(name).toMatch(/^procession-first-lesson-stepped-[0-9a-f]{8}\.json$/);
    expect(JSON.parse(json)).toMatchObject({
      format: 'procession-trace',
      live: false,
      link: '#/first-lesson?v=1&workers=3',
    });
    const { session } = await openSession('#/custom');
    expect(session.savedRun()).toBeNull();
  });

  it('is shown as it was, with its settings, and can be moved through', async () => {
    for (const link of ['#/first-lesson?workers=3', '#/first-lesson?workers=3&mode=live']) {
      const file = await saved(link);
      const { session, state, kernel } = await openSession('#/second');
      const loads = kernel.specs.length;
      await session.openRun(file.name, file.json);
      const { live, hash } = JSON.parse(file.json) as { live: boolean; hash: string };
      expect(state()).toMatchObject({
        scenario: { id: 'first-lesson' },
        parameters: { workers: 3 },
        mode: live ? 'live' : 'stepped',
        saved: { file: file.name, live, records: state().records },
        step: 0,
      });
      const procession = createAutomation(session, Promise.resolve());
      expect(procession.hash()).toBe(hash);
      await session.toEnd();
      expect(state().outcome).toBe('finished');
      await session.back(2);
      expect(state().step).toBe(state().steps - 2);
      expect(kernel.specs).toHaveLength(loads);
    }
  });

  it('is read-only, and gives way to the lesson when that is opened', async () => {
    const file = await saved();
    const { session, state } = await openSession('#/second');
    await session.openRun(file.name, file.json);
    await session.setParameter('workers', 5);
    expect(state().notices.at(-1)?.text).toContain('saved run');
    expect(state().parameters).toMatchObject({ workers: 3 });
    await session.pick(1 as never);
    expect(state().notices.at(-1)?.text).toContain('recording');
    await session.openLink(session.link());
    expect(state()).toMatchObject({ saved: null, parameters: { workers: 3 } });
    await session.setParameter('workers', 5);
    expect(state().parameters).toMatchObject({ workers: 5 });
  });

  it('that is none changes nothing, and says what is wrong with which file, and what to do', async () => {
    const good = JSON.parse((await saved()).json) as Record<string, unknown>;
    const wrong: readonly (readonly [string, string])[] = [
      ['{"format":', 'a.json is not JSON: choose a file'],
      ['42', 'a.json is not a saved run of Procession: choose one'],
      ['null', 'not a saved run of Procession'],
      [JSON.stringify({ hello: 1 }), 'not a saved run of Procession'],
      [JSON.stringify({ ...good, version: undefined }), 'its part “version” is missing'],
      [JSON.stringify({ ...good, version: 7 }), 'version 7 of the format, and this page knows version 1'],
      [JSON.stringify({ ...good, words: undefined }), 'its part “words” is missing'],
      [JSON.stringify({ ...good, records: 3 }), 'than its 3 records'],
      [JSON.stringify({ ...good, texts: '' }), 'record 0 makes no sense'],
    ];
    for (const [json, said] of wrong) {
      const { session, state } = await openSession('#/second');
      await session.openRun('a.json', json);
      expect(
        state()
          .notices.map(({ text }) => text)
          .join(),
      ).toContain(said);
      expect(state()).toMatchObject({ saved: null, scenario: { id: 'second' } });
    }
    const { session } = await openSession('#/second');
    const procession = createAutomation(session, Promise.resolve());
    await expect(procession.openTrace({ hello: 1 }, 'b.json')).rejects.toThrow('b.json is not a saved run');
    expect((await procession.openTrace(good)).outcome).toBe('ready');
  });

  it('of a lesson that is not here can be looked at all the same', async () => {
    const good = JSON.parse((await saved()).json) as Record<string, unknown>;
    for (const link of ['#/gone?x=1', undefined, 7]) {
      const { session, state } = await openSession('#/second');
      await session.openRun('a.json', JSON.stringify({ ...good, link }));
      expect(state().saved?.file).toBe('a.json');
      await session.toEnd();
      expect(state().outcome).toBe('finished');
    }
  });
});
