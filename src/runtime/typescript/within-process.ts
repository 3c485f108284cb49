import { current } from './current.ts';

/** Does `send`, in which such things may be sent as mean nothing in another process: the locks of `threading`, threads. */
export function withinProcess<T>(send: () => T): T {
  const thread = current();
  const before = thread.withinProcess;
  thread.withinProcess = true;
  try {
    return send();
  } finally {
    thread.withinProcess = before;
  }
}

/** @throws TypeError when what is being sent may reach another process. `what`: CPython's name of it. */
export function refuseOutside(what: string): void {
  if (!current().withinProcess) throw new TypeError(`cannot pickle '${what}' object`);
}
