// The text of a program, its syntax tree, and the text that it becomes.
import { MagicString } from 'magic-string';
import { parseSync } from 'oxc-parser';

/** @typedef {import('./program-syntax.mjs').Node} Node */

/** What is wrong with a program, where, and what to do. */
export class ProgramError extends Error {
  /**
   * @param {string} file
   * @param {number} line
   * @param {string} message
   */
  constructor(file, line, message) {
    super(`${file}:${line}: ${message}`);
    this.name = 'ProgramError';
  }
}

export class ProgramSource {
  /**
   * @param {string} source
   * @param {string} file
   */
  constructor(source, file) {
    const { program, errors, comments } = parseSync(file, source, { lang: 'ts', sourceType: 'module' });
    this.file = file;
    this.source = source;
    this.comments = comments;
    this.out = new MagicString(source);
    /** @type {number[]} */
    this.lineStarts = [0];
    for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) this.lineStarts.push(i + 1);
    const [error] = errors;
    if (error !== undefined) throw new ProgramError(file, this.lineOf(error.labels[0]?.start ?? 0), error.message);
    /** @type {Node[]} */
    this.body = /** @type {any} */ (program.body);
  }

  /** @param {number} position */
  lineOf(position) {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (/** @type {number} */ (this.lineStarts[middle]) <= position) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /**
   * @param {Node} node
   * @param {string} message
   * @returns {never}
   */
  refuse(node, message) {
    throw new ProgramError(this.file, this.lineOf(node.start), message);
  }

  /**
   * Position of the `)` that closes the head of a `for` without update.
   *
   * @param {Node} node
   */
  closeOfHead(node) {
    const last = node['test'] ?? node['init'];
    let close = this.source.indexOf(')', last === null ? node.start : last.end);
    for (const comment of this.comments) {
      if (comment.start < close && close < comment.end) close = this.source.indexOf(')', comment.end);
    }
    return close;
  }
}
