/** Plain Pyodide in a worker, as its documentation loads it. */
export interface PlainRemote {
  /** Milliseconds until an interpreter can run something. `folder`: where its files are. */
  load(folder: string): Promise<number>;
  /** Microseconds that this source says, in its variable `result`. Precondition: loaded. */
  measure(source: string): Promise<number>;
}
