import { expect, test } from 'vitest';
import { plainLine } from '../../scenarios/custom/listing.ts';
import { loadFiles, scenarioOf } from '../../scenarios/index.ts';
import type { ParameterValues } from '../../scenarios/scenario.ts';
import { invariant } from '../../base/invariant.ts';
import { filesToShow } from './own-program.ts';
import { defaultView } from './view.ts';

/** The lesson's Python listing with these parameters. */
async function listingWith(id: string, parameters: ParameterValues) {
  const scenario = scenarioOf(id);
  invariant(scenario !== null, 'a lesson of this name');
  const base = defaultView(scenario, 'py');
  const view = { ...base, parameters: { ...base.parameters, ...parameters } };
  return (await filesToShow(await loadFiles(id), view)).shown.files.py;
}

const withoutTags = (html: string): string => html.replaceAll(/<[^>]*>/g, '');

test.each([
  ['lock', { buyers: 17, locked: true, think: 3 }, ['tok-number', 'tok-bool']],
  ['gil', { kind: 'processes', rounds: 12 }, ['tok-string', 'tok-number']],
  ['hello-process', { name: 'O’Brien <b>', join: true }, ['tok-string', 'tok-bool']],
  ['hello-process', { name: "a\\'$& = b #" }, ['tok-string']],
] as const)('constants of %s keep their colours when they are %j', async (id, parameters, colours) => {
  const [before, after] = [await listingWith(id, {}), await listingWith(id, parameters)];
  const source = after.source.split('\n');
  const changed = source.flatMap((line, index) => (line === before.source.split('\n')[index] ? [] : [index]));
  expect(changed).toHaveLength(Object.keys(parameters).length);
  for (const index of changed) {
    const html = after.lines[index] ?? '';
    expect(withoutTags(html)).toBe(plainLine(source[index] ?? ''));
    expect(html).toContain('<span class="tok-variableName">');
    expect(colours.some((colour) => html.includes(`<span class="${colour}">`))).toBe(true);
  }
});
