// Which tests are run, in which order, and under which heading of the table they come.

/** @typedef {{ name: string, modules: readonly string[] }} Suite */

/** Classes that only run `lock_tests.py` come under that name, wherever they stand. */
export const LOCK_TESTS = 'lock_tests';

/** @type {readonly Suite[]} */
export const SUITES = [
  { name: LOCK_TESTS, modules: ['test.test_thread', 'test.test_threading'] },
  { name: 'test_thread', modules: ['test.test_thread'] },
  { name: 'test_threading', modules: ['test.test_threading'] },
  { name: 'test_threading_local', modules: ['test.test_threading_local'] },
  { name: 'test_queue', modules: ['test.test_queue'] },
  { name: '_test_multiprocessing, processes', modules: ['test.test_multiprocessing_spawn.test_processes'] },
  { name: '_test_multiprocessing, managers', modules: ['test.test_multiprocessing_spawn.test_manager'] },
  { name: '_test_multiprocessing, threads', modules: ['test.test_multiprocessing_spawn.test_threads'] },
  { name: '_test_multiprocessing, others', modules: ['test.test_multiprocessing_spawn.test_misc'] },
  {
    name: 'test_concurrent_futures',
    modules: [
      'as_completed',
      'deadlock',
      'future',
      'init',
      'interpreter_pool',
      'process_pool',
      'shutdown',
      'thread_pool',
      'wait',
    ].map((name) => `test.test_concurrent_futures.test_${name}`),
  },
];

/** The suite under which a class is listed. @param {string} module @param {boolean} locks @returns {string} */
export function suiteOf(module, locks) {
  if (locks) return LOCK_TESTS;
  const suite = SUITES.find(({ name, modules }) => name !== LOCK_TESTS && modules.includes(module));
  if (suite === undefined) throw new Error(`${module} is in no suite`);
  return suite.name;
}

/**
 * Is this wanted? `lock_tests`, `test_queue.QueueTest`, or a part of a test's own name.
 *
 * @param {readonly string[]} wanted none = all
 * @param {string} suite
 * @param {string} test its whole id
 */
export const isWanted = (wanted, suite, test) =>
  wanted.length === 0 ||
  wanted.some((part) => (SUITES.some(({ name }) => name === part) ? suite === part : test.includes(part)));

/** Why a test is not run here, as the table says it in both languages. Reasons that tests give themselves are quoted. */
export const REASONS = /** @type {const} */ ({
  'needs fork': '需要 fork',
  'needs forkserver': '需要 forkserver',
  'needs subinterpreters': '需要子解释器',
  'needs a resource tracker; here the kernel frees what is left': '需要资源跟踪进程；这里由内核回收遗留的资源',
  'starts or names a thread in C': '在 C 里创建或指名线程',
  'starts 200 processes': '启动 200 个进程',
  'starts an interpreter with other options': '以别的选项启动解释器',
  'imports a module for the first time, which is in memory already': '要求首次导入某个模块，而它已在内存中',
  "looks for the library's files in a folder, and they are in a zip file":
    '在文件夹里找标准库的文件，而它们在 zip 文件里',
  'counts on what a thread does in 0.1 s, which are 100 steps here':
    '依赖线程在 0.1 秒内做完的事，而这里 0.1 秒只是 100 步',
  'computes at the limit of recursion while others sleep a second; here time is counted in what is computed':
    '一边在递归深度的极限上计算，一边让别的线程睡一秒；而这里的时间按计算量来数',
  'claims what Python has changed after 3.14.2': '针对 3.14.2 之后 Python 的改动',
});

/** @typedef {keyof typeof REASONS} Reason */

const TRACKER = 'needs a resource tracker; here the kernel frees what is left';
const PRELOADED = 'imports a module for the first time, which is in memory already';
const NEWER = 'claims what Python has changed after 3.14.2';

/** Parts of the ids of tests that cannot pass here, whatever is mended. @type {readonly (readonly [Reason, RegExp])[]} */
const NOT_RUN = [
  ['needs subinterpreters', /\.SubinterpThreadingTests\.|\.InterpreterPool|\.test_interpreter_pool$/],
  [
    'starts or names a thread in C',
    /\.test_(?:threading_local_clear_race|frame_tstate_tracing|finalize_daemon_thread_hang|PyThreadState_SetAsyncExc)$/,
  ],
  ['needs fork', /\.TestStartMethod\.test_(?:get_all_start_methods|mixed_startmethod)$/],
  ['needs forkserver', /\.FailingInitializerResourcesTest\.test_forkserver$/],
  [TRACKER, /\.FailingInitializerResourcesTest\.test_spawn$/],
  [TRACKER, /\.TestResourceTracker\.test_resource_tracker(?:_sigint|_sigkill|_sigterm)?$/],
  [TRACKER, /\.test_shared_memory_(?:cleaned_after_process_termination|tracking)$/],
  ['starts 200 processes', /\.test_large_pool$/],
  ['starts an interpreter with other options', /\.TestFlags\.test_flags$/],
  [PRELOADED, /\.test_threading\..*\.test_(?:import_from_another_thread|lazy_import)$/],
  [PRELOADED, /\.test_(?:import_does_not_determine_default_start_method|spawn_sys_executable_none_allows_import)$/],
  ["looks for the library's files in a folder, and they are in a zip file", /\._TestImportStar\.test_import$/],
  ['counts on what a thread does in 0.1 s, which are 100 steps here', /\.WithProcessesTestQueue\.test_fork$/],
  [
    'computes at the limit of recursion while others sleep a second; here time is counted in what is computed',
    /\.test_print_exception_gh_102056$/,
  ],
  // Condition.wait, SimpleQueue.get and freeze_support of the library: 3.14.10 against 3.14.2.
  [NEWER, /\.test_threading\.(?:Condition|Event)Tests\.test_nan_timeout$/],
  [NEWER, /\.PySimpleQueueTest\.test_nonblocking_ignores_timeout$/],
  [NEWER, /\.test_(?:freeze_support|spawn)_dont_set_context$/],
  // ProcessPoolExecutor, gh-101267, gh-115634, gh-119592, gh-152967.
  [NEWER, /\.test_(?:broken_process_pool_traceback|failed_worker_replacement_breaks_pool)$/],
  [NEWER, /\.test_(?:force_shutdown_during_max_tasks_worker_exit|max_tasks_per_child_pending_tasks_gh115634)$/],
  [NEWER, /\.test_(?:gc_during_max_tasks_worker_exit_gh152967|shutdown_no_wait_max_tasks_gh119592)$/],
];

/** @param {string} test its whole id @returns {Reason | null} null: it is run */
export const skipOf = (test) => NOT_RUN.find(([, pattern]) => pattern.test(test))?.[0] ?? null;
