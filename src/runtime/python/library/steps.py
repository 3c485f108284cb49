"""Steps: every statement of the learner's own files, or every instruction. CPython's library costs nothing here but at the functions
that are observed: all other code of it is told once that nobody listens.
"""

import dis
import sys

from . import naming, observe, stacks, statements, variables, watched
from .instructions import Instructions
from .stacks import finish
from .watched import begin_visible, is_ours, line_of, running

_monitoring = sys.monitoring
_getframe = sys._getframe
_TOOL = 4
_events = _monitoring.events
_DISABLE = _monitoring.DISABLE
_ALWAYS = _events.PY_START | _events.PY_UNWIND

# StepBy
LINE, OPERATION, BYTECODE = 0, 1, 2

_by = LINE
_seen = {}
"""What is observed, by the id of a code object, and that object, which so stays what it is."""
_files = {}
"""The statements of each file of the learner's."""
_within = {}
"""Of code with statements of several lines, by its id: what `Statements.between` says of it."""
_instructions = {}
_step = None


def _line(code, line):
    within = _within.get(id(code))
    if within is not None:
        line = within[1].get(_getframe(1).f_lasti, line)
        if line in within[2]:
            return _DISABLE
    _begin(line, _getframe(1))


def _jumped(code, offset, destination):
    """The next round of a loop in one line."""
    frame = _getframe(1)
    line = frame.f_lineno
    if destination > offset or line not in _files[code.co_filename].rounds:
        return _DISABLE
    _begin(line, frame)


def _begin(line, frame):
    """A statement."""
    thread = running()
    try:
        if variables.wanted:
            variables.note(thread, frame)
        finish(_step(line))
    except BaseException:
        _hide()
        raise
    thread.fresh = True


def _instruction(code, offset):
    known = _instructions[id(code)][1]
    instruction = known.at(offset)
    if instruction is None:
        return _DISABLE
    thread = running()
    try:
        if variables.wanted:
            variables.note(thread, _getframe(1))
        finish(stacks.kernel.instruction(*instruction))
    except BaseException:
        _hide()
        raise
    thread.fresh = True


def _called(_code, _offset, function, _first):
    """A `print` is visible, too, and C."""
    if function is not print:
        return _DISABLE
    try:
        begin_visible(running(), line_of(_getframe(1)))
    except BaseException:
        _hide()
        raise


def _entered(code, _offset):
    seen = _seen.get(id(code))
    if seen is None:
        return _first_entered(code)
    try:
        seen[1].begin(_getframe(1))
    except BaseException:
        _hide()
        raise


def _first_entered(code):
    name = code.co_filename
    if name.startswith(watched.home):
        _watch(code)
        return _DISABLE
    if is_ours(code):
        seen = observe.table.find(code, '_procession/' + name.rpartition('/')[2])
    elif name.startswith(watched.library):
        seen = observe.table.find(code, name[len(watched.library) :])
    elif name == '<string>':
        seen = observe.table.find(code, name)
    else:
        seen = None
    if seen is None:
        return _DISABLE
    _seen[id(code)] = code, seen
    _monitoring.set_local_events(_TOOL, code, _events.PY_RETURN)
    return _entered_observed(seen)


def _entered_observed(seen):
    try:
        seen.begin(_getframe(3))
    except BaseException:
        _hide()
        raise


def _watch(code):
    """Code of the learner's own is entered for the first time."""
    file = code.co_filename
    if file not in _files:
        _files[file] = statements.of_file(file)
    known = _files[file]
    wanted = _events.CALL
    if _by == BYTECODE:
        wanted |= _events.INSTRUCTION
        _instructions[id(code)] = code, Instructions(code)
    elif _by == LINE and not statements.is_anonymous(code):
        wanted |= _events.LINE
        if known is not None:
            if known.rounds:
                wanted |= _events.JUMP
            begun, lines = known.between(code)
            if begun or lines:
                _within[id(code)] = code, begun, lines
    if _makes_lists(code):
        wanted |= _events.PY_RETURN
    _monitoring.set_local_events(_TOOL, code, wanted)


def _makes_lists(code):
    """`[… for …]`, of which each item is called after its place."""
    return any(one.opname == 'LIST_APPEND' for one in dis.get_instructions(code))


def _returned(code, _offset, value):
    seen = _seen.get(id(code))
    if seen is not None:
        observe.returned(seen[1], _getframe(1), value)
    else:
        naming.forget(_getframe(1))


def _unwound(code, _offset, error):
    seen = _seen.get(id(code))
    if seen is not None:
        observe.unwound(seen[1], _getframe(1), error)
    if is_ours(code):
        trace = error.__traceback__
        # As C, we leave no trace.
        if trace is not None and trace.tb_frame.f_code is code:
            error.__traceback__ = trace.tb_next


def _hide():
    """What a handler of a signal raises in the midst of a step shall look as if it had been raised in the learner's line."""
    _monitoring.set_events(_TOOL, _ALWAYS | _events.RAISE)


def _raised(_code, _offset, error):
    _monitoring.set_events(_TOOL, _ALWAYS)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        if is_ours(trace.tb_next.tb_frame.f_code):
            trace.tb_next = trace.tb_next.tb_next
        else:
            trace = trace.tb_next


_CALLBACKS = {
    _events.LINE: _line,
    _events.JUMP: _jumped,
    _events.INSTRUCTION: _instruction,
    _events.CALL: _called,
    _events.PY_START: _entered,
    _events.PY_RETURN: _returned,
    _events.PY_UNWIND: _unwound,
    _events.RAISE: _raised,
}


def start(folder):
    """From now on what the files in this folder do is seen."""
    global _step, _by
    watched.home = folder + '/'
    watched.library = sys.modules['threading'].__file__.rpartition('/')[0] + '/'
    _step = stacks.kernel.step
    _by = stacks.kernel.step_by()
    variables.start()
    _monitoring.use_tool_id(_TOOL, 'procession')
    for event, callback in _CALLBACKS.items():
        _monitoring.register_callback(_TOOL, event, callback)
    _monitoring.set_events(_TOOL, _ALWAYS)


def ended():
    """The running thread runs no code of the learner's any more."""
    variables.ended(running())
