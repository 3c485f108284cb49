// Results that are kept in a file, so that the tests may be run in pieces: what is in it is not run again.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SUITES } from './plan.mjs';

/** @typedef {import('./report.mjs').ClassResult} ClassResult */
/** @typedef {import('./outcomes.mjs').Verdict} Verdict */
/** @typedef {Record<string, { suite: string, kind: string, tests: Record<string, Verdict> }>} File by class */

export class Kept {
  #path;
  /** @type {File} */
  #here = {};

  /** @param {string | undefined} path none = only this run's */
  constructor(path) {
    this.#path = path;
  }

  /** @param {string} key of a class */
  has(key) {
    return key in this.#read();
  }

  /** Another command may be at it with other classes. @param {string} key @param {ClassResult} result */
  add(key, { suite, kind, tests }) {
    const all = { ...this.#read(), [key]: { suite, kind, tests: Object.fromEntries(tests) } };
    if (this.#path === undefined) this.#here = all;
    else writeFileSync(this.#path, JSON.stringify(all));
  }

  /** In the order of the suites. @returns {ClassResult[]} */
  results() {
    const order = SUITES.map(({ name }) => name);
    return Object.entries(this.#read())
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { suite, kind, tests }]) => ({ suite, kind, tests: new Map(Object.entries(tests)) }))
      .toSorted((one, other) => order.indexOf(one.suite) - order.indexOf(other.suite));
  }

  /** @returns {File} */
  #read() {
    if (this.#path === undefined) return this.#here;
    return existsSync(this.#path) ? JSON.parse(readFileSync(this.#path, 'utf8')) : {};
  }
}
