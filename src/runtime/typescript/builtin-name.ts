/** Name of a function of the engine itself (`builtin-targets.ts`); no function of a program can have such a name. */
export type BuiltinName = `@${string}`;

export function isBuiltinName(name: unknown): name is BuiltinName {
  return typeof name === 'string' && name.startsWith('@');
}
