// Vite plugin: makes a program that the lab can step out of a plain TypeScript file.
import { MagicString } from 'magic-string';
import { parseSync, visitorKeys } from 'oxc-parser';

const IS_PROGRAM = /(?:\/scenarios\/.*\/program\.ts|\.program\.ts)$/;
const LIBRARY = 'procession';

/** Constructors whose objects are called after the variable they are stored in. */
const NAMED_OBJECTS = ['Lock', 'RLock', 'Event', 'Value', 'Semaphore', 'BoundedSemaphore', 'Condition', 'Barrier'];

// Names that a program will not use itself.
const API = '$api';
const AT = '$at';
const EACH = '$each';
const HINT = '$hint';
const RETHROW = '$rethrow';
const CAUGHT = '$caught';

/** @typedef {Record<string, any> & { type: string, start: number, end: number }} Node */

/** What is wrong with a program, where, and what to do. */
class ProgramError extends Error {
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

const REFUSED = {
  ForInStatement: 'write `for (const key of Object.keys(…))`: the lab cannot step through `for … in`',
  AwaitExpression: 'there is nothing to await in a program of the lab: every call blocks by itself',
  ImportExpression: `a program can only import from '${LIBRARY}', at its top`,
  WithStatement: 'the lab cannot step through `with`',
};

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Where a value is stored: what it is stored in, and the value. */
const NAMINGS = {
  VariableDeclarator: /** @type {const} */ (['id', 'init']),
  AssignmentExpression: /** @type {const} */ (['left', 'right']),
  Property: /** @type {const} */ (['key', 'value']),
  PropertyDefinition: /** @type {const} */ (['key', 'value']),
  MethodDefinition: /** @type {const} */ (['key', 'value']),
};

/** Statements that do nothing by themselves, so that nobody would want to stop at them. */
const SILENT = [
  'BlockStatement',
  'EmptyStatement',
  'TryStatement',
  'FunctionDeclaration',
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
  'TSDeclareFunction',
  'LabeledStatement',
];

/**
 * One pass over the syntax tree, in the order of the text, editing the source in place: lines keep their numbers. All
 * insertions are `appendLeft`, so that at one place what was written first stands first.
 */
class Transform {
  /**
   * @param {string} source
   * @param {string} file
   */
  constructor(source, file) {
    const { program, errors } = parseSync(file, source, { lang: 'ts', sourceType: 'module' });
    this.file = file;
    this.source = source;
    this.out = new MagicString(source);
    /** @type {number[]} */
    this.lineStarts = [0];
    for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) this.lineStarts.push(i + 1);
    const [error] = errors;
    if (error !== undefined) throw new ProgramError(file, this.lineOf(error.labels[0]?.start ?? 0), error.message);
    /** @type {Node[]} */
    this.body = /** @type {any} */ (program.body);
    /** @type {string[]} names in scope of the program, with `as` */
    this.imports = [];
    /** @type {Set<string>} local names of the constructors in NAMED_OBJECTS */
    this.named = new Set();
    /** @type {string[]} */
    this.functions = [];
    /** @type {Map<Node, string>} functions without a name of their own, by what they are stored in */
    this.functionNames = new Map();
    /** @type {[name: string, first: number, last: number][]} */
    this.ranges = [];
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

  run() {
    for (const node of this.body) this.topLevel(node);
    if (!this.functions.includes('main')) {
      throw new ProgramError(this.file, 1, 'a program needs `export function main(parameters)`: it is what runs first');
    }
    const imports = `const { ${this.imports.join(', ')} } = ${API}.procession;`;
    const tools = `const { checkpoint: ${AT}, each: ${EACH}, hint: ${HINT}, rethrow: ${RETHROW} } = ${API};`;
    // All on the first line, so that the lines below keep their numbers.
    this.out.prepend(`export function instantiate(${API}) { ${imports} ${tools} `);
    const base = this.file.slice(this.file.lastIndexOf('/') + 1);
    this.out.append(
      `\nreturn { ${this.functions.join(', ')} };\n}\n` +
        `export const file = ${JSON.stringify(base)};\n` +
        `export const ranges = ${JSON.stringify(this.ranges)};\n`,
    );
    return {
      code: this.out.toString(),
      map: this.out.generateMap({ source: this.file, hires: 'boundary', includeContent: true }),
    };
  }

