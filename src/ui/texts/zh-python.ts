import type { enPython } from './en-python.ts';

/** 关于 Python 引擎和读者自己的程序。键与 `en-python.ts` 相同。 */
export const zhPython: Readonly<Record<keyof typeof enPython, string>> = {
  'python.loading': '正在下载 Python：{{loaded, number}} / {{total, number}} MB',
  'python.loadingSome': '正在下载 Python：{{loaded, number}} MB',
  'python.preparing': '正在准备 Python……',
  'python.cancel': '取消',
  'python.cancelled': '没有加载 Python。需要时请再次选择 Python。',
  'python.cancelled.only': 'Python 没有加载。按“播放”就会加载。',
  'python.failed.only':
    'Python 没能加载：{{message}}。请检查网络，再按“播放”；有 TypeScript 程序的课不需要它，照常可用。',
  'python.failed': '无法加载 Python：{{message}}。请检查网络后再次选择 Python；TypeScript 程序不受影响，照常可以运行。',
  'python.noJspi':
    '这个浏览器不能在一个 Python 进程的多个线程之间切换（没有 JavaScript Promise Integration）：单线程的进程可以运行，启动第二个线程会抛出 RuntimeError。Chrome 和 Edge 从 137 版起支持，Firefox 153 也支持。',

  'say.Ready.interpreter':
    '{{name}} 自{{tick}}起处于就绪（Ready）状态（{{cause}}）：只差本进程的解释器锁（GIL），锁在 {{holder}} 手里。一个 Python 进程的线程，同一时刻只有一个在运行。',

  'why.unrun': '程序还没有运行，先启动它。',
  'lesson.otherProgram': '文中的时刻是 TypeScript 程序的；文中的链接通向 Python 程序自己的事件。',

  // 输入
  'reason.input': '输入',
  'outcome.input': '等待输入',
  'outcome.input.long': '{{names}} 在等一行输入：请在输出下面键入，程序就会继续。',
  'say.blocked.input': '{{name}} {{at}}处于阻塞（Blocked）状态：它在等有人键入一行',
  'say.event.blocked.input': '{{name}}：运行 → 阻塞。它在等一行输入。',
  'say.event.input.line': '外部输入：键入了“{{text}}”。',
  'say.event.input.eof': '外部输入：输入到此结束（Ctrl+D）。',
  'input.label': '给程序的输入',
  'input.waits': '{{names}} 在等一行输入',
  'input.ahead': '现在没有线程在等输入；这时键入的行会留着，等程序来读。',
  'input.enter': '输入',
  'input.go': '去输入',
  'input.eof': '结束输入',
  'input.eof.about': '程序读到输入的末尾，如同在终端里按 Ctrl+D：input() 会抛出 EOFError。',
  'diagram.runNextInstead': '让 {{name}} 下一个运行：{{holder}} 让出 CPU 和 GIL',
  'input.typed': '在第 {{tick, number}} 个时钟周期前键入',
  'input.typed.live': '{{tick}}键入',
  'notice.languageFailed': '无法加载另一种语言的文案：{{message}}。请检查网络后再试。',
  'notice.linkFailed': '无法跟随这个链接：{{message}}。请检查网络后再试。',
  'notice.lineRefused': '无法键入这一行：{{message}}。',
  'automation.line': 'typeLine 每次只接受一行，不带换行符；多行请逐行调用。',
  'notice.lineTooLong': '一行最多 {{max, number}} 字节，这一行有 {{length, number}} 字节：终端也只收这么多。',

  // 变量
  'tab.variables': '变量',
  'variables.locals': '{{name}}() 的局部变量',
  'variables.locals.caller': '调用者 {{name}}() 的局部变量',
  'variables.globals': '进程的全局变量',
  'variables.none': '还没有',
  'variables.changed': '上一步改变了它',
  'variables.select': '选中一个线程，查看它的变量。',
  'variables.empty': '还没有变量被赋值。',
  'variables.onlyPython': 'Python 程序才显示变量的值：请在程序上方选择 Python。',

  // 步与库线程
  'scheduler.stepBy': '一步是',
  'scheduler.stepBy.line': '一行',
  'scheduler.stepBy.bytecode': '一条字节码',
  'scheduler.stepBy.line.about': '一步执行一条语句：两行之间可能换别的线程运行。',
  'scheduler.stepBy.bytecode.about':
    '一步执行一条 CPython 字节码（bytecode）：和实际一样，一行执行到一半也可能换别的线程运行。',
  'disabled.liveSteps': '实时运行没有“步”：它自己往下走。',
  'scheduler.library': '显示库线程',
  'scheduler.library.about':
    'CPython 标准库自己启动的线程，例如队列的送料线程（feeder）、进程池的管理线程（handler）。',
  'diagram.folded': '另有 {{count, number}} 个库线程',
  'diagram.libraryThread': '{{name}}（库线程）',
  'timeline.library': '库',
  'timeline.library.about': '库线程',
  'say.event.line.instruction': '{{name}} 执行 {{instruction}}（第 {{line}} 行）。',
  'say.event.frame.module': '{{name}} 从程序的开头执行起。',
  'say.event.frame.entered': '{{name}} 进入函数 {{function}}()。',
  'say.event.frame.left': '{{name}} 离开函数 {{function}}()。',
  'say.event.frame.left.module': '{{name}} 离开程序的正文。',
  'say.event.frame.left.unknown': '{{name}} 离开所在的函数或模块。',
  'say.event.variable.local': '{{name}}：局部变量 {{variable}} 变为 {{value}}。',
  'say.event.variable.global': '{{name}}：全局变量 {{variable}} 变为 {{value}}。',
  'say.event.variable.localGone': '{{name}}：局部变量 {{variable}} 不再存在。',
  'say.event.variable.globalGone': '{{name}}：全局变量 {{variable}} 不再存在。',
  'object.libraryPipe': '标准库自用的管道',
  'object.inside': 'CPython 内部的事',

  // 编辑器
  'editor.label': '你的 Python 程序。Tab 键缩进；先按 Esc 再按 Tab 离开编辑框。',
  'editor.tools': '你的程序',
  'editor.examples': '例子',
  'editor.undo': '撤销',
  'editor.redo': '重做',
  'editor.reset': '回到打开时的程序',
  'editor.unrun': '还没有运行',
  'editor.edited': '运行之后改动过',
};
