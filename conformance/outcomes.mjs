// From what a run has said to what became of each test.

/** As in programs/events.py. */
const BEGIN = '\x1e';

/** @typedef {'passed' | 'skipped' | 'failed'} Outcome */
/** @typedef {{ outcome: Outcome, reason: string }} Verdict `reason`: '' when it has passed */
/**
 * @typedef {{ event: 'found', module: string, kind: string, test: string, locks: boolean, needs: string | null }
 *   | { event: 'module', module: string, outcome: Outcome, reason: string }
 *   | { event: 'begin', test: string }
 *   | { event: 'outcome', test: string, outcome: Outcome, reason: string }
 *   | { event: 'fixture', test: string, outcome: Outcome, reason: string }
 *   | { event: 'end' }} RunEvent
 */
/**
 * @typedef {{ verdicts: Map<string, Verdict>, rest: string[], complaint: string }} Part of a class: `rest` is to be run again, without
 *   the others; `complaint`: how the run ended badly beside its tests, else ''
 */

/** @param {string} stdout @returns {RunEvent[]} */
export const eventsIn = (stdout) =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith(BEGIN))
    .map((line) => JSON.parse(line.slice(BEGIN.length)));

/**
 * What a run tells of these tests. Who began and did not end has failed, by whatever ended the run (`ending`); those after it are the
 * rest. Where a fixture fails or skips, so have all of its tests that did not begin.
 *
 * @param {readonly string[]} tests
 * @param {readonly RunEvent[]} events
 * @param {string} ending
 * @param {boolean} isFinished the process has come to its end after the last of them
 * @returns {Part}
 */
export function partOf(tests, events, ending, isFinished) {
  /** @type {Map<string, Verdict>} */
  const verdicts = new Map();
  /** @type {string | null} */
  let begun = null;
  /** @type {Verdict | null} */
  let fixture = null;
  let hasEnded = false;
  for (const event of events) {
    if (event.event === 'begin') begun = event.test;
    else if (event.event === 'outcome') {
      verdicts.set(event.test, { outcome: event.outcome, reason: event.reason });
      begun = null;
    } else if (event.event === 'fixture') fixture = { outcome: event.outcome, reason: event.reason };
    else if (event.event === 'end') hasEnded = true;
  }
  const complaint = begun === null && (!hasEnded || !isFinished) ? ending : '';
  if (begun !== null) verdicts.set(begun, { outcome: 'failed', reason: ending });
  const others = tests.filter((test) => !verdicts.has(test));
  // Otherwise the same would happen again and again.
  const isOver = hasEnded || verdicts.size === 0;
  if (!isOver) return { verdicts, rest: others, complaint };
  for (const test of others) verdicts.set(test, fixture ?? { outcome: 'failed', reason: ending });
  return { verdicts, rest: [], complaint };
}
