import { describe, expect, it } from 'vitest';
import { openSession } from './session.fixture.ts';

describe('where the cursor rests', () => {
  it('n steps back and n forward lead to where one was, from any record', async () => {
    const { session, state } = await openSession();
    await session.toEnd();
    const { records, steps } = state();
    for (let record = 0; record <= records; record += 1) {
      await session.seek(record);
      const before = state().machine;
      const most = Math.min(4, state().step);
      for (let count = 1; count <= most; count += 1) {
        await session.back(count);
        expect(state().cursor).toBeLessThan(record);
        await session.step(count);
        expect(state().machine).toEqual(before);
      }
    }
    expect(steps).toBeGreaterThan(4);
  });

  it('a place inside a step is forgotten when one has gone on from it', async () => {
    const { session, state } = await openSession();
    await session.step(3);
    const end = state().cursor;
    const inside = end - 1;
    await session.seek(inside);
    await session.back();
    await session.step();
    expect(state().cursor).toBe(inside);
    await session.step();
    await session.back();
    await session.step();
    expect(state().cursor).toBeGreaterThanOrEqual(end);
  });

  it('stays at the start while a changed setting is run ahead, so that its measures are there', async () => {
    const { session, state } = await openSession();
    await session.toEnd();
    const before = state().measures;
    await session.setParameter('workers', 3);
    expect(state()).toMatchObject({ step: 0, outcome: 'ready', running: false });
    expect(state().steps).toBe(15);
    expect(state().measures?.processes).toHaveLength(3);
    expect(state().measuresBefore).toEqual(before);
  });
});
