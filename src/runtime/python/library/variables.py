"""What the learner's variables hold, for the log: after each step of a thread only what has changed since its last.

No frame is kept, and no value that can change: objects of the program end when they would end without us.
"""

import types

from . import stacks, watched
from .shown import ATOMS, shown

# Kinds of records: abi/record.ts
_LOCAL, _GLOBAL, _LOCAL_GONE, _GLOBAL_GONE = 0, 1, 2, 3

# What is imported from `multiprocessing` is a method of its context.
_UNSHOWN = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)
_MOST = 100
"""Variables of a frame that are looked at."""

_OTHER = object()
"""Stands for a value that can change."""

wanted = False
_log = None
_modules = {}
"""What has been logged of the globals of each module, by the id of its namespace; they stay as long as the process."""


class Seen:
    """What has been logged of the variables of a frame."""

    __slots__ = ('frame', 'code', 'values')

    def __init__(self, frame):
        self.frame = id(frame)
        self.code = id(frame.f_code)
        self.values = {}
        """By name: the value if it cannot change; and its text, None if it is none that is shown."""


def start():
    global wanted, _log
    wanted = stacks.kernel.wants_variables()
    _log = stacks.kernel.log_variable


def note(thread, frame):
    """A step of the thread has ended, and it stands in this frame of the learner's."""
    frames = thread.frames
    if not frames or frames[-1].frame != id(frame) or frames[-1].code != id(frame.f_code):
        _follow(frames, frame)
    if frame.f_code.co_name != '<module>':
        _compare(frames[-1].values, frame.f_locals, _LOCAL, len(frames) - 1, '')
    note_globals(frame.f_globals)


def note_globals(namespace):
    known = _modules.get(id(namespace))
    if known is None:
        name = namespace.get('__name__', '')
        prefix = '' if name in ('__main__', '__mp_main__') else f'{name}.'
        known = _modules[id(namespace)] = namespace, prefix, {}
    _compare(known[2], namespace, _GLOBAL, 0, known[1])


def ended(thread):
    """The thread runs no code of the learner's any more."""
    if not wanted:
        return
    for namespace, _prefix, _values in list(_modules.values()):
        note_globals(namespace)
    if thread.frames:
        thread.frames.clear()
        stacks.kernel.log_left(0)


def _follow(frames, frame):
    """Functions were entered or left since the last step."""
    stack = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(watched.home):
            stack.append(frame)
        frame = frame.f_back
    stack.reverse()
    same = 0
    while same < min(len(frames), len(stack)) and frames[same].frame == id(stack[same]) and frames[same].code == id(stack[same].f_code):
        same += 1
    if same < len(frames):
        del frames[same:]
        stacks.kernel.log_left(same)
    for depth in range(same, len(stack)):
        frames.append(Seen(stack[depth]))
        stacks.kernel.log_entered(depth, stack[depth].f_code.co_qualname)
        if depth + 1 < len(stack) and stack[depth].f_code.co_name != '<module>':
            _compare(frames[depth].values, stack[depth].f_locals, _LOCAL, depth, '')


def _compare(known, values, scope, depth, prefix):
    for name, value in values.items():
        before = known.get(name)
        if before is None:
            if len(known) >= _MOST:
                break
        elif before[0] is value:
            continue
        hidden = scope == _GLOBAL and (isinstance(value, _UNSHOWN) or name.startswith('__'))
        text = None if hidden else shown(value)
        known[name] = value if hidden or type(value) in ATOMS else _OTHER, text
        if text != (before and before[1]):
            if text is None:
                _log(scope + 2, depth, f'{prefix}{name}')
            else:
                _log(scope, depth, f'{prefix}{name}={text}')
    if len(known) > len(values) or len(values) > _MOST:
        for name in [name for name in known if name not in values]:
            if known.pop(name)[1] is not None:
                _log(scope + 2, depth, f'{prefix}{name}')
