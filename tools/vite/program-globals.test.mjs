import { describe, expect, test } from 'vitest';
import { transformProgram } from './programs.mjs';

const MAIN = 'export function main() {}\n';

/**
 * The first line of what a program's top level becomes, without what stands before it.
 *
 * @param {string} source
 */
function topLevel(source) {
  const { code } = transformProgram(`\n${source}\n${MAIN}`, 'x.program.ts');
  return code.slice(code.indexOf('\n') + 1, code.indexOf('\nfunction main'));
}

/**
 * An expression in `main`, where `x`, `y` and `f` are variables of the top level.
 *
 * @param {string} expression
 */
function inMain(expression) {
  const source = `let x, y, f;\nexport function main() {\n${expression};\n}\n`;
  const { code } = transformProgram(source, 'x.program.ts');
  return code.split('\n')[2]?.replace('$at(3); ', '').replace(/;$/, '');
}

/**
 * What a thread that is or is not the first of its process gets from a program's top level.
 *
 * @param {string} source
 * @param {boolean} isFirst
 */
function instantiate(source, isFirst) {
  const { code } = transformProgram(`import { log } from 'procession';\n${source}\n${MAIN}`, 'x.program.ts');
  /** @type {unknown[]} */
  const log = [];
  /** @type {Record<string, any>} */
  const globals = { x: 'shared' };
  /** @type {any} */
  let constants;
  const api = {
    here: () => 0,
    enter: () => 0,
    back: (/** @type {number} */ _, /** @type {unknown} */ value) => value,
    checkpoint: () => undefined,
    begin: (/** @type {unknown} */ _, /** @type {unknown} */ values) => {
      constants = values;
      return [globals, isFirst];
    },
    declare: (/** @type {string} */ name, /** @type {unknown} */ value) => (globals[name] = value),
    inherit: (/** @type {string} */ name) => `inherited ${name}`,
    known: (/** @type {() => unknown} */ read) => read(),
    procession: { log: (/** @type {unknown[]} */ ...values) => log.push(...values) },
  };
  new Function('$api', `${code.replaceAll('export ', '')}\nreturn instantiate($api);`)(api);
  return { log, globals, constants: { ...constants } };
}

describe('a variable of the top level', () => {
  test.each([
    ['let a = 1;', 'if ($first) { $let("a", 1); };'],
    ['let a: number | undefined;', 'if ($first) { $let("a", undefined); };'],
    ['let a = 1, b = a;', 'if ($first) { $let("a", 1); $let("b", $global.a); };'],
    ['let a: {\n  n: number;\n} = { n: 1 };', 'if ($first) { $let("a", \n\n{ n: 1 }); };'],
    ['let a = 1 /* , */, b;', 'if ($first) { $let("a", 1); /* , */ $let("b", undefined); };'],
    ['let [a, { b = a }] = c;', 'if ($first) { { const [a, { b = a }] = c; $let("a", a); $let("b", b); } };'],
    ['export let a = 1;', 'if ($first) { $let("a", 1); };'],
    ['let a = 1\n;[2].length', 'if ($first) { $let("a", 1); }\n;if ($first) { [2].length }'],
  ])('is declared: %s', (source, expected) => {
    expect(topLevel(source)).toBe(expected);
  });

  test.each([
    ['x', '$global.x'],
    ['x += y', '$global.x += $global.y'],
    ['x++', '$global.x++'],
    ['f(x)', '(0, $global.f)($global.x)'],
    ['f`a${x}`', '(0, $global.f)`a${$global.x}`'],
    ['f.x(x)', '$global.f.x($global.x)'],
    ['f[x]', '$global.f[$global.x]'],
    ['[x, ...y] = f', '[$global.x, ...$global.y] = $global.f'],
    ['({ x } = { y })', '({ x: $global.x } = { y: $global.y })'],
    ['({ x = y } = f)', '({ x: $global.x = $global.y } = $global.f)'],
    ['({ x: y, [x]: f } = f)', '({ x: $global.y, [$global.x]: $global.f } = $global.f)'],
    ['(x as number)!', '($global.x as number)!'],
    ['typeof x', 'typeof $global.x'],
  ])('is read and written as a property: %s', (expression, expected) => {
    expect(inMain(expression)).toBe(expected);
  });

  test.each([
    'let x = 1; x += 1',
    'const { y: x } = 1, [f] = [x]',
    'const g = (x: number, { y } = x) => x + y',
    'function x() { return x; }',
    'const g = function x() { return x; }',
    'class f {} new f()',
    'const g = class f { x = 1; y() { return f; } }',
    'for (const x of []) x',
    'for (let x = 0; x < 1; x += 1) x',
    'try {} catch (x) { x }',
    'try {} catch ({ x }) { x }',
    'switch (1) { case 1: let x = 1; x }',
    'x: for (;;) break x',
    'const g = { x: 1, y() {} }.x',
    'type T = typeof x',
    'let g: x.y',
    'function g() { if (1) { var x; } return x; }',
    'new.target',
  ])('is none of the same name: %s', (statement) => {
    expect(inMain(statement)).not.toContain('$global');
  });

  test('is hidden only where the name means something else', () => {
    expect(inMain('for (const x of [1]) { { let y = x; } y; }')).toMatch(/let y = x; \} \$at\(3\); \$global\.y;/);
    expect(inMain('{ let x = 1; } x')).toMatch(/^\{ let x = 1; \} .*\$global\.x$/);
    expect(inMain('(x => x)(x)')).toContain('($global.x)');
    expect(inMain('const g = (a = x) => { const y = a; return y + x; }')).toMatch(/a = \$global\.x.*y \+ \$global\.x/);
  });

  test.each([
    ['var a = 1;', /^x\.program\.ts:2: write `let` or `const`/],
    ['if (1) { var a = 1; }', /^x\.program\.ts:2: write `let` or `const`/],
    ['let f = () => 1;', /^x\.program\.ts:2: write `const` for a function/],
    ['let f = (function () {});', /^x\.program\.ts:2: write `const` for a function/],
  ])('is refused in a form that threads could not share: %s', (source, message) => {
    expect(() => topLevel(source)).toThrow(message);
  });
});

