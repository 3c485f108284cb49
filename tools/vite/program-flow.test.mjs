import { afterEach, describe, expect, test } from 'vitest';
import { enter } from '../../src/runtime/typescript/current.ts';
import { PROGRAM_API } from '../../src/runtime/typescript/program-api.ts';
import { transformProgram } from './programs.mjs';

afterEach(() => enter(null));

/**
 * Runs a program under the true API, on a port that only knows its line. `mark` in it writes down the line.
 *
 * @param {string} source lines after the first
 */
function run(source) {
  const { code } = transformProgram(`import { mark, hint } from 'procession';\n${source}`, 'x.program.ts');
  const port = {
    line: 0,
    /** @param {number} line */
    checkpoint(line) {
      port.line = line;
    },
    /** @param {number} line */
    backTo(line) {
      port.line = line;
    },
  };
  const thread = { port, depth: 1, nameHint: '', inherited: null, program: {} };
  enter(/** @type {any} */ (thread));
  /** @type {unknown[]} */
  const marks = [];
  /** @param {unknown[]} values */
  const mark = (...values) => marks.push(port.line, ...values);
  const hint = () => thread.nameHint;
  // What is shared, and how, is not the matter here.
  /** @type {Record<string, unknown>} */
  const globals = {};
  const plain = code.replaceAll('export ', '');
  const instance = new Function('$api', `${plain}\nreturn instantiate($api);`)({
    ...PROGRAM_API,
    begin: () => [globals, true],
    declare: (/** @type {string} */ name, /** @type {unknown} */ value) => {
      globals[name] = value;
    },
    procession: { mark, hint },
  });
  /** @type {unknown} */
  let error = null;
  try {
    instance.main();
  } catch (thrown) {
    error = thrown;
  }
  return { marks, line: port.line, depth: thread.depth, error };
}

const HELPER = 'function half(x) {\n  return x / 2;\n}\n';

describe('when a call returns, the line is that of the call again', () => {
  test.each([
    ['as an argument', `${HELPER}export function main() {\n  mark(half(4));\n}`, [6, 2]],
    [
      'of a function that returns nothing',
      'function f() {\n  1;\n}\nexport function main() {\n  mark(f());\n}',
      [6, undefined],
    ],
    ['with a bare return', 'function f() {\n  return;\n}\nexport function main() {\n  mark(f());\n}', [6, undefined]],
    ['with a sequence', 'function f() {\n  return 1, 2;\n}\nexport function main() {\n  mark(f());\n}', [6, 2]],
    [
      'of an arrow function',
      `${HELPER}export function main() {\n  const f = (x) => ({ x: half(x) });\n  mark(f(2));\n}`,
      [7, { x: 1 }],
    ],
    [
      'of an arrow function with a body',
      'export function main() {\n  const f = () => {\n    return 3;\n  };\n  mark(f());\n}',
      [6, 3],
    ],
    ['of a callback', 'export function main() {\n  mark([1].map((x) => {\n    return x;\n  }));\n}', [3, [1]]],
    [
      'of a constructor',
      'class A {\n  constructor() {\n    this.a = 1;\n  }\n}\nclass B extends A {\n  constructor() {\n    super();\n    this.b = this.a;\n  }\n}\nexport function main() {\n  mark(new B().b);\n}',
      [14, 1],
    ],
    [
      'of a getter',
      'export function main() {\n  const o = {\n    get g() {\n      return 4;\n    },\n  };\n  mark(o.g);\n}',
      [8, 4],
    ],
    [
      'out of a try, past a finally',
      'function f() {\n  try {\n    return 5;\n  } finally {\n    1;\n  }\n}\nexport function main() {\n  mark(f());\n}',
      [10, 5],
    ],
    [
      'out of a finally',
      'function f() {\n  try {\n    return 5;\n  } finally {\n    return 6;\n  }\n}\nexport function main() {\n  mark(f());\n}',
      [10, 6],
    ],
    [
      'nested',
      `${HELPER}function g(x) {\n  const y = half(x);\n  return half(y);\n}\nexport function main() {\n  mark(g(4), half(2));\n}`,
      [10, 1, 1],
    ],
  ])('%s', (_, source, expected) => {
    const { marks, error, depth } = run(source);
    expect(error).toBeNull();
    expect(marks).toEqual(expected);
    expect(depth).toBe(1);
  });

  test('but that of main is the last one it was at', () => {
    expect(run('export function main() {\n  1;\n  2;\n}').line).toBe(4);
  });
});

describe('an error', () => {
  test('has the line that throws it, whatever was called for its text', () => {
    const { line, error } = run(`${HELPER}export function main() {\n  throw new Error('at ' + half(2));\n}`);
    expect(error).toEqual(new Error('at 1'));
    expect(line).toBe(6);
  });

  test('keeps its line on its way through callers and finally', () => {
    const source =
      'function f() {\n  throw new Error();\n}\nexport function main() {\n  try {\n    f();\n  } finally {\n    1;\n  }\n}';
    expect(run(source).line).toBe(3);
  });

  test('of a constructor does not leave its name to the next object', () => {
    const source =
      "import { Lock } from 'procession';\nexport function main() {\n  try {\n    const a = new Lock(none);\n" +
      '  } catch {\n    mark(hint());\n  }\n}';
    expect(run(source).marks).toEqual([7, '']);
  });
});

describe('an endless recursion', () => {
  const CATCH = 'try {\n    f();\n  } catch (error) {\n    mark(error.name, error.message, calls);\n  }\n';

  test.each([
    ['function f() {\n  calls += 1;\n  f();\n}', 998],
    ['const f = () => (calls += 1) + f();', 998],
    ['function f() {\n  calls += 1;\n  [1].forEach(() => f());\n}', 499],
    ['function f() {\n  calls += 1;\n  try {\n    f();\n  } finally {\n    calls += 0;\n  }\n}', 998],
  ])('is a RecursionError at the same depth everywhere: %s', (recursion, calls) => {
    const { marks, error } = run(`let calls = 0;\n${recursion}\nexport function main() {\n  ${CATCH}}`);
    expect(error).toBeNull();
    expect(marks.slice(1)).toEqual(['RecursionError', 'maximum recursion depth exceeded', calls]);
  });

  test('is over for the counter once it was caught, also in a generator', () => {
    const rounds =
      'for (let n = 0; n < 1500; n += 1) {\n    try {\n      f();\n    } catch {\n      continue;\n    }\n  }\n';
    const fails = 'function f() {\n  throw new Error();\n}\n';
    const plain = run(`${fails}export function main() {\n  ${rounds}}`);
    expect([plain.error, plain.depth]).toEqual([null, 1]);
    const generator = run(
      `${fails}function* g() {\n  ${rounds}  yield f;\n}\nexport function main() {\n  for (const h of g()) {\n    mark(h === f);\n  }\n}`,
    );
    expect(generator.error).toBeNull();
    expect(generator.marks.at(-1)).toBe(true);
  });
});
