// The walls of the house (ARCHITECTURE.md, import table) as lint rules. Read `SIDES` first: everything else follows it.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const ALL_PACKAGES = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });

/**
 * A side is a folder of src/. `imports`: the other sides it may import. `packages`: the npm packages it may import.
 * `deterministic`: no clock and no randomness but the ones handed in.
 */
const SIDES = {
  base: { imports: [], packages: [], deterministic: true },
  abi: { imports: ['base'], packages: [], deterministic: true },
  sync: { imports: ['base', 'abi'], packages: [], deterministic: true },
  kernel: { imports: ['base', 'abi'], packages: [], deterministic: true },
  runtime: { imports: ['base', 'abi', 'sync'], packages: ['msgpackr'], deterministic: true },
  replay: { imports: ['base', 'abi'], packages: [], deterministic: true },
  explore: { imports: ['base', 'abi', 'replay'], packages: [], deterministic: true },
  scenarios: { imports: ['base', 'abi', 'runtime'], packages: [], deterministic: true },
  workers: {
    imports: ['base', 'abi', 'sync', 'kernel', 'runtime', 'replay', 'explore', 'scenarios'],
    packages: ['comlink', 'msgpackr', 'pyodide'],
  },
  ui: {
    imports: ['base', 'abi', 'replay', 'scenarios'],
    packages: [
      'react',
      'react-dom',
      'zustand',
      'comlink',
      '@mantine/core',
      '@mantine/hooks',
      'd3-selection',
      'msgpackr',
      'uqr',
      '@codemirror/commands',
      '@codemirror/lang-python',
      '@codemirror/language',
      '@codemirror/state',
      '@codemirror/view',
      '@lezer/highlight',
    ],
  },
};

const WALL = 'The import table in ARCHITECTURE.md does not allow this.';

const alternatives = (words) => `(?:${words.map((word) => word.replaceAll('/', '\\/')).join('|')})`;

/** Refuses `../kernel/x.ts`, `../../kernel/x.ts` … for every folder named. A worker's address (`?worker&url`) is no import of its code. */
const folders = (names) => ({
  regex: `^(?:\\.\\./)+${alternatives(names)}(?:/[^?]*(?:\\?(?:[^w].*)?)?)?$`,
  message: WALL,
});

/** Refuses every package that is not named (a package path such as `react-dom/client` counts as its package). */
const packagesBut = (names) => ({
  regex: `^${alternatives(['node:.*', ...ALL_PACKAGES.filter((name) => !names.includes(name))])}(?:/|$)`,
  message: 'This side may not import this package; the allowed ones are listed in oxlint.config.mjs.',
});

const CLOCKS_AND_HOSTS = [
  ['Date', 'Time is the tick.'],
  ['performance', 'Time is the tick.'],
  ['crypto', 'Randomness is the seeded generator in base.'],
  ['setTimeout', 'Time is the tick.'],
  ['setInterval', 'Time is the tick.'],
  ['setImmediate', 'Time is the tick.'],
  ['queueMicrotask', 'Order is the kernel’s.'],
  ['requestAnimationFrame', 'Time is the tick.'],
  ['window', 'This side has no DOM.'],
  ['document', 'This side has no DOM.'],
  ['navigator', 'This side has no DOM.'],
  ['fetch', 'This side does not touch the network.'],
];
const SELF = ['self', 'Only *.worker.ts touches self.'];

const globals = (entries) => [
  'error',
  { globals: entries.map(([name, message]) => ({ name, message })), checkGlobalObject: true },
];

const RANDOM = { object: 'Math', property: 'random', message: 'Randomness is the seeded generator in base.' };
const WAIT = {
  object: 'Atomics',
  property: 'wait',
  message: 'Blocks the thread: only sync, kernel, runtime and workers may wait (Atomics.waitAsync is for the others).',
};

const MAY_WAIT = ['sync', 'kernel', 'runtime', 'workers'];
const SHORT_FUNCTIONS = ['sync', 'kernel'];

const functionLength = (max) => ['error', { max, skipBlankLines: true, skipComments: true, IIFEs: true }];

/** The `no-restricted-imports` rule: these folders are closed, only these packages are open. */
const imports = (closed, packages) => ['error', { patterns: [folders(closed), packagesBut(packages)] }];

const closedTo = (name) => Object.keys(SIDES).filter((other) => other !== name && !SIDES[name].imports.includes(other));

function sideRules(name) {
  const { packages, deterministic = false } = SIDES[name];
  const properties = [...(deterministic ? [RANDOM] : []), ...(MAY_WAIT.includes(name) ? [] : [WAIT])];
  return {
    files: [`src/${name}/**`],
    rules: {
      'no-restricted-imports': imports(closedTo(name), packages),
      'no-restricted-globals': globals([...(deterministic ? CLOCKS_AND_HOSTS : []), SELF]),
      ...(properties.length > 0 ? { 'no-restricted-properties': ['error', ...properties] } : {}),
      ...(SHORT_FUNCTIONS.includes(name) ? { 'max-lines-per-function': functionLength(45) } : {}),
    },
  };
}

