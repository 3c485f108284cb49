/**
 * Unwinds a program that must stop: its process was killed, or another run begins. Not an Error, so that nothing takes it
 * for one of the program's; the transform makes every `catch` of a program pass it on.
 */
export class HostReset {
  readonly reason = 'the thread was told to stop';
}

/** The kernel could not start another thread. */
export class SpawnFailed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SpawnFailed';
  }
}
