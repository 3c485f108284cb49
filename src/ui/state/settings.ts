import { formatLink, parseLink, type Lessons } from './link.ts';
import { joinLink, splitLink } from './link-text.ts';
import { RESERVED } from './link-v1.ts';
import { Refusal } from './refusal.ts';
import type { View } from './view.ts';

/** Names that a link has, but that no panel and no call can set. */
const FIXED: readonly string[] = ['v'];

/** Everything that `change` can set in this lesson. */
function settingNames(view: View): readonly string[] {
  const absent = view.scenario.pool === undefined ? [...FIXED, 'pool'] : FIXED;
  return [...Object.keys(view.scenario.parameters), ...RESERVED.filter((name) => !absent.includes(name))];
}

/**
 * The view with one setting changed, by the same checks as a link, and with the same words.
 * @throws Refusal when there is no such setting, or its value is not allowed.
 */
export function checkSetting(view: View, name: string, value: string, lessons: Lessons): View {
  if (!settingNames(view).includes(name) && !RESERVED.includes(name)) {
    const values = { name, lesson: view.scenario.id, known: settingNames(view).join(', ') };
    throw new Refusal({ key: 'automation.unknownName', values });
  }
  const written = splitLink(formatLink(view));
  const pairs = (written?.pairs ?? []).filter(([other]) => other !== name);
  const link = joinLink({ lesson: view.scenario.id, pairs: [...pairs, [name, value]] });
  const parsed = parseLink(link, lessons);
  const wrong = parsed.notices.find((notice) => notice.tone !== 'info');
  if (wrong !== undefined) {
    const { key, values } = wrong;
    throw new Refusal({ key, ...(values === undefined ? {} : { values }), outcome: { key: 'link.unchanged' } });
  }
  return parsed.view;
}
