import { describe, expect, test } from 'vitest';
import { transformProgram } from './programs.mjs';

const MAIN = 'export function main() {}\n';

/**
 * Body of `main`, transformed, without the blanks at both ends of its lines and without the way in and the way back.
 *
 * @param {string} body
 */
function transformed(body) {
  const { code } = transformProgram(`export function main() {\n${body}\n}\n`, '/src/scenarios/x/program.ts');
  const begin = code.indexOf('\n', code.indexOf('function main')) + 1;
  return code
    .slice(begin, code.lastIndexOf('}\n\nreturn'))
    .replace(/\n( \$back\(\$frame\); )?$/, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

/**
 * Runs a transformed program and returns the lines at which it stopped.
 *
 * @param {string} body
 */
function linesOf(body) {
  const source = `export function main() {\n${body}\n}\n`;
  const { code } = transformProgram(source, 'x.program.ts');
  /** @type {number[]} */
  const lines = [];
  const api = {
    checkpoint: (/** @type {number} */ line) => lines.push(line),
    rethrow: () => undefined,
    hint: () => undefined,
    list: () => undefined,
    item: () => undefined,
    begin: () => [{}, true],
    enter: () => 0,
    here: () => 0,
    unwind: () => 0,
    back: (/** @type {number} */ _frame, /** @type {unknown} */ value) => value,
    *each(/** @type {number} */ line, /** @type {Iterable<unknown>} */ items) {
      let first = true;
      for (const item of items) {
        if (!first) lines.push(line);
        first = false;
        yield item;
      }
      if (!first) lines.push(line);
    },
    procession: {},
  };
  const plain = code.replaceAll('export ', '');
  const main = new Function('$api', `${plain}\nreturn instantiate($api).main;`)(api);
  main();
  return lines;
}

describe('a checkpoint', () => {
  test('stands before every statement', () => {
    expect(transformed('let a = 1;\na += 1;\nreturn a;')).toBe(
      '$at(2); let a = 1;\n$at(3); a += 1;\n$at(4); return $back($frame, a);',
    );
  });

  test('stands once for a line, however many statements begin on it', () => {
    expect(transformed('let a = 1; a += 1; if (a) a = 3;')).toBe('$at(2); let a = 1; a += 1; if (a) { a = 3; }');
  });

  test('stands in a body that is no block', () => {
    expect(transformed('if (x)\n  f();\nelse\n  g();')).toBe(
      '$at(2); if (x)\n{ $at(3); f(); }\nelse\n{ $at(5); g(); }',
    );
  });

  test('stands before the condition of an else if', () => {
    expect(transformed('if (a) f();\nelse if (b) g();')).toBe(
      '$at(2); if (a) { f(); }\nelse { $at(3); if (b) { g(); } }',
    );
  });

  test('does not stand before what does nothing by itself', () => {
    expect(transformed('type T = 1;\nfunction inner() {}\n;')).toBe('type T = 1;\nfunction inner() {}\n;');
  });

  test('does not stand at the top level', () => {
    expect(transformProgram(`let n = 1;\nn += 1;\n${MAIN}`, 'x.program.ts').code).not.toContain('$at(1)');
  });
});

describe('the way of the lines', () => {
  test('comes back to the head of a while before each look at its condition', () => {
    expect(linesOf('let n = 0;\nwhile (n < 2) {\n  n += 1;\n}')).toEqual([2, 3, 4, 3, 4, 3]);
  });

  test('comes back to the head of a for, with and without an update, also after continue', () => {
    expect(linesOf('for (let n = 0; n < 2; n += 1) {\n  if (n === 0) continue;\n  n;\n}')).toEqual([2, 3, 2, 3, 4, 2]);
    expect(linesOf('for (let n = 0; n < 2; ) {\n  n += 1;\n}')).toEqual([2, 3, 2, 3, 2]);
    expect(linesOf('let n = 0;\nfor (;;) {\n  if ((n += 1) > 1) break;\n}')).toEqual([2, 3, 4, 3, 4]);
  });

  test('comes back to the head of a for of before each item, and when there is none left', () => {
    expect(linesOf('for (const n of [1, 2]) {\n  n;\n}')).toEqual([2, 3, 2, 3, 2]);
    expect(linesOf('for (const n of []) {\n  n;\n}')).toEqual([2]);
  });

  test('meets the condition of a do while after its body', () => {
    expect(linesOf('let n = 0;\ndo {\n  n += 1;\n} while (n < 2);')).toEqual([2, 4, 5, 4, 5]);
  });

  test('enters functions inside expressions', () => {
    expect(linesOf('[1, 2].forEach((x) => {\n  x;\n});')).toEqual([2, 3, 3]);
  });

  test('keeps labels with their loops', () => {
    expect(linesOf('outer: for (const a of [1, 2]) {\n  for (;;) {\n    continue outer;\n  }\n}')).toEqual([
      2, 3, 4, 2, 3, 4, 2,
    ]);
  });
});

describe('a label', () => {
  test('stays with its statement, and the flow stops before both', () => {
    expect(linesOf('a: switch (1) {\n  case 1:\n    break a;\n}')).toEqual([2, 4]);
    expect(linesOf('let n = 0;\nd: if (n === 0) {\n  break d;\n}')).toEqual([2, 3, 4]);
    expect(linesOf('let n = 0;\ng: n += 1;')).toEqual([2, 3]);
    expect(linesOf('w: while (true) {\n  break w;\n}')).toEqual([2, 3]);
  });

  test('may stand before a label', () => {
    expect(linesOf('b: c: for (const n of [1]) {\n  continue b;\n}')).toEqual([2, 3, 2]);
    expect(linesOf('b: c: while (true) {\n  break b;\n}')).toEqual([2, 3]);
  });
});

describe('comments in the head of a for', () => {
  test('are no part of it, whatever they hold', () => {
    expect(linesOf('let i = 1;\nfor (; i >= 0; ) /* the head (closed) */ i -= 1;')).toEqual([2, 3, 3, 3]);
    expect(linesOf('let i = 1;\nfor (; i >= (0); /* ) */) // )\n  i -= 1;')).toEqual([2, 3, 4, 3, 4, 3]);
    expect(linesOf('for (/* :) */;;) break;')).toEqual([2]);
  });
});

describe('the order to stop', () => {
  test('passes every catch, whatever its parameter', () => {
    expect(transformed('try {} catch (e) {}')).toBe('try {} catch (e) { $rethrow($frame, e);}');
    expect(transformed('try {} catch {}')).toBe('try {} catch ($caught) { $rethrow($frame, $caught);}');
    expect(transformed('try {} catch ({ name }) {}')).toBe(
      'try {} catch ($caught) { $rethrow($frame, $caught); const { name } = $caught;}',
    );
  });

  test('meets a checkpoint in every finally that does something', () => {
    expect(transformed('try {\n} finally {\n  return 1;\n}')).toBe(
      'try {\n} finally { const $left = $unwind($frame);\n$at(4); return $back($frame, 1);\n$back($left); }',
    );
  });
});

describe('objects and functions', () => {
  test('are called after what they are stored in', () => {
    const source =
      "import { Lock as L } from 'procession';\nexport function main() {\nconst lock = new L();\nthis.b = new L();\nuse({ c: new L() }, new L());\n}\n";
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code.match(/\$hint\("\w+"\)/g)).toEqual(['$hint("lock")', '$hint("b")', '$hint("c")']);
  });

  test('in brackets or with a type, too', () => {
    const source =
      "import { Lock } from 'procession';\nexport function main() {\nconst a = (new Lock());\n" +
      'const b = new Lock() as Lock;\nconst c = (new Lock() satisfies Lock)!;\n}\n';
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code.match(/\$hint\("\w+"\)/g)).toEqual(['$hint("a")', '$hint("b")', '$hint("c")']);
  });

  test('in a choice between two, each of them', () => {
    const source =
      "import { Lock, RLock } from 'procession';\nexport function main({ r }: { r: boolean }) {\n" +
      'const a = r ? new RLock() : (new Lock());\n}\n';
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code.match(/\$hint\("\w+"\)/g)).toEqual(['$hint("a")', '$hint("a")']);
  });

  test('the two ends of a pipe are called after both variables', () => {
    const source =
      "import { Pipe } from 'procession';\nexport function main() {\nconst [a, b] = Pipe();\n" +
      'const ends = Pipe(false);\nconst [c] = Pipe();\nconst [[d], e] = Pipe();\n}\n';
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code.match(/\$hint\("[^"]*"\)/g)).toEqual(['$hint("[a, b]")', '$hint("ends")']);
  });

  test('what a pool returns at once is called after its variable, or after its place in a list', () => {
    const source =
      "import { Pool } from 'procession';\nexport function main() {\nconst pool = new Pool(2);\n" +
      'const one = pool.applyAsync(main);\nconst all = [1, 2].map((x) => pool.applyAsync(main, [x]));\nuse(pool.imap(main, all));\n}\n';
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code.match(/\$(?:hint|list|item)\("\w+"\)/g)).toEqual([
      '$hint("pool")',
      '$hint("one")',
      '$list("all")',
      '$item("all")',
    ]);
  });

  test('are not called after what says where they are stored, like an index', () => {
    const source =
      "import { Lock } from 'procession';\nexport function main() {\nlocks[i] = new Lock();\n" +
      'use({ [i]: new Lock() });\nclass A { [i] = new Lock(); }\nlocks[i] = () => 1;\n}\n';
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code).not.toContain('$hint("i")');
    expect(code).toContain('["<lambda>",6,6]');
  });

  test('are found by line, inner ones after outer ones', () => {
    const source = 'export function main() {\n  const f = () => 1;\n  return f;\n}\nfunction other() {}\n';
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code).toContain('ranges = [["main",1,4],["f",2,2],["other",5,5]]');
    expect(code).toContain('return { main, other };');
  });
});

