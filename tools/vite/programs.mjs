// Vite plugin: makes a program that the lab can step out of a plain TypeScript file.
import { fileURLToPath } from 'node:url';
import { visitorKeys } from 'oxc-parser';
import { ProgramGlobals } from './program-globals.mjs';
import { namedObjects } from './program-names.mjs';
import {
  CONDITIONAL_LOOPS,
  FUNCTIONS,
  LIBRARY,
  MANAGER_METHODS,
  NAMED_OBJECTS,
  RESULT_METHODS,
  nameOfPlace,
  NAMINGS,
  REFUSED,
  SILENT,
  unwrapped,
} from './program-syntax.mjs';

/** @typedef {import('./program-syntax.mjs').Node} Node */

const LIBRARY_FILE = fileURLToPath(new URL('../../src/runtime/typescript/procession.ts', import.meta.url));
const IS_PROGRAM = /(?:\/scenarios\/.*\/program\.ts|\.program\.ts)$/;

// Names that a program will not use itself.
const API = '$api';
const AT = '$at';
const EACH = '$each';
const NAMING_TOOLS = { object: '$hint', list: '$list', item: '$item' };
const RETHROW = '$rethrow';
const CAUGHT = '$caught';
const ENTER = '$enter';
const HERE = '$here';
const BACK = '$back';
const UNWIND = '$unwind';
/** Where a call came from, in every function. */
const FRAME = '$frame';
/** Where the flow stood when it came into a `finally`. */
const LEFT = '$left';

/** @param {string} error name of the variable that holds it */
function rethrow(error) {
  return ` ${RETHROW}(${FRAME}, ${error});`;
}

/**
 * One pass over the syntax tree, in the order of the text, editing the source in place: lines keep their numbers. All
 * insertions are `appendLeft`, so that at one place what was written first stands first.
 */
class Transform extends ProgramGlobals {
  /**
   * @param {string} source
   * @param {string} file
   */
  constructor(source, file) {
    super(source, file);
    /** Whether a `return` that stands here goes back to a caller: in a function, but not in a generator. */
    this.returns = false;
    /** @type {Set<string>} variables that hold a manager */
    this.managers = new Set();
    /** @type {Map<Node, string>} functions without a name of their own, by what they are stored in */
    this.functionNames = new Map();
    /** @type {[name: string, first: number, last: number][]} */
    this.ranges = [];
  }

  run() {
    this.topLevels();
    const imports = `const { ${this.imports.join(', ')} } = ${API}.procession;`;
    const frames = `enter: ${ENTER}, here: ${HERE}, back: ${BACK}, unwind: ${UNWIND}, rethrow: ${RETHROW}`;
    const { object, list, item } = NAMING_TOOLS;
    const hints = `hint: ${object}, list: ${list}, item: ${item}`;
    const tools = `const { checkpoint: ${AT}, ${frames}, each: ${EACH}, ${hints}, ${ProgramGlobals.tools} } = ${API};`;
    // All on the first line, so that the lines below keep their numbers.
    const prelude = `${imports} ${tools} const ${FRAME} = ${HERE}(); ${this.prelude}`;
    this.out.prepend(`export function instantiate(${API}) { ${prelude} `);
    const base = this.file.slice(this.file.lastIndexOf('/') + 1);
    this.out.append(
      `\nreturn { ${[...this.functions.keys()].join(', ')} };\n}\n` +
        `export const file = ${JSON.stringify(base)};\n` +
        `export const ranges = ${JSON.stringify(this.ranges)};\n`,
    );
    return {
      imported: [...this.imported],
      code: this.out.toString(),
      map: this.out.generateMap({ source: this.file, hires: 'boundary', includeContent: true }),
    };
  }