  /**
   * @param {Node} node
   * @returns {void}
   */
  topLevel(node) {
    switch (node.type) {
      case 'ImportDeclaration':
        return this.importDeclaration(node);
      case 'ExportNamedDeclaration':
        if (node['declaration'] === null) this.refuse(node, 'write `export` before the function itself');
        this.out.remove(node.start, node['declaration'].start);
        return this.topLevel(node['declaration']);
      case 'ExportDefaultDeclaration':
      case 'ExportAllDeclaration':
        return this.refuse(node, 'a program exports only `function main`');
      case 'FunctionDeclaration':
        this.functions.push(node['id'].name);
        return this.visit(node);
      case 'VariableDeclaration':
        for (const { id, init } of node['declarations']) {
          if (id.type === 'Identifier' && FUNCTIONS.includes(init?.type)) this.functions.push(id.name);
        }
        return this.visit(node);
      default:
        // Statements of the top level run when a process begins; they are part of its way to the first checkpoint.
        return this.visit(node);
    }
  }

  /** @param {Node} node */
  importDeclaration(node) {
    const types = node['importKind'] === 'type';
    if (!types && node['source'].value !== LIBRARY) this.refuse(node, `a program can only import from '${LIBRARY}'`);
    for (const specifier of node['specifiers']) {
      if (types || specifier.importKind === 'type') continue;
      if (specifier.type !== 'ImportSpecifier') this.refuse(specifier, `import names from '${LIBRARY}' one by one`);
      const { imported, local } = specifier;
      this.imports.push(imported.name === local.name ? local.name : `${imported.name}: ${local.name}`);
      if (NAMED_OBJECTS.includes(imported.name)) this.named.add(local.name);
    }
    this.out.remove(node.start, node.end);
  }

  /** @param {Node | null | undefined} node */
  visit(node) {
    if (node === null || node === undefined) return;
    if (node.type in REFUSED) this.refuse(node, REFUSED[/** @type {keyof typeof REFUSED} */ (node.type)]);
    if (FUNCTIONS.includes(node.type)) this.functionNode(node);
    const naming = NAMINGS[/** @type {keyof typeof NAMINGS} */ (node.type)];
    if (naming !== undefined) this.name(node[naming[0]], node[naming[1]]);
    this.children(node);
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
      default:
        for (const key of visitorKeys[node.type] ?? []) {
          for (const child of [node[key]].flat()) this.visit(child);
        }
    }
  }

  /** @param {Node} node */
  functionNode(node) {
    if (node['async']) this.refuse(node, 'a program of the lab has no async functions: every call blocks by itself');
    const name = node['id']?.name ?? this.functionNames.get(node) ?? '<lambda>';
    this.ranges.push([name, this.lineOf(node.start), this.lineOf(node.end)]);
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
   * A label stays before its loop: the checkpoint goes before the label.
   *
   * @param {Node} node
   * @param {number} before
   */
  labeled(node, before) {
    const { body } = node;
    const line = this.lineOf(body.start);
    if (line !== before && body.type.startsWith('For')) this.stop(node, line);
    this.statement(body, line);
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
   * Position of the `)` that closes the head of a `for` without update.
   *
   * @param {Node} node
   */
  closeOfHead(node) {
    const close = this.source.lastIndexOf(')', node['body'].start);
    if (close < node.start) this.refuse(node, 'this `for` has no head');
    return close;
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
      this.out.appendLeft(inside, ` ${RETHROW}(${CAUGHT});`);
    } else if (param.type === 'Identifier') {
      this.out.appendLeft(inside, ` ${RETHROW}(${param.name});`);
    } else {
      const pattern = this.source.slice(param.start, param.end);
      this.out.overwrite(param.start, param.end, CAUGHT);
      this.out.appendLeft(inside, ` ${RETHROW}(${CAUGHT}); const ${pattern} = ${CAUGHT};`);
    }
  }

  /**
   * A value is stored in a variable or property: a new object is called after it, and so is a function.
   *
   * @param {Node} target
   * @param {Node | null} value
   */
  name(target, value) {
    const name = target.type === 'MemberExpression' ? target['property'].name : target['name'];
    if (typeof name !== 'string' || value === null) return;
    if (FUNCTIONS.includes(value.type)) this.functionNames.set(value, name);
    if (value.type !== 'NewExpression' || !this.named.has(value['callee'].name)) return;
    this.out.appendLeft(value.start, `(${HINT}(${JSON.stringify(name)}), `);
    this.out.appendLeft(value.end, ')');
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
 * Vite plugin for `src/scenarios/<lesson>/program.ts` and `*.program.ts`. It runs before types are stripped.
 *
 * @returns {import('vite').Plugin}
 */
export function programs() {
  return {
    name: 'procession-programs',
    enforce: 'pre',
    transform(code, id) {
      if (!IS_PROGRAM.test(id)) return null;
      return transformProgram(code, id);
    },
  };
}