describe('the top level', () => {
  const SOURCE =
    'let x = log("let") && 1;\nconst a = log("a"), { b, ...c } = { b: log("b"), d: 4 };\nlog("statement");\n' +
    'for (const i of [1]) { log(i); }\nconst f = (n) => n + 1;\nclass C { static s = log("static"); }\n' +
    'const g = class {};\nlog(typeof f, typeof C, typeof g, x, a, b, c);';

  test('is executed once, by the first thread of the process', () => {
    const { log, globals, constants } = instantiate(SOURCE, true);
    expect(log.slice(0, 6)).toEqual(['let', 'a', 'b', 'statement', 1, 'static']);
    expect(log.slice(6)).toEqual(['function', 'function', 'function', 1, 2, 3, { d: 4 }]);
    expect(globals['x']).toBe(1);
    expect(constants).toEqual({ a: 2, b: 3, c: { d: 4 } });
  });

  test('of another thread: its own functions and classes, the first one’s constants, and no statement', () => {
    const { log, globals, constants } = instantiate(SOURCE, false);
    expect(log).toEqual(['static']);
    expect(globals).toEqual({ x: 'shared' });
    expect(constants).toEqual({ a: 'inherited a', b: 'inherited b', c: 'inherited c' });
  });

  test('says what it has before it runs: functions, those that come later too, constants, variables', () => {
    const source =
      "import { log } from 'procession';\nlet n = 1;\nconst late = () => 1;\nconst k = 2;\nfunction f() {}\n";
    const { code } = transformProgram(`${source}${MAIN}`, 'x.program.ts');
    expect(code.split('\n')[0]).toContain(
      '$begin({ get late() { return $known(() => late); }, get f() { return f; }, get main() { return main; } }, ' +
        '{ get k() { return k; } }, ["n"]);',
    );
  });
});

describe('objects in a list', () => {
  test.each([
    ['[new Lock(), 1, new Lock()]', '[($hint("a[0]"), new Lock()), 1, ($hint("a[2]"), new Lock())]'],
    ['[new Lock(), ...b, new Lock()]', '[($hint("a[0]"), new Lock()), ...b, new Lock()]'],
    ['[[new Lock()]]', '[[($hint("a[0][0]"), new Lock())]]'],
    ['[new threading.Lock()]', '[($hint("a[0]"), new threading.Lock())]'],
    [
      'Array.from({ length: 2 }, () => new Lock())',
      '($list("a"), Array.from({ length: 2 }, () => ($item("a"), $back($enter(), new Lock()))))',
    ],
    ['b.map(() => new Lock())', '($list("a"), b.map(() => ($item("a"), $back($enter(), new Lock()))))'],
    ['b.filter(() => new Lock())', 'b.filter(() => $back($enter(), new Lock()))'],
  ])('are called after it and their place: %s', (list, expected) => {
    const source = `import { Lock, threading } from 'procession';\nexport function main() {\nconst a = ${list};\n}\n`;
    const { code } = transformProgram(source, 'x.program.ts');
    expect(code.split('\n')[2]).toBe(`$at(3); const a = ${expected};`);
  });
});
