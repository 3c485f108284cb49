// npm run contracts: docs/contracts.md, the table of what every primitive keeps in which mode. It is read from the names of
// the contract suites' tests, so it cannot say what no test claims.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync, visitorKeys } from 'oxc-parser';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SUITES = join(ROOT, 'src/runtime/contracts.browser.test.ts');
export const PAGE = join(ROOT, 'docs/contracts.md');

const MODES = /** @type {const} */ (['stepped', 'live']);

/** @typedef {(typeof MODES)[number]} Mode */
/** @typedef {{ claim: string, modes: readonly Mode[] }} Claim */
/** @typedef {any} Node of the syntax tree */

/** @type {Readonly<Record<string, string>>} */
const CHINESE = {
  'a lock': '锁',
  'a fair lock': '公平锁',
  'an event': '事件',
  'a recursive lock': '递归锁',
  'a semaphore': '信号量',
  'a condition': '条件变量',
  'a barrier': '栅栏',
  'a process': '进程',
  'a thread': '线程',
  'a shared variable': '共享变量',
  'a shared array': '共享数组',
  'what is sent': '跨进程传送的值',
  'a pipe': '管道',
  'a queue': '队列',
  'a queue that can be joined': '可等待的队列',
  'the globals of a process': '进程的全局变量',
  threading: '线程模块 threading',
  'a simple queue': '简单队列',
  'a pool': '进程池',
  'a manager': '管理器',
  'bad input': '错误的输入',
};

/** @param {string} file @returns {Node} */
const programOf = (file) => parseSync(file, readFileSync(file, 'utf8')).program;

/** @param {Node} node @param {(node: Node, ancestors: readonly Node[]) => void} visit @param {readonly Node[]} ancestors */
function walk(node, visit, ancestors = []) {
  visit(node, ancestors);
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [node[key]].flat())
      if (child !== null && child !== undefined) walk(child, visit, [...ancestors, node]);
  }
}

/** @param {Node} node @returns {string | null} name of the function that is called */
function calleeOf({ type, callee }) {
  if (type !== 'CallExpression') return null;
  if (callee.type === 'Identifier') return callee.name;
  // The callee of a test over a list is itself a call.
  const each = callee.type === 'CallExpression' ? callee.callee : null;
  return each?.type === 'MemberExpression' && each.property.name === 'each' ? `${each.object.name}.each` : null;
}

/** The mode that an `if (mode === '…')` around a test asks for. @param {readonly Node[]} ancestors @returns {readonly Mode[]} */
function modesOf(ancestors) {
  const asked = ancestors.flatMap(({ type, test }) =>
    type === 'IfStatement' && test.type === 'BinaryExpression' && test.left.name === 'mode' ? [test.right.value] : [],
  );
  return MODES.filter((mode) => asked.every((one) => one === mode));
}

/** Where each contract is imported from. @param {Node} program @param {string} file @returns {Map<string, string>} */
function importsOf(program, file) {
  return new Map(
    program.body
      .filter((/** @type {Node} */ { type, source }) => type === 'ImportDeclaration' && source.value.startsWith('.'))
      .flatMap((/** @type {Node} */ { specifiers, source }) =>
        specifiers.map((/** @type {Node} */ { local }) => [local.name, join(dirname(file), source.value)]),
      ),
  );
}

/**
 * The claims of a contract, those of the contracts that it calls included.
 *
 * @param {string} file
 * @param {string} name of the function
 * @returns {Claim[]}
 */
function claimsOf(file, name) {
  const program = programOf(file);
  const declared = program.body
    .map((/** @type {Node} */ statement) => statement.declaration ?? statement)
    .find((/** @type {Node} */ { type, id }) => type === 'FunctionDeclaration' && id.name === name);
  if (declared === undefined) throw new Error(`${file} has no function ${name}`);
  /** @type {Claim[]} */
  const claims = [];
  walk(declared.body, (node, ancestors) => {
    const callee = calleeOf(node);
    if (callee === 'test' || callee === 'test.each') {
      const [title] = node.arguments;
      const text = title.value ?? title.quasis?.[0].value.cooked;
      claims.push({ claim: text.replaceAll(/%[a-z]/g, '…'), modes: modesOf(ancestors) });
    } else if (callee?.endsWith('Contract')) {
      claims.push(...claimsOf(importsOf(program, file).get(callee) ?? file, callee));
    }
  });
  return claims;
}

/** Name of each primitive, and what it keeps. @returns {{ name: string, claims: Claim[] }[]} */
export function contracts() {
  const program = programOf(SUITES);
  const imports = importsOf(program, SUITES);
  /** @type {{ name: string, claims: Claim[] }[]} */
  const all = [];
  walk(program, (node) => {
    if (calleeOf(node) !== 'describe') return;
    /** @type {Claim[]} */
    const claims = [];
    walk(node.arguments[1], (inner) => {
      const file = inner.type === 'Identifier' ? imports.get(inner.name) : undefined;
      if (file?.endsWith('.contract.ts')) claims.push(...claimsOf(file, inner.name));
    });
    all.push({ name: node.arguments[0].value, claims });
  });
  return all;
}

/** @param {string} name @param {readonly Claim[]} claims */
function section(name, claims) {
  const chinese = CHINESE[name];
  const title = name[0]?.toUpperCase() + name.slice(1);
  return [
    `## ${title}${chinese === undefined ? '' : ` · ${chinese}`}`,
    '',
    '| behaviour 行为 | stepped 单步 | live 实时 |',
    '| --- | :-: | :-: |',
    ...claims.map(
      ({ claim, modes }) =>
        `| ${[claim.replaceAll('|', '\\|'), ...MODES.map((mode) => (modes.includes(mode) ? '✓' : ''))].join(' | ')} |`,
    ),
    '',
  ].join('\n');
}

/** The page as it should be. */
export function pageOf() {
  const head = [
    '# What the primitives keep · 各原语保证的行为',
    '',
    'Each line is the name of a test of a contract suite (`src/runtime/*.contract.ts`), which runs on the machine itself, in the',
    'modes that are ticked. Written by `npm run contracts`.',
    '',
    '每一行都是契约测试（`src/runtime/*.contract.ts`）中一个测试的名字；打勾的模式下，这个测试都在真实的机器上运行并通过。',
    '本页由 `npm run contracts` 生成。',
    '',
  ].join('\n');
  return [head, ...contracts().map(({ name, claims }) => section(name, claims))].join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(PAGE, pageOf());
}
