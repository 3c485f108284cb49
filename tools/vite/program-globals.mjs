// The top level of a program: what it imports, its functions, its variables, its statements.
import { ProgramError, ProgramSource } from './program-source.mjs';
import { hoisted, namesIn, placesOf } from './program-scopes.mjs';
import { CLASSES, FUNCTIONS, LIBRARY, NAMED_OBJECTS, NAMESPACES, SIGNATURES, unwrapped } from './program-syntax.mjs';

/** @typedef {import('./program-syntax.mjs').Node} Node */

/** The object whose properties are the program's variables; whether the calling thread is its process's first. */
const GLOBALS = '$global';
const FIRST = '$first';
const BEGIN = '$begin';
const DECLARE = '$let';
const INHERIT = '$inherit';
const KNOWN = '$known';

/**
 * `let` variables of the top level become properties of one object, so that reading and writing them can be seen, and
 * shared by the threads of a process. In its first thread `const` values and statements are what they were; in all others
 * statements do nothing, and a constant is what the first thread sends.
 */
export class ProgramGlobals extends ProgramSource {
  /**
   * @param {string} source
   * @param {string} file
   */
  constructor(source, file) {
    super(source, file);
    /** @type {string[]} names in scope of the program, with `as` */
    this.imports = [];
    /** @type {Set<string>} the same names as the library has them */
    this.imported = new Set();
    /** @type {Set<string>} local names of the constructors in NAMED_OBJECTS, and of the modules that hold them */
    this.named = new Set();
    this.namespaces = new Set();
    /** @type {string | null} local name of the class `Manager` */
    this.managerClass = null;
    /** @type {Map<string, boolean>} top-level functions; true = there only from their line on */
    this.functions = new Map();
    /** @type {string[]} */
    this.constants = [];
    /** @type {string[]} */
    this.variables = [];
    /** @type {ReturnType<typeof placesOf>} where the program means one of its variables */
    this.places = new Map();
  }

  /**
   * Edits an expression or statement in place.
   *
   * @param {Node | null | undefined} _node
   * @returns {void}
   */
  visit(_node) {
    throw new Error('a transform visits');
  }

  /** All of the top level. Postcondition: `prelude` can be asked. */
  topLevels() {
    const lets = this.body.map(declarationIn).filter((node) => node?.['kind'] === 'let');
    this.variables = lets.flatMap((node) =>
      node?.['declarations'].flatMap((/** @type {Node} */ one) => namesIn(one['id'])),
    );
    this.places = placesOf(this.body, new Set(this.variables));
    for (const node of this.body) this.topLevel(node);
    if (!this.functions.has('main')) {
      throw new ProgramError(this.file, 1, 'a program needs `export function main(parameters)`: it is what runs first');
    }
  }

  /** What stands before the program; its names come from `api`. */
  get prelude() {
    const functions = [...this.functions].map(([name, later]) =>
      getter(name, later ? `${KNOWN}(() => ${name})` : name),
    );
    const constants = this.constants.map((name) => getter(name, name));
    const parts = `{ ${functions.join(', ')} }, { ${constants.join(', ')} }, ${JSON.stringify(this.variables)}`;
    return `const [${GLOBALS}, ${FIRST}] = ${BEGIN}(${parts});`;
  }

