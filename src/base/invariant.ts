/** An invariant of the machine that did not hold: a fault of ours, never of the user's program. */
export class InvariantError extends Error {
  constructor(name: string, detail: string) {
    super(detail === '' ? `invariant broken: ${name}` : `invariant broken: ${name} (${detail})`);
    this.name = 'InvariantError';
  }
}

/** Throws with the invariant's name when `holds` is false. `detail` should say which object or thread it is about. */
export function invariant(holds: boolean, name: string, detail = ''): asserts holds {
  if (!holds) throw new InvariantError(name, detail);
}

/** Closes a `switch` over a union: does not compile while a case is missing. */
export function unreachable(value: never, where: string): never {
  throw new InvariantError('unreachable', `${where}: ${String(value)}`);
}
