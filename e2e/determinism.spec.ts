import { expect, test, type Page } from '@playwright/test';
import { POLICY_NAMES } from '../src/abi/config.ts';
import { openLab } from './lab.ts';

const LESSONS = ['three-states', 'hello-process', 'lock', 'workload'];
const CPUS = [1, 2, 3, 4];
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

function links(lesson: string): string[] {
  return POLICY_NAMES.flatMap((policy) =>
    CPUS.flatMap((cpus) => SEEDS.map((seed) => `#/${lesson}?policy=${policy}&cpus=${cpus}&seed=${seed}`)),
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

for (const lesson of LESSONS) {
  test(`${lesson}: the same link gives the same run, under every policy, 1 to 4 CPUs, 20 seeds`, async ({ page }) => {
    test.setTimeout(240_000);
    await openLab(page);
    expect(await differing(page, links(lesson))).toEqual([]);
  });
}

test('also while another tab burns both cores', async ({ page, context }) => {
  test.setTimeout(240_000);
  const burner = await context.newPage();
  await burner.goto('/');
  await burner.evaluate(() => {
    const source = URL.createObjectURL(new Blob(['for (;;) {}'], { type: 'text/javascript' }));
    Object.assign(window, { burners: [new Worker(source), new Worker(source)] });
  });
  await page.bringToFront();
  await openLab(page);
  const some = LESSONS.flatMap((lesson) => links(lesson).filter((_, index) => index % 24 === 0));
  expect(await differing(page, some)).toEqual([]);
  await burner.close();
});