  /**
   * @override
   * @param {Node | null | undefined} node
   */
  visit(node) {
    if (node === null || node === undefined) return;
    if (node.type in REFUSED) this.refuse(node, REFUSED[/** @type {keyof typeof REFUSED} */ (node.type)]);
    if (node.type in NAMINGS) this.names(node);
    if (node.type === 'Identifier') this.meansVariable(node);
    else if (FUNCTIONS.includes(node.type)) this.functionNode(node);
    else this.children(node);
  }

  /** @param {Node} node */
  children(node) {
    switch (node.type) {
      case 'BlockStatement':
      case 'StaticBlock':
        return this.statements(node['body'], 0);
      case 'SwitchCase':
        this.visit(node['test']);
        return this.statements(node['consequent'], 0);
      case 'CatchClause':
        this.catchClause(node);
        return this.statements(node['body'].body, 0);
      case 'TryStatement':
        return this.tryStatement(node);
      case 'ReturnStatement':
        return this.returnStatement(node);
      default:
        return this.allChildren(node);
    }
  }

  /** @param {Node} node */
  allChildren(node) {
    for (const key of visitorKeys[node.type] ?? []) {
      for (const child of [node[key]].flat()) this.visit(child);
    }
  }

  /** @param {Node} node */
  functionNode(node) {
    if (node['async']) this.refuse(node, 'a program of the lab has no async functions: every call blocks by itself');
    const name = node['id']?.name ?? this.functionNames.get(node) ?? '<lambda>';
    this.ranges.push([name, this.lineOf(node.start), this.lineOf(node.end)]);
    const outer = this.returns;
    this.returns = !node['generator'];
    this.functionBody(node, node['body']);
    this.returns = outer;
  }

  /**
   * A function that returns takes the flow back to the line of its call; one that throws leaves it where it threw. A
   * generator is come back to again and again, from anywhere: it does neither.
   *
   * @param {Node} node
   * @param {Node | null} body null: only a signature
   */
  functionBody(node, body) {
    if (body === null || (body.type === 'BlockStatement' && body['body'].length === 0)) {
      this.allChildren(node);
    } else if (body.type === 'BlockStatement') {
      this.out.appendLeft(body.start + 1, ` const ${FRAME} = ${this.returns ? ENTER : HERE}();`);
      this.allChildren(node);
      const last = body['body'].at(-1).type;
      if (!this.returns || last === 'ReturnStatement' || last === 'ThrowStatement') return;
      this.out.appendLeft(body.end - 1, ` ${BACK}(${FRAME}); `);
    } else {
      this.out.appendLeft(body.start, `${BACK}(${ENTER}(), `);
      this.allChildren(node);
      this.out.appendLeft(body.end, ')');
    }
  }

  /** @param {Node} node */
  returnStatement(node) {
    const { argument } = node;
    if (!this.returns) {
      this.visit(argument);
    } else if (argument === null) {
      this.out.appendLeft(node.start + 'return'.length, ` ${BACK}(${FRAME})`);
    } else {
      const sequence = argument.type === 'SequenceExpression';
      this.out.appendLeft(argument.start, `${BACK}(${FRAME}, ${sequence ? '(' : ''}`);
      this.visit(argument);
      this.out.appendLeft(argument.end, sequence ? '))' : ')');
    }
  }

  /**
   * When a `finally` has done its work, whatever led into it goes on, from the line where it was: a return at its
   * caller's, an error at the line that threw it.
   *
   * @param {Node} node
   */
  tryStatement(node) {
    const { block, handler, finalizer } = node;
    this.visit(block);
    this.visit(handler);
    if (finalizer === null || finalizer.body.length === 0) return;
    this.out.appendLeft(finalizer.start + 1, ` const ${LEFT} = ${UNWIND}(${FRAME});`);
    this.visit(finalizer);
    this.out.appendLeft(finalizer.end - 1, ` ${BACK}(${LEFT}); `);
  }

  /**
   * Statements in a row. `line`: where the flow stands before them, 0 = not known. What begins on the line where the flow
   * already stopped does not stop it again, as in CPython.
   *
   * @param {Node[]} nodes
   * @param {number} line
   */
  statements(nodes, line) {
    let current = line;
    for (const node of nodes) current = this.statement(node, current);
  }

