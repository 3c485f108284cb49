const files = import.meta.glob<string>('./library/*.py', { query: '?raw', import: 'default', eager: true });

/** The Python files of our own, by name. They stand below CPython's library: see library/README.md. */
export const library: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, source]) => [path.slice('./library/'.length), source]),
);
