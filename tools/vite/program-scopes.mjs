// Which identifiers of a program mean a variable of its top level.
import { visitorKeys } from 'oxc-parser';

/** @typedef {import('./program-syntax.mjs').Node} Node */
/** @typedef {ReadonlySet<string>} Names */

/**
 * How an identifier is written down that stands for a property of the same name: `{ x }` is `{ x: … }`; and `x(1)` must not
 * become the call of a method.
 *
 * @typedef {'plain' | 'shorthand' | 'called'} Place
 */

const FUNCTION_TYPES = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
/** Of TypeScript's own nodes only these hold a value. */
const WITH_VALUE = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'];

/**
 * The names that a pattern binds.
 *
 * @param {Node | null | undefined} pattern
 * @returns {string[]}
 */
export function namesIn(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern['name']];
    case 'ObjectPattern':
      return pattern['properties'].flatMap((/** @type {Node} */ part) => namesIn(part['value'] ?? part['argument']));
    case 'ArrayPattern':
      return pattern['elements'].flatMap(namesIn);
    case 'AssignmentPattern':
      return namesIn(pattern['left']);
    case 'RestElement':
      return namesIn(pattern['argument']);
    default:
      return [];
  }
}

/**
 * @param {Node | null} node
 * @returns {string[]}
 */
function declaredBy(node) {
  if (node?.type === 'VariableDeclaration') {
    return node['declarations'].flatMap((/** @type {Node} */ { id }) => namesIn(id));
  }
  const names = ['FunctionDeclaration', 'ClassDeclaration', 'TSEnumDeclaration'];
  return node !== null && names.includes(node.type) ? namesIn(node['id']) : [];
}

/**
 * The names that `var` brings into the function around it, however deep it stands.
 *
 * @param {unknown} node
 * @returns {string[]}
 */
export function hoisted(node) {
  if (Array.isArray(node)) return node.flatMap(hoisted);
  const { type } = /** @type {Node} */ (node ?? {});
  if (type === undefined || FUNCTION_TYPES.includes(type)) return [];
  const inner = (visitorKeys[type] ?? []).flatMap((key) => hoisted(/** @type {Node} */ (node)[key]));
  const own = type === 'VariableDeclaration' && /** @type {Node} */ (node)['kind'] === 'var';
  return own ? [...declaredBy(/** @type {Node} */ (node)), ...inner] : inner;
}

/**
 * What a node brings into the scope that it opens.
 *
 * @param {Node} node
 * @returns {string[]}
 */
function scopeOf(node) {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const own = node.type === 'FunctionExpression' ? namesIn(node['id']) : [];
      return [...own, ...node['params'].flatMap(namesIn), ...hoisted(node['body'])];
    }
    case 'ClassExpression':
      return namesIn(node['id']);
    case 'BlockStatement':
    case 'StaticBlock':
      return node['body'].flatMap(declaredBy);
    case 'SwitchStatement':
      return node['cases'].flatMap((/** @type {Node} */ one) => one['consequent'].flatMap(declaredBy));
    case 'ForStatement':
      return declaredBy(node['init']);
    case 'ForOfStatement':
    case 'ForInStatement':
      return declaredBy(node['left']);
    case 'CatchClause':
      return namesIn(node['param']);
    default:
      return [];
  }
}

class Search {
  /** @type {Map<Node, Place>} */
  found = new Map();

  /**
   * @param {Node | null | undefined} node
   * @param {Names} names those that are not hidden by a declaration in between
   * @param {Place} place
   */
  look(node, names, place = 'plain') {
    if (node === null || node === undefined || names.size === 0) return;
    if (node.type === 'Identifier') {
      if (names.has(node['name'])) this.found.set(node, place);
      return;
    }
    const hiding = scopeOf(node);
    const visible = hiding.some((name) => names.has(name))
      ? new Set([...names].filter((name) => !hiding.includes(name)))
      : names;
    this.parts(node, visible);
  }

  /**
   * @param {Node} node
   * @param {Names} names
   */
  parts(node, names) {
    switch (node.type) {
      case 'MemberExpression':
        this.look(node['object'], names);
        if (node['computed']) this.look(node['property'], names);
        return;
      case 'Property':
        if (node['computed']) this.look(node['key'], names);
        if (node['shorthand']) this.shorthand(node['value'], names);
        else this.look(node['value'], names);
        return;
      case 'MethodDefinition':
      case 'PropertyDefinition':
        if (node['computed']) this.look(node['key'], names);
        this.look(node['value'], names);
        return;
      case 'LabeledStatement':
        return this.look(node['body'], names);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
        return;
      default:
        return this.rest(node, names);
    }
  }

  /**
   * @param {Node} value
   * @param {Names} names
   */
  shorthand(value, names) {
    if (value.type !== 'AssignmentPattern') return this.look(value, names, 'shorthand');
    this.look(value['left'], names, 'shorthand');
    this.look(value['right'], names);
  }

  /**
   * @param {Node} node
   * @param {Names} names
   */
  rest(node, names) {
    if (node.type.startsWith('TS')) {
      if (WITH_VALUE.includes(node.type)) this.look(node['expression'], names);
      return;
    }
    for (const key of visitorKeys[node.type] ?? []) {
      const called = (node.type === 'CallExpression' && key === 'callee') || key === 'tag';
      for (const child of [node[key]].flat()) this.look(child, names, called ? 'called' : 'plain');
    }
  }
}

/**
 * Every place where a program means one of these variables of its top level, its declaration apart.
 *
 * @param {Node[]} body of the program
 * @param {Names} names
 * @returns {Map<Node, Place>}
 */
export function placesOf(body, names) {
  const search = new Search();
  for (const node of body) search.look(node, names);
  return search.found;
}