  /**
   * @param {Node} node
   * @param {number} before line where the flow stands
   * @returns {number} line where it stands after the statement, 0 = somewhere else
   */
  statement(node, before) {
    if (node.type === 'ExpressionStatement' && typeof node['directive'] === 'string') return before;
    const line = this.lineOf(node.start);
    const stops = line !== before;
    switch (node.type) {
      case 'WhileStatement':
        this.stopInside(node['test'], line);
        this.branch(node['body'], line);
        return this.afterwards(node, line);
      case 'DoWhileStatement':
        this.branch(node['body'], 0);
        this.stopInside(node['test'], this.lineOf(node['test'].start));
        return 0;
      case 'ForStatement':
        if (stops) this.stop(node, line);
        this.forHead(node, line);
        this.branch(node['body'], line);
        return this.afterwards(node, line);
      case 'ForOfStatement':
        if (node['await']) this.refuse(node, REFUSED.AwaitExpression);
        if (stops) this.stop(node, line);
        this.out.appendLeft(node['right'].start, `${EACH}(${line}, `);
        this.visit(node['left']);
        this.visit(node['right']);
        this.out.appendLeft(node['right'].end, ')');
        this.branch(node['body'], line);
        return this.afterwards(node, line);
      case 'IfStatement':
        if (stops) this.stop(node, line);
        this.visit(node['test']);
        this.branch(node['consequent'], line);
        if (node['alternate'] !== null) this.branch(node['alternate'], line);
        return this.afterwards(node, line);
      case 'LabeledStatement':
        return this.labeled(node, before);
      default:
        return this.plain(node, line, stops);
    }
  }

  /**
   * @param {Node} node
   * @param {number} line
   * @param {boolean} stops
   */
  plain(node, line, stops) {
    const silent = SILENT.includes(node.type);
    if (stops && !silent) this.stop(node, line);
    this.visit(node);
    return silent ? 0 : this.afterwards(node, line);
  }

  /**
   * Where the flow stands after a statement that began at `line`.
   *
   * @param {Node} node
   * @param {number} line
   */
  afterwards(node, line) {
    return this.lineOf(node.end) === line ? line : 0;
  }

  /**
   * Labels stay before their statement: its checkpoint goes before them.
   *
   * @param {Node} node
   * @param {number} before
   */
  labeled(node, before) {
    let { body } = node;
    while (body.type === 'LabeledStatement') body = body.body;
    const line = this.lineOf(body.start);
    if (SILENT.includes(body.type) || CONDITIONAL_LOOPS.includes(body.type)) {
      this.statement(body, before);
    } else {
      if (line !== before) this.stop(node, line);
      this.statement(body, line);
    }
    return 0;
  }

  /**
   * The body of a loop or branch. One that is no block becomes one, to hold its checkpoint.
   *
   * @param {Node} node
   * @param {number} head line of the head
   */
  branch(node, head) {
    if (node.type === 'BlockStatement') {
      this.statements(node['body'], head);
      return;
    }
    this.out.appendLeft(node.start, '{ ');
    this.statement(node, head);
    this.out.appendLeft(node.end, ' }');
  }

  /**
   * Back at the head of a `for (;;)`, before it goes on and looks whether to stay.
   *
   * @param {Node} node
   * @param {number} line
   */
  forHead(node, line) {
    this.visit(node['init']);
    this.visit(node['test']);
    if (node['update'] !== null) this.stopInside(node['update'], line);
    else this.out.appendLeft(this.closeOfHead(node), ` ${AT}(${line})`);
  }

  /**
   * A checkpoint each time before an expression is evaluated.
   *
   * @param {Node} node
   * @param {number} line
   */
  stopInside(node, line) {
    this.out.appendLeft(node.start, `(${AT}(${line}), (`);
    this.visit(node);
    this.out.appendLeft(node.end, '))');
  }

