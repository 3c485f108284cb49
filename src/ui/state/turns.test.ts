import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('turns', () => {
  it('come one after the other, in the order asked', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const slow = gate();
    const first = turns.take(async () => {
      await slow.opened;
      seen.push('first');
    });
    const second = turns.take(async () => void seen.push('second'));
    slow.open();
    await Promise.all([first, second]);
    expect(seen).toEqual(['first', 'second']);
  });

  it('taken over make void what waits, and tell what works', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const slow = gate();
    const first = turns.take(async (turn) => {
      await slow.opened;
      seen.push(`first void: ${turn.isVoid}`);
    });
    const second = turns.take(async () => void seen.push('second'));
    await Promise.resolve();
    const last = turns.takeOver(async (turn) => void seen.push(`last void: ${turn.isVoid}`));
    slow.open();
    await Promise.all([first, second, last]);
    expect(seen).toEqual(['first void: true', 'last void: false']);
  });

  it('made void resolve only when what took over is done', async () => {
    const turns = new Turns();
    const slow = gate();
    let done = false;
    const first = turns.take(() => new Promise((resolve) => void setImmediate(resolve)));
    void turns.takeOver(async () => {
      await slow.opened;
      done = true;
    });
    const waited = first.then(() => done);
    slow.open();
    expect(await waited).toBe(true);
  });

  it('do not wait for what never comes, once void', async () => {
    const turns = new Turns();
    const answers: unknown[] = [];
    const first = turns.take(async (turn) => void answers.push(await turn.orVoid(new Promise(() => {}))));
    await Promise.resolve();
    await turns.takeOver(async () => {});
    await first;
    expect(answers).toEqual([null]);
  });

  it('go on after one that failed', async () => {
    const turns = new Turns();
    const failing = turns.take(async () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    let ran = false;
    await turns.take(async () => {
      ran = true;
    });
    expect(ran).toBe(true);
  });
});
