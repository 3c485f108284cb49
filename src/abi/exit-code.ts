/** Exit codes of processes that a signal has ended, as `Process.exitcode` has them: the signal's number, negative. */
export const ExitCode = { SIGTERM: -15, SIGKILL: -9 } as const;