describe('the module', () => {
  test('keeps the numbers of the lines, and maps back to the source', () => {
    const source = `import { print } from 'procession';\n\nexport function main(): void {\n  print(1);\n}\n`;
    const { code, map } = transformProgram(source, 'x.program.ts');
    expect(code.split('\n')[3]).toBe('  $at(4); print(1);');
    expect(map.sourcesContent).toEqual([source]);
    expect(map.mappings).not.toBe('');
  });

  test('imports nothing but types', () => {
    const { code } = transformProgram(`import type { T } from './t.ts';\n${MAIN}`, 'x.program.ts');
    expect(code).not.toContain('import');
  });
});

describe('what the lab cannot step through is refused, with file and line', () => {
  test.each([
    ['for in', 'export function main() {\n  for (const k in {}) k;\n}\n', /^x\.program\.ts:2: .*Object\.keys/],
    ['async functions', `async function f() {}\n${MAIN}`, /^x\.program\.ts:1: .*async/],
    ['other imports', `import { x } from './x.ts';\n${MAIN}`, /^x\.program\.ts:1: .*'procession'/],
    ['import()', "export function main() {\n  import('./x.ts');\n}\n", /^x\.program\.ts:2: /],
    ['no main', 'function other() {}\n', /export function main/],
    ['no TypeScript', `const = 1;\n${MAIN}`, /^x\.program\.ts:1: /],
  ])('%s', (_, source, message) => {
    expect(() => transformProgram(source, 'x.program.ts')).toThrow(message);
  });
});
