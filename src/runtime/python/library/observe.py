"""Sees what a program does with locks, queues and processes, and logs it in the words of the TypeScript engine: by events of
`sys.monitoring` at the functions of CPython's library, which stay as they are. What to see of each of them is in the tables of
`observed_*.py`, by file and qualified name.
"""

import sys

from . import naming, rows, stacks
from .watched import begin_visible, is_learners, line_of, running

_getframe = sys._getframe

# Outcome
OK, FALSE, TIMED_OUT, ERROR = 1, 2, 3, 4

TICKS_PER_SECOND = 100
MAX_INT = 0x7FFF_FFFF


def ticks_of(seconds):
    """A time-out as records say it: whole ticks; -1: for ever."""
    if seconds is None or seconds < 0:
        return -1
    ticks = seconds * TICKS_PER_SECOND
    return min(int(-(-ticks // 1)), MAX_INT) if ticks < MAX_INT else -1


class Open:
    """An observed call that has not come back."""

    __slots__ = ('call', 'frame', 'subject', 'row', 'argument', 'extra', 'said')

    def __init__(self, call, frame, subject, row, argument):
        self.call = call
        self.frame = frame
        self.subject = subject
        self.row = row
        self.argument = argument
        self.extra = None
        self.said = False
        """The kernel knows that the thread is in it."""


class Call:
    """What is logged of a function's calls: an operation of the object that is its first argument."""

    covers = False
    """What it is made of is not told."""

    alone = False
    """As a part of another observed call it is not told."""

    precedes_set = False
    """It is done when the event is set that has the same row, and not only when it comes back."""

    def __init__(
        self, operation, reason, *, argument=None, waits=None, outcome=None, result=None, subject=None, row=rows.row_of, before=None
    ):
        self.operation = operation
        """`BlockReason` of whoever has to wait in it, or a function of the object that says so. 0: its parts say it."""
        self.reason = reason
        self._argument = argument
        """Whether the call is to be logged, and not only that it is done; always, if not said."""
        self._waits = waits
        self._outcome = outcome
        self._result = result
        self._subject = subject
        self._row = row
        """Seen before it begins: kept as `extra`."""
        self._before = before

    def begin(self, frame):
        names = frame.f_locals
        subject = names[frame.f_code.co_varnames[0]]
        if self._subject is not None:
            subject = self._subject(subject)
        row = self._row(subject)
        if row != 0:
            self.open(frame, subject, row, names)

    def open(self, frame, subject, row, names):
        thread = running()
        within = _within(thread, frame)
        if within is not None and (
            self.alone or within.row == row or within.call.covers or frame.f_back.f_code.co_qualname in hidden
        ):
            return  # The same operation, as the library does it.
        line = line_of(frame)
        if within is None:
            begin_visible(thread, line)
        argument = 0 if self._argument is None else self._argument(names)
        call = Open(self, frame, subject, row, argument)
        if self._before is not None:
            call.extra = self._before(subject, names)
        if self._waits is None or self._waits(subject, names):
            call.said = True
            reason = self.reason(subject) if callable(self.reason) else self.reason
            stacks.kernel.begin_call(self.operation, row, argument, line, reason)
        thread.calls.append(call)

    def close(self, thread, call, value, error):
        thread.calls.pop()
        if self._outcome is not None:
            outcome = self._outcome(call, value, error)
        elif error is not None:
            outcome = ERROR
        elif value is False:
            outcome = FALSE if call.argument == 0 else TIMED_OUT
        else:
            outcome = OK
        self.log(call, outcome, value)

    def log(self, call, outcome, value):
        result = 0 if self._result is None else self._result(call, value)
        end(call, call.row, outcome, result)


def end(call, row, outcome, result):
    stacks.kernel.end_call(call.call.operation, row, outcome, result, call.said)


hidden = set()
"""Functions of the library that only look, by qualified name: what they call is no operation."""


def _within(thread, frame):
    """The observed call as a part of which this frame was called; None: the learner's code has called it."""
    if not thread.calls:
        return None
    last = thread.calls[-1]
    frame = frame.f_back
    while frame is not None:
        if frame is last.frame:
            return last
        if is_learners(frame):
            return None
        frame = frame.f_back
    return None


class Moment:
    """Something that happens in the midst of an observed call: a function that is called with its object, and when it returns."""

    def __init__(self, begun=None, ended=None):
        self._begun = begun
        self._ended = ended

    def begin(self, frame):
        thread = running()
        if thread.calls and self._begun is not None:
            self._begun(thread.calls[-1], frame.f_locals[frame.f_code.co_varnames[0]])

    def end(self, frame, _value):
        thread = running()
        if thread.calls and self._ended is not None:
            self._ended(thread.calls[-1], frame.f_locals[frame.f_code.co_varnames[0]])


class Made:
    """An object that the learner's code makes gets a row and a name; not one that the library makes for itself."""

    def __init__(self, make):
        """`make(subject, name)` gives it its row."""
        self._make = make

    def begin(self, _frame):
        pass

    def end(self, frame, _value):
        subject = frame.f_locals[frame.f_code.co_varnames[0]]
        maker = maker_of(frame, subject)
        if maker is not None and not rows.is_known(subject):
            self._make(subject, naming.name_at(maker))


class MadeBy:
    """As `Made`, of a function that returns what it has made. `make(value, name)`."""

    def __init__(self, make):
        self._make = make

    def begin(self, _frame):
        pass

    def end(self, frame, value):
        maker = maker_of(frame, None)
        if maker is not None:
            self._make(value, naming.name_at(maker))


def simple(kind, words=None):
    """`make` of an object that has nothing but a kind, a name and the first two words of its state."""

    def make(subject, name):
        first, second = (0, 0) if words is None else words(subject)
        rows.make(subject, kind, name, first, second)

    return make


transparent = set()
"""Functions of the library that only call another one for the learner's code, by their qualified names."""


def maker_of(frame, subject):
    """The frame of the learner's code that makes this object; None: the library makes it."""
    maker = frame.f_back
    while maker is not None:
        code = maker.f_code
        if is_learners(maker):
            # In `__init__` of a class of the learner's own, `super().__init__()` makes nothing that has a name.
            if code.co_argcount and code.co_name == '__init__' and maker.f_locals.get(code.co_varnames[0]) is subject:
                maker = maker.f_back
                continue
            return maker
        if code.co_qualname not in transparent:
            return None
        maker = maker.f_back
    return None


class Table:
    """What is observed, by the name of a file of the library, and in it by the qualified name of a function."""

    def __init__(self):
        self._files = {}
        self._codes = {}

    def add(self, file, functions):
        self._files.setdefault(file, {}).update(functions)

    def find(self, code, relative):
        """What is observed at this code, which has not run yet."""
        functions = self._files.get(relative)
        return functions.get(code.co_qualname) if functions else None


def returned(seen, frame, value):
    if isinstance(seen, Call):
        thread = running()
        if thread.calls and thread.calls[-1].frame is frame:
            thread.calls[-1].call.close(thread, thread.calls[-1], value, None)
    else:
        seen.end(frame, value)


def unwound(seen, frame, error):
    if isinstance(seen, Call):
        thread = running()
        if thread.calls and thread.calls[-1].frame is frame:
            thread.calls[-1].call.close(thread, thread.calls[-1], None, error)


table = Table()
