/** Firefox and Safari read it as a comment. Chromium compiles each function when it is first called, unless it finds this. */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad';

/**
 * How workers are bundled: messages and `print` name classes and functions, the engine's as well as a program's own, so they
 * keep the names they have in the source. An interpreter wakes long before it has a process, which then should not wait for a compiler.
 *
 * @type {import('rolldown').OutputOptions}
 */
export const WORKER_OUTPUT = {
  keepNames: true,
  postBanner: ({ name }) => (name.startsWith('python') ? COMPILE_AT_ONCE : ''),
};
