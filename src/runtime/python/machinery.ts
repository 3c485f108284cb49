import type { PyodideAPI } from 'pyodide';
import type { Carrier } from './carrier.ts';
import type { Start } from './calls/threads.ts';
import type { OpenFiles } from './open-files.ts';
import type { StackParts } from './stack-parts.ts';
import type { TurnPort } from './turn.ts';

/** What kernel calls stand on: one interpreter, which carries one process. */
export interface Machinery {
  readonly python: PyodideAPI;
  readonly carrier: Carrier;
  readonly port: TurnPort;
  readonly files: OpenFiles;
  readonly stacks: StackParts;
  /** What the stacks of threads that have not run yet shall call, by tid. */
  readonly targets: Map<number, Start>;
}
