import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followAddress, type AddressBar } from './address.ts';
import { openSession } from './session.fixture.ts';

class FakeBar implements AddressBar {
  hash = '';
  readonly written: string[] = [];
  #listener = (): void => {};

  replace(hash: string): void {
    this.hash = hash;
    this.written.push(hash);
  }

  push(hash: string): void {
    this.hash = hash;
    this.written.push(`new ${hash}`);
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  type(hash: string): void {
    this.hash = hash;
    this.#listener();
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('the address', () => {
  it('becomes the link of what is shown, once that rests', async () => {
    const { session } = await openSession('#/first-lesson');
    const bar = new FakeBar();
    followAddress(session, bar);
    await session.step();
    await session.step();
    session.setTab('events');
    expect(bar.written).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(bar.written).toEqual([`#/first-lesson?v=1&at=${session.store.getState().cursor}&view=events`]);
  });

  it('is left alone while the cursor moves by itself', async () => {
    const { session } = await openSession('#/first-lesson?speed=1');
    const bar = new FakeBar();
    followAddress(session, bar);
    session.play();
    vi.advanceTimersByTime(5000);
    expect(bar.written).toEqual([]);
    session.pause();
    vi.advanceTimersByTime(5000);
    expect(bar.written).toHaveLength(1);
  });

  it('gets an entry in the history for another lesson, and for nothing else', async () => {
    const { session } = await openSession('#/nowhere');
    const bar = new FakeBar();
    bar.hash = '#/nowhere';
    followAddress(session, bar);
    const rest = async (change: () => Promise<void> | void) => {
      await change();
      vi.advanceTimersByTime(1000);
    };
    await rest(() => session.setTab('events'));
    await rest(() => session.openLesson('second'));
    await rest(() => session.setConfig({ cpus: 2 }));
    expect(bar.written).toEqual([
      '#/first-lesson?v=1&view=events',
      'new #/second?v=1&view=events',
      '#/second?v=1&cpus=2&view=events',
    ]);
    bar.type('#/first-lesson?v=1&view=events');
    await rest(() => session.step(0));
    expect(session.store.getState().scenario.id).toBe('first-lesson');
    expect(bar.written).toHaveLength(3);
  });

  it('opens what the user types, and not what the page wrote', async () => {
    const { session, state } = await openSession('#/first-lesson');
    const bar = new FakeBar();
    followAddress(session, bar);
    await session.step();
    vi.advanceTimersByTime(1000);
    const { run } = state();
    bar.type(bar.hash);
    expect(session.isLoading).toBe(false);
    bar.type('#/second?cpus=2');
    await session.step(0);
    expect(state()).toMatchObject({ scenario: { id: 'second' }, config: { cpus: 2 } });
    expect(state().run).toBe(run + 1);
  });
});
