// From the samples of the rounds to the table of the README.

/** @typedef {import('./bench.ts').CaseResult} CaseResult */
/** @typedef {import('./bench.ts').Row} Row */
/** @typedef {'en' | 'zh'} Language */

const HEADINGS = {
  en: ['measured', 'N', 'result', 'goal', ''],
  zh: ['测量项', 'N', '结果', '目标', ''],
};

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * The row's number in every round: ours ÷ baseline of the same round, or ours alone.
 *
 * @param {Row} row
 * @param {CaseResult['rounds']} rounds
 */
export function resultsOf({ ours, baseline }, rounds) {
  return rounds.map((round) => {
    const own = round[ours] ?? Number.NaN;
    return baseline === undefined ? own : own / (round[baseline] ?? Number.NaN);
  });
}

/**
 * @param {Row} row
 * @param {number} value
 */
export function isMet({ goal }, value) {
  if (goal === null) return true;
  return goal.at === 'least' ? value >= goal.value : value <= goal.value;
}

/**
 * Three digits that count, and no more of them than that.
 *
 * @param {number} value
 */
export function quoted(value) {
  if (!Number.isFinite(value)) return '–';
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
  if (value >= 1000) return Number(value.toPrecision(3)).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

/**
 * A ratio below one tenth reads better as a fraction.
 *
 * @param {Row} row
 * @param {number} value
 */
function shown({ baseline, unit }, value) {
  if (baseline === undefined) return `${quoted(value)} ${unit}`.trimEnd();
  return value < 0.1 && value > 0 ? `1/${quoted(1 / value)}` : quoted(value);
}

/** @param {Row} row */
function shownGoal(row) {
  if (row.goal === null) return '';
  return `${row.goal.at === 'least' ? '≥' : '≤'} ${shown(row, row.goal.value)}`;
}

/**
 * @param {readonly CaseResult[]} results
 * @param {Language} language
 */
export function tableOf(results, language) {
  const lines = [HEADINGS[language], ['---', '---:', '---:', '---:', '---']];
  for (const { rows, rounds } of results) {
    for (const row of rows) {
      const value = median(resultsOf(row, rounds));
      const mark = row.goal === null ? '' : isMet(row, value) ? '✓' : '✗';
      lines.push([row.what[language], row.n, shown(row, value), shownGoal(row), mark]);
    }
  }
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * What every side did by itself: median, and the least and most of all rounds.
 *
 * @param {readonly CaseResult[]} results
 */
export function absolutesOf(results) {
  const lines = [];
  for (const { rows, rounds } of results) {
    const [{ n = '', unit = '' } = {}] = rows;
    for (const side of Object.keys(rounds[0] ?? {})) {
      const values = rounds.map((round) => round[side] ?? Number.NaN);
      const own = rows.find(({ ours }) => ours === side)?.unit ?? unit;
      const range = `${quoted(Math.min(...values))} … ${quoted(Math.max(...values))}`;
      lines.push(`${side.padEnd(12)} N ${n.padEnd(6)} ${quoted(median(values)).padStart(9)} ${own}   (${range})`);
    }
  }
  return lines.join('\n');
}

/**
 * @param {string} text of a README
 * @param {string} table
 * @param {string} name of the place in it
 * @throws Error when the text has no place for it
 */
export function withTable(text, table, name = 'bench') {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`there is no place for the table: put ${begin} and ${end} into the file`);
  return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
}
