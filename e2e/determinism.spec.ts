import { expect, test, type Page } from '@playwright/test';
import { POLICY_NAMES } from '../src/abi/config.ts';
import { openLab } from './lab.ts';
import { LESSONS, LESSONS_IN_PYTHON } from './lessons.ts';

const CPUS = [1, 2, 3, 4];

/** A link a policy, each with another number of CPUs and another seed. All of them: src/scenarios/determinism.browser.test.ts. */
function links(lesson: string, place: number): string[] {
  return POLICY_NAMES.map(
    (policy, index) => `#/${lesson}?policy=${policy}&cpus=${CPUS[(place + index) % CPUS.length]}&seed=${place + index}`,
  );
}

/** Every link twice, in two orders, so that the second run follows upon another run than the first did. */
async function differing(page: Page, targets: readonly string[]): Promise<string[]> {
  return page.evaluate(async (all) => {
    const { procession } = window;
    const once = async (link: string): Promise<string> => {
      await procession.open(link);
      const { outcome } = await procession.run({ to: 'end' });
      return `${outcome} ${procession.hash()}`;
    };
    const first = new Map<string, string>();
    for (const link of all) first.set(link, await once(link));
    const wrong: string[] = [];
    for (const link of all.toReversed()) {
      const second = await once(link);
      if (first.get(link) !== second || !/^(finished|deadlock) /.test(second)) {
        wrong.push(`${link}: ${first.get(link)} then ${second}`);
      }
    }
    return wrong;
  }, targets);
}

test('the same link gives the same run through the page, for every lesson and policy', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  expect(await differing(page, LESSONS.flatMap(links))).toEqual([]);
});

test.describe('also while another tab burns both cores', () => {
  test.beforeEach(async ({ page, context }) => {
    const burner = await context.newPage();
    await burner.goto('/');
    await burner.evaluate(() => {
      const source = URL.createObjectURL(new Blob(['for (;;) {}'], { type: 'text/javascript' }));
      Object.assign(window, { burners: [new Worker(source), new Worker(source)] });
    });
    await page.bringToFront();
    await openLab(page);
  });

  test('a quarter of them in TypeScript', async ({ page }) => {
    test.setTimeout(120_000);
    const some = LESSONS.flatMap(links).filter((_, index) => index % 4 === 0);
    expect(await differing(page, some)).toEqual([]);
  });

  test('a third of the lessons in Python, each under one policy', async ({ page }) => {
    // Python is loaded first; then a run takes one or two seconds, where it shares both cores.
    test.setTimeout(240_000);
    const some = LESSONS_IN_PYTHON.filter((_, place) => place % 3 === 0).map(
      (lesson, index) => `${links(lesson, index)[index % POLICY_NAMES.length]}&engine=py`,
    );
    expect(await differing(page, some)).toEqual([]);
    expect(await page.evaluate(() => window.procession.link())).toContain('engine=py');
  });
});
