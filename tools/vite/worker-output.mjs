/**
 * How workers are bundled: messages and `print` name classes and functions, the engine's as well as a program's own, so they
 * keep the names they have in the source.
 */
export const WORKER_OUTPUT = { keepNames: true };