  /**
   * @param {Node} node
   * @param {number} line
   */
  stop(node, line) {
    this.out.appendLeft(node.start, `${AT}(${line}); `);
  }

  /**
   * What no program may catch goes on: the order to stop, and `exit()`.
   *
   * @param {Node} node
   */
  catchClause(node) {
    const { param, body } = node;
    const inside = body.start + 1;
    if (param === null) {
      this.out.appendLeft(body.start, `(${CAUGHT}) `);
      this.out.appendLeft(inside, rethrow(CAUGHT));
    } else if (param.type === 'Identifier') {
      this.out.appendLeft(inside, rethrow(param.name));
    } else {
      const pattern = this.source.slice(param.start, param.end);
      this.out.overwrite(param.start, param.end, CAUGHT);
      this.out.appendLeft(inside, `${rethrow(CAUGHT)} const ${pattern} = ${CAUGHT};`);
    }
  }

  /**
   * A value is stored in a variable or property: new objects in it are called after it, and so is a function.
   *
   * @override
   * @param {Node} holder node of a type in NAMINGS
   */
  names(holder) {
    const [target, source] = NAMINGS[/** @type {keyof typeof NAMINGS} */ (holder.type)];
    const name = nameOfPlace(holder, holder[target]);
    const value = unwrapped(holder[source]);
    if (name === null || value === null) return;
    if (FUNCTIONS.includes(value.type)) this.functionNames.set(value, name);
    const isManager = value.type === 'NewExpression' && value['callee'].name === this.managerClass;
    if (isManager) this.managers.add(name);
    for (const { node, tool, name: made } of namedObjects(name, value, (one) => this.isNamed(one))) {
      this.out.appendLeft(node.start, `(${NAMING_TOOLS[tool]}(${JSON.stringify(made)}), `);
      this.out.appendLeft(node.end, ')');
    }
  }

  /** @param {Node} made node of what makes an object */
  isNamed({ type, callee }) {
    if (callee.type === 'Identifier') return this.named.has(callee.name);
    if (callee.type !== 'MemberExpression' || callee.computed) return false;
    if (type === 'CallExpression' && RESULT_METHODS.includes(callee.property.name)) return true;
    if (this.managers.has(callee.object.name)) return MANAGER_METHODS.includes(callee.property.name);
    return this.namespaces.has(callee.object.name) && NAMED_OBJECTS.includes(callee.property.name);
  }
}

/**
 * The module that a program becomes: `instantiate(api)` executes it with fresh globals and returns its top-level functions.
 *
 * @param {string} source
 * @param {string} file
 * @throws {Error} with file and line when the program uses what the lab cannot step through
 */
export function transformProgram(source, file) {
  return new Transform(source, file).run();
}

/**
 * The program's part of the library, as imports: so the bundler knows what a program needs, and its host loads nothing else.
 *
 * @param {readonly string[]} imported
 */
function libraryOf(imported) {
  const imports = imported.map((name) => `${name} as $${name}`);
  const members = imported.map((name) => `${name}: $${name}`);
  return `import { ${imports.join(', ')} } from '${LIBRARY}';\nexport const library = { ${members.join(', ')} };\n`;
}

/**
 * Vite plugin for `src/scenarios/<lesson>/program.ts` and `*.program.ts`. It runs before types are stripped.
 *
 * @returns {import('vite').Plugin}
 */
export function programs() {
  return {
    name: 'procession-programs',
    enforce: 'pre',
    resolveId(source) {
      // It only names what lies in other modules.
      return source === LIBRARY ? { id: LIBRARY_FILE, moduleSideEffects: false } : null;
    },
    transform(source, id) {
      if (!IS_PROGRAM.test(id)) return null;
      const { code, map, imported } = transformProgram(source, id);
      return { code: code + libraryOf(imported), map };
    },
  };
}