/** The floors inside ui: host below state below views. */
const { packages: UI_PACKAGES } = SIDES.ui;
const LOWER = closedTo('ui');
const uiFloor = (files, closed, packages) => ({
  files,
  rules: { 'no-restricted-imports': imports([...LOWER, ...closed], packages) },
});

/** @type {import('oxlint').OxlintConfig} */
export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'react', 'vitest', 'jsx-a11y'],
  categories: { correctness: 'error', suspicious: 'error' },
  env: { builtin: true },
  options: { denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['dist', 'node_modules', 'public/python/**'],
  rules: {
    'import/no-cycle': 'error',
    'import/no-self-import': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'no-console': 'error',
    'no-restricted-globals': globals([SELF]),
    'no-restricted-properties': ['error', WAIT],
    'max-lines': ['error', { max: 600 }],
    'max-lines-per-function': functionLength(70),
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'react/react-in-jsx-scope': 'off',
    'import/no-unassigned-import': 'off',
    // Does not know what the build makes of `x.ts?script`; the compiler checks it.
    'import/default': 'off',
    // A box that scrolls must be reachable by keyboard: tabIndex and role="region" on a div are how.
    'jsx-a11y/no-noninteractive-tabindex': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    // The documented way to use fast-check is by its default export.
    'import/no-named-as-default-member': 'off',
    // An expectation may carry a message, and a property may expect different things of different inputs.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-conditional-expect': 'off',
    // An effect may run again for a reason that it does not read (scroll when the text changed).
    'react/exhaustive-effect-dependencies': 'off',
    // Asks for a target origin that a worker's postMessage does not have.
    'unicorn/require-post-message-target-origin': 'off',
  },
  overrides: [
    ...Object.keys(SIDES).map(sideRules),
    {
      files: ['src/runtime/python/**'],
      rules: { 'no-restricted-imports': imports(closedTo('runtime'), ['pyodide']) },
    },
    uiFloor(['src/ui/host/**'], ['replay', 'scenarios', 'ui', 'state', 'views'], ['comlink']),
    uiFloor(
      ['src/ui/state/**'],
      ['views', 'ui'],
      UI_PACKAGES.filter((name) => !/^(?:@mantine|@codemirror|@lezer|d3-|react-dom)/.test(name)),
    ),
    uiFloor(['src/ui/views/**'], ['scenarios', 'host'], UI_PACKAGES),
    {
      // Real time is read in one place: the port of live mode.
      files: ['src/runtime/live-*.ts', 'src/runtime/**/live-*.ts'],
      rules: {
        'no-restricted-globals': globals([...CLOCKS_AND_HOSTS.filter(([name]) => name !== 'performance'), SELF]),
      },
    },
    {
      // These load the interpreter, and give it a clock, chance and what was loaded in place of the worker's own.
      files: ['chance', 'clock', 'pyodide-internals', 'supply'].map((name) => `src/runtime/python/${name}.ts`),
      rules: { 'no-restricted-globals': globals([SELF]), 'no-restricted-properties': 'off' },
    },
    {
      // A date that a program sends is a value, and tells nobody the time.
      files: ['src/runtime/typescript/codec/node-*.ts', 'src/runtime/fixtures/codec-*.ts'],
      rules: {
        'no-restricted-globals': globals([...CLOCKS_AND_HOSTS.filter(([name]) => name !== 'Date'), SELF]),
      },
    },
    {
      // A full log blocks its writer, a guard whoever comes second; both the kernel and the hosts meet there.
      files: ['src/abi/log-writer.ts', 'src/abi/guard.ts'],
      rules: { 'no-restricted-properties': ['error', RANDOM] },
    },
    {
      files: ['src/**/*.worker.ts'],
      rules: { 'no-restricted-globals': 'off' },
    },
    {
      files: [
        'src/**/*.test.ts',
        'src/**/*.test.tsx',
        'src/**/*.test.worker.ts',
        'src/**/*.contract.ts',
        'src/**/*.fixture.ts',
        'e2e/**',
        'bench/**',
        'conformance/**',
      ],
      rules: {
        'max-lines-per-function': 'off',
        'unicorn/consistent-function-scoping': 'off',
        'no-restricted-imports': 'off',
        'no-restricted-globals': 'off',
        'no-restricted-properties': 'off',
        'no-console': 'off',
      },
    },
    {
      files: ['tools/**', '*.config.ts', '*.config.mjs'],
      rules: { 'no-console': 'off' },
    },
    {
      files: ['public/isolation-worker.js'],
      rules: { 'no-restricted-globals': 'off' },
    },
  ],
};
