// Which new objects are called after the variable that they are stored in.
import { unwrapped } from './program-syntax.mjs';

/** @typedef {import('./program-syntax.mjs').Node} Node */

const MAKING = ['NewExpression', 'CallExpression'];

/**
 * What is done when an expression is evaluated: the next object gets a name of its own (`object`); a list of objects
 * begins (`list`), and the next object is the next item of it (`item`).
 *
 * @typedef {{ node: Node, tool: 'object' | 'list' | 'item', name: string }} Naming
 */

/**
 * `lock = new Lock()` makes `lock`; `forks = [new Lock(), new Lock()]` and `forks = Array.from(seats, () => new Lock())` make
 * `forks[0]`, `forks[1]` …
 *
 * @param {string} name of the variable
 * @param {Node | null} value what is stored in it
 * @param {(made: Node) => boolean} isNamed whether a `new …` or a call makes something that has a name
 * @returns {Naming[]}
 */
export function namedObjects(name, value, isNamed) {
  switch (value?.type) {
    case 'NewExpression':
      return isNamed(value) ? [{ node: value, tool: 'object', name }] : [];
    case 'ConditionalExpression':
      return [value['consequent'], value['alternate']].flatMap((branch) =>
        namedObjects(name, unwrapped(branch), isNamed),
      );
    case 'ArrayExpression':
      return itemsOf(value).flatMap((item, i) => namedObjects(`${name}[${i}]`, unwrapped(item), isNamed));
    case 'CallExpression': {
      if (isNamed(value)) return [{ node: value, tool: 'object', name }];
      const item = itemOf(value);
      if (item === null || !MAKING.includes(item.type) || !isNamed(item)) return [];
      return [
        { node: value, tool: 'list', name },
        { node: item, tool: 'item', name },
      ];
    }
    default:
      return [];
  }
}

/**
 * The items of an array whose places are known: those before the first `...`.
 *
 * @param {Node} array
 * @returns {(Node | null)[]}
 */
function itemsOf({ elements }) {
  const spread = elements.findIndex((/** @type {Node | null} */ element) => element?.type === 'SpreadElement');
  return spread < 0 ? elements : elements.slice(0, spread);
}

/**
 * What `Array.from(…, () => item)` or `….map(() => item)` makes for each place.
 *
 * @param {Node} call
 * @returns {Node | null}
 */
function itemOf({ callee, arguments: args }) {
  if (callee.type !== 'MemberExpression' || callee.computed) return null;
  const isFrom = callee.object.name === 'Array' && callee.property.name === 'from';
  const maker = isFrom ? args[1] : callee.property.name === 'map' ? args[0] : null;
  if (maker?.type !== 'ArrowFunctionExpression' || maker['body'].type === 'BlockStatement') return null;
  return unwrapped(maker['body']);
}