  /** Members of the API that the prelude and the top level need, as a destructuring pattern names them. */
  static get tools() {
    return `begin: ${BEGIN}, declare: ${DECLARE}, inherit: ${INHERIT}, known: ${KNOWN}`;
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
        this.functions.set(node['id'].name, false);
        return this.visit(node);
      case 'VariableDeclaration':
        return this.variableDeclaration(node);
      default:
        return this.topLevelStatement(node);
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
      this.imported.add(imported.name);
      this.imports.push(imported.name === local.name ? local.name : `${imported.name}: ${local.name}`);
      if (NAMED_OBJECTS.includes(imported.name)) this.named.add(local.name);
      if (NAMESPACES.includes(imported.name)) this.namespaces.add(local.name);
      if (imported.name === 'Manager') this.managerClass = local.name;
    }
    this.out.remove(node.start, node.end);
  }

  /**
   * Statements of the top level run when a process begins; they are part of its way to the first checkpoint.
   *
   * @param {Node} node
   */
  topLevelStatement(node) {
    const [variable] = hoisted(node);
    if (variable !== undefined) this.refuseVar(node);
    const statement = node.type !== 'ClassDeclaration' && !SIGNATURES.includes(node.type);
    if (statement) this.out.appendLeft(node.start, `if (${FIRST}) { `);
    this.visit(node);
    if (statement) this.out.appendLeft(node.end, ' }');
  }

  /** @param {Node} node */
  variableDeclaration(node) {
    if (node['declare']) return;
    if (node['kind'] === 'const') {
      for (const declarator of node['declarations']) this.constant(declarator);
    } else if (node['kind'] === 'let') {
      this.lets(node);
    } else {
      this.refuseVar(node);
    }
  }

  /**
   * @param {Node} node
   * @returns {never}
   */
  refuseVar(node) {
    this.refuse(node, 'write `let` or `const` for the variables of a program, at its top');
  }

  /**
   * Functions and classes are every thread's own; of all other values the threads after the first get what it has.
   *
   * @param {Node} declarator
   */
  constant(declarator) {
    const { id, init } = declarator;
    const value = unwrapped(init);
    if (FUNCTIONS.includes(value?.type ?? '') && id.type === 'Identifier') this.functions.set(id.name, true);
    if (FUNCTIONS.includes(value?.type ?? '') || CLASSES.includes(value?.type ?? '')) return this.visit(declarator);
    const names = namesIn(id);
    this.constants.push(...names);
    const inherited = names.map((name) => `${INHERIT}(${JSON.stringify(name)})`);
    if (id.type === 'Identifier') {
      this.out.appendLeft(init.start, `${FIRST} ? (`);
      this.visit(declarator);
      this.out.appendLeft(init.end, `) : ${inherited.join()}`);
    } else {
      this.out.appendLeft(id.start, `[${names.join(', ')}] = ${FIRST} ? (() => { const `);
      this.visit(declarator);
      this.out.appendLeft(init.end, `; return [${names.join(', ')}]; })() : [${inherited.join(', ')}]`);
    }
  }

  /**
   * `let a = 1, b;` declares the variables, with their first values.
   *
   * @param {Node} node
   */
  lets(node) {
    this.out.overwrite(node.start, node.start + 'let'.length, `if (${FIRST}) {`);
    const { declarations } = node;
    for (const [i, declarator] of declarations.entries()) {
      const next = declarations[i + 1];
      if (next !== undefined) this.separate(declarator.end, next.start);
      this.let(declarator);
    }
    this.out.appendLeft(declarations.at(-1).end, ' }');
  }

  /**
   * A comma between two declarators becomes the end of a statement.
   *
   * @param {number} from
   * @param {number} to
   */
  separate(from, to) {
    let comma = this.source.indexOf(',', from);
    for (const comment of this.comments) {
      if (comment.start < comma && comma < comment.end) comma = this.source.indexOf(',', comment.end);
    }
    if (comma < to) this.out.remove(comma, comma + 1);
  }

  /** @param {Node} declarator */
  let(declarator) {
    const { id, init } = declarator;
    if (FUNCTIONS.includes(unwrapped(init)?.type ?? '')) this.refuse(declarator, 'write `const` for a function');
    if (id.type === 'Identifier') {
      const lines = this.source.slice(id.start, init?.start ?? declarator.end).replaceAll(/[^\n]/g, '');
      const start = `${DECLARE}(${JSON.stringify(id.name)}, ${lines}`;
      if (init === null) {
        this.out.overwrite(id.start, declarator.end, `${start}undefined);`);
        return;
      }
      this.out.overwrite(id.start, init.start, start);
      this.names(declarator);
      this.visit(init);
      this.out.appendLeft(init.end, ');');
      return;
    }
    const names = namesIn(id);
    // Within the pattern they are what it binds.
    for (const place of this.places.keys()) {
      if (place.start >= id.start && place.end <= id.end && names.includes(place['name'])) this.places.delete(place);
    }
    this.out.appendLeft(id.start, '{ const ');
    this.visit(declarator);
    const declared = names.map((name) => `${DECLARE}(${JSON.stringify(name)}, ${name});`);
    this.out.appendLeft(init.end, `; ${declared.join(' ')} }`);
  }

  /**
   * Names what is stored in a variable.
   *
   * @param {Node} _holder
   */
  names(_holder) {
    throw new Error('a transform names');
  }

  /**
   * Reading or writing a variable of the top level.
   *
   * @param {Node} identifier
   */
  meansVariable(identifier) {
    const place = this.places.get(identifier);
    if (place === undefined) return;
    const { name, start, end } = identifier;
    this.out.appendLeft(start, `${place === 'shorthand' ? `${name}: ` : place === 'called' ? '(0, ' : ''}${GLOBALS}.`);
    if (place === 'called') this.out.appendLeft(end, ')');
  }
}

/**
 * @param {Node} node
 * @returns {Node | null} the variables that it declares
 */
function declarationIn(node) {
  const inner = node.type === 'ExportNamedDeclaration' ? node['declaration'] : node;
  return inner?.type === 'VariableDeclaration' && !inner['declare'] ? inner : null;
}

/**
 * @param {string} name
 * @param {string} value
 */
function getter(name, value) {
  return `get ${name}() { return ${value}; }`;
}
