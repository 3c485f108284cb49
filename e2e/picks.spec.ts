import { expect, test } from '@playwright/test';
import { openLab } from './lab.ts';

for (const link of [
  '#/three-states?policy=manual',
  '#/lock?policy=manual&think=2',
  '#/lock?policy=rr&quantum=2&cpus=2',
  '#/workload?policy=srtf',
]) {
  test(`${link}: whoever is picked takes the next step, and the link brings all picks back`, async ({ page }) => {
    await openLab(page, link);
    const faults = await page.evaluate(async () => {
      const { procession } = window;
      const wrong: string[] = [];
      let draw = 7;
      for (let round = 0; round < 80 && procession.status().outcome !== 'finished'; round += 1) {
        const ready = procession.status().threads.filter((thread) => thread.state === 'Ready');
        draw = (draw * 1103515245 + 12345) % 2147483648;
        const chosen = ready[draw % Math.max(1, ready.length)];
        const before = procession.log().filter((event) => event.kind === 'line').length;
        if (chosen !== undefined) await procession.pick(chosen.tid);
        await procession.step(procession.status().threads.length);
        const stepped = procession
          .log()
          .filter((event) => event.kind === 'line')
          .slice(before);
        if (chosen !== undefined && !stepped.some((event) => event.tid === chosen.tid)) {
          wrong.push(`round ${round}: picked ${chosen.tid}, stepped ${stepped.map((event) => event.tid).join(' ')}`);
        }
      }
      return wrong;
    });
    expect(faults).toEqual([]);
    const {
      hash,
      records,
      link: shared,
    } = await page.evaluate(async () => {
      const { procession } = window;
      await procession.run({ to: 'end' });
      return { hash: procession.hash(), records: procession.status().records, link: procession.link() };
    });
    expect(shared).toContain('picks=');
    await page.goto('about:blank');
    await page.goto(shared);
    await page.waitForFunction(() => 'procession' in window);
    const again = await page.evaluate(async () => {
      await window.procession.ready;
      await window.procession.run({ to: 'end' });
      return { hash: window.procession.hash(), records: window.procession.status().records };
    });
    expect(again).toEqual({ hash, records });
  });
}

test('under manual, the very next step is the picked one’s', async ({ page }) => {
  await openLab(page, '#/three-states?policy=manual');
  const faults = await page.evaluate(async () => {
    const { procession } = window;
    const wrong: string[] = [];
    for (let round = 0; round < 120 && procession.status().outcome !== 'finished'; round += 1) {
      const ready = procession.status().threads.filter((thread) => thread.state === 'Ready');
      const chosen = ready[round % Math.max(1, ready.length)];
      if (chosen !== undefined) await procession.pick(chosen.tid);
      await procession.step();
      const last = procession.log().findLast((event) => event.kind === 'line');
      // A thread that is woken only to end takes no step of its own.
      const ended = procession.status().threads.find((thread) => thread.tid === chosen?.tid)?.state === 'Terminated';
      if (chosen !== undefined && !ended && last?.tid !== chosen.tid)
        wrong.push(`round ${round}: ${chosen.tid}, not ${last?.tid}`);
    }
    return wrong;
  });
  expect(faults).toEqual([]);
});

test('stepping back undoes a pick, and another one may be made there', async ({ page }) => {
  await openLab(page, '#/three-states?policy=manual');
  await page.evaluate(() => window.procession.step(16));
  const ready = await page.evaluate(() =>
    window.procession
      .status()
      .threads.filter((thread) => thread.state === 'Ready')
      .map((thread) => thread.tid),
  );
  expect(ready.length).toBeGreaterThan(1);
  const runners: unknown[] = [];
  for (const tid of ready) {
    const runner = await page.evaluate(async (chosen) => {
      await window.procession.pick(chosen);
      await window.procession.step();
      const last = window.procession.log().findLast((event) => event.kind === 'line')?.tid;
      await window.procession.back();
      return last;
    }, tid);
    runners.push(runner);
  }
  expect(runners).toEqual(ready);
});
