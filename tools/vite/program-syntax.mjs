// What the transform of programs knows of the syntax tree.

/** @typedef {Record<string, any> & { type: string, start: number, end: number }} Node */

/** The module that programs import. */
export const LIBRARY = 'procession';

export const REFUSED = {
  ForInStatement: 'write `for (const key of Object.keys(…))`: the lab cannot step through `for … in`',
  AwaitExpression: 'there is nothing to await in a program of the lab: every call blocks by itself',
  ImportExpression: `a program can only import from '${LIBRARY}', at its top`,
  WithStatement: 'the lab cannot step through `with`',
};

/** Whose objects are called after the variable they are stored in: constructors, and `Pipe`, which is a function. */
export const NAMED_OBJECTS = [
  'Lock',
  'RLock',
  'Event',
  'Value',
  'Array',
  'Semaphore',
  'BoundedSemaphore',
  'Condition',
  'Barrier',
  'Pipe',
  'Queue',
  'JoinableQueue',
  'SimpleQueue',
  'Pool',
  'Manager',
];
/** Methods of a manager that make something that has a name. */
export const MANAGER_METHODS = [
  'dict',
  'list',
  'Lock',
  'RLock',
  'Semaphore',
  'BoundedSemaphore',
  'Event',
  'Queue',
  'Value',
  'Namespace',
];
/** Methods of a pool that make a result. */
export const RESULT_METHODS = ['applyAsync', 'mapAsync', 'starmapAsync', 'imap', 'imapUnordered'];
/** Modules that have such constructors too. */
export const NAMESPACES = ['threading'];

/** What the types leave behind: nothing. */
export const SIGNATURES = [
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
  'TSDeclareFunction',
  'TSModuleDeclaration',
  'TSEnumDeclaration',
  'EmptyStatement',
];

export const CLASSES = ['ClassDeclaration', 'ClassExpression'];

export const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Where a value is stored: what it is stored in, and the value. */
export const NAMINGS = {
  VariableDeclarator: /** @type {const} */ (['id', 'init']),
  AssignmentExpression: /** @type {const} */ (['left', 'right']),
  Property: /** @type {const} */ (['key', 'value']),
  PropertyDefinition: /** @type {const} */ (['key', 'value']),
  MethodDefinition: /** @type {const} */ (['key', 'value']),
};

/** Statements that do nothing by themselves, so that nobody would want to stop at them. */
export const SILENT = [
  'BlockStatement',
  'EmptyStatement',
  'TryStatement',
  'FunctionDeclaration',
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
  'TSDeclareFunction',
  'LabeledStatement',
];

/** Loops that look at their condition behind a checkpoint of their own. */
export const CONDITIONAL_LOOPS = ['WhileStatement', 'DoWhileStatement'];

const WRAPPERS = ['ParenthesizedExpression', 'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'];

/**
 * What the ends of a pipe are called, when both have a name.
 *
 * @param {(Node | null)[]} elements of the pattern that they are stored in
 * @returns {string | null}
 */
function nameOfEnds(elements) {
  const names = elements.map((element) => element?.['name']);
  return names.length === 2 && names.every((name) => typeof name === 'string') ? `[${names.join(', ')}]` : null;
}

/**
 * The expression within brackets and types.
 *
 * @param {Node | null} node
 * @returns {Node | null}
 */
export function unwrapped(node) {
  let inner = node;
  while (inner !== null && WRAPPERS.includes(inner.type)) inner = inner['expression'];
  return inner;
}

/**
 * The name of a place that has one: a variable, a property that is not computed, or as `[a, b]` two variables.
 *
 * @param {Node} holder node of a type in NAMINGS
 * @param {Node} target
 * @returns {string | null}
 */
export function nameOfPlace(holder, target) {
  if (holder['computed'] || target['computed']) return null;
  if (target.type === 'ArrayPattern') return nameOfEnds(target['elements']);
  const name = target.type === 'MemberExpression' ? target['property'].name : target['name'];
  return typeof name === 'string' ? name : null;
}
