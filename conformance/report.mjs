// From the outcomes of tests to the tables of the READMEs.
import { REASONS } from './plan.mjs';

/** @typedef {import('./outcomes.mjs').Verdict} Verdict */
/** @typedef {{ suite: string, kind: string, tests: ReadonlyMap<string, Verdict> }} ClassResult `tests`: by their ids */
/** @typedef {'en' | 'zh'} Language */

const HEADINGS = {
  en: ['suite', 'passed', 'skipped', 'failed', ''],
  zh: ['测试集', '通过', '跳过', '失败', ''],
};

const CLASS_HEADINGS = {
  en: ['class', 'passed', 'skipped', 'failed', 'why skipped, what failed'],
  zh: ['测试类', '通过', '跳过', '失败', '跳过的原因，失败的测试'],
};

const TOTAL = { en: 'all', zh: '合计' };
const FOLDED = { en: 'Every class', zh: '各测试类' };

/** Those of tests are quoted as they are. @param {string} reason @param {Language} language */
const shownReason = (reason, language) =>
  language === 'zh' && reason in REASONS ? REASONS[/** @type {keyof typeof REASONS} */ (reason)] : reason;

/** @param {readonly ClassResult[]} results */
export function countsOf(results) {
  const counts = { passed: 0, skipped: 0, failed: 0 };
  for (const { tests } of results) for (const { outcome } of tests.values()) counts[outcome] += 1;
  return counts;
}

/** @param {readonly (readonly string[])[]} rows */
const table = (rows) => rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Of a cell. @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ').trim();

/** @param {string} head @param {readonly ClassResult[]} results @param {readonly string[]} more */
function row(head, results, more) {
  const { passed, skipped, failed } = countsOf(results);
  return [head, String(passed), String(skipped), String(failed), ...more];
}

/** How often each reason was given, the most frequent first. @param {ClassResult} result @param {Language} language */
function reasonsOf({ tests }, language) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { outcome, reason } of tests.values()) {
    if (outcome === 'skipped') counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) => {
      const text = cell(shownReason(reason, language));
      return count === 1 ? text : `${text} (${count})`;
    });
}

/** @param {ClassResult} result */
const failuresOf = ({ tests }) =>
  [...tests].filter(([, { outcome }]) => outcome === 'failed').map(([id]) => `✗ ${cell(id.split('.').at(-1) ?? id)}`);

/**
 * A line a suite, and one for all.
 *
 * @param {readonly ClassResult[]} results
 * @param {Language} language
 */
export function suiteTable(results, language) {
  const names = [...new Set(results.map(({ suite }) => suite))];
  const lines = names.map((name) => {
    const own = results.filter(({ suite }) => suite === name);
    return row(`\`${name}\``, own, [countsOf(own).failed === 0 ? '✓' : '✗']);
  });
  return table([
    HEADINGS[language],
    ['---', '---:', '---:', '---:', '---'],
    ...lines,
    row(TOTAL[language], results, [countsOf(results).failed === 0 ? '✓' : '✗']),
  ]);
}

/**
 * The class's name; where a suite has two of that name, with their module's.
 *
 * @param {ClassResult} result
 * @param {readonly ClassResult[]} results
 */
function nameOf({ suite, kind, tests }, results) {
  const isAlone = results.filter((other) => other.suite === suite && other.kind === kind).length === 1;
  const [id = ''] = tests.keys();
  return isAlone ? kind : id.split('.').slice(-3, -1).join('.');
}

/**
 * A line a class, with the reasons of what was skipped and the names of what failed.
 *
 * @param {readonly ClassResult[]} results
 * @param {Language} language
 */
export function classTable(results, language) {
  const lines = results.map((result) =>
    row(
      `${result.suite}: \`${nameOf(result, results)}\``,
      [result],
      [[...reasonsOf(result, language), ...failuresOf(result)].join('; ')],
    ),
  );
  return table([CLASS_HEADINGS[language], ['---', '---:', '---:', '---:', '---'], ...lines]);
}

/**
 * What stands between the marks of a README: the suites, and folded away all classes.
 *
 * @param {readonly ClassResult[]} results
 * @param {string} circumstances
 * @param {Language} language
 */
export const sectionOf = (results, circumstances, language) =>
  [
    suiteTable(results, language),
    '',
    circumstances,
    '',
    '<details>',
    `<summary>${FOLDED[language]}</summary>`,
    '',
    classTable(results, language),
    '',
    '</details>',
    '',
  ].join('\n');

/** Every failure with its reason, to be read in a terminal. @param {readonly ClassResult[]} results */
export const failures = (results) =>
  results
    .flatMap(({ tests }) => [...tests])
    .filter(([, { outcome }]) => outcome === 'failed')
    .map(([id, { reason }]) => `✗ ${id}\n${reason.trimEnd().replaceAll(/^/gm, '    ')}`)
    .join('\n\n');
