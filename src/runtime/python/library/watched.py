"""What is known of each thread of the process, for those who log what it does; and whose code a frame executes."""

import sys

from . import stacks
from .stacks import finish

_getframe = sys._getframe
_OURS = __file__.rpartition('/')[0] + '/'

home = '/home/learner/'
"""Where the learner's files are."""

library = '/lib/'
"""Where CPython's are."""


class Watched:
    """A thread."""

    __slots__ = ('fresh', 'calls', 'library', 'frames')

    def __init__(self):
        self.fresh = False
        """A step has begun in which no visible operation has happened yet: the next one belongs to it."""
        self.calls = []
        """Observed calls that have not come back, outermost first."""
        self.library = False
        """It never runs the learner's code: a queue's feeder, a pool's handlers."""
        self.frames = []
        """What has been logged of the variables in each frame of the learner's, outermost first."""


_threads = {}


def running():
    """The one that runs now."""
    thread = _threads.get(stacks.current)
    if thread is None:
        thread = _threads[stacks.current] = Watched()
    return thread


def forget(ident):
    _threads.pop(ident, None)


def is_ours(code):
    return code.co_filename.startswith(_OURS)


def is_learners(frame):
    """Whether it executes what the learner has written, be it in a file or in a text that was given to `exec`."""
    name = frame.f_code.co_filename
    if name.startswith(home):
        return True
    return name[0] == '<' and str(frame.f_globals.get('__file__', '')).startswith(home)


def line_of(frame):
    """Where the learner's code stands from which this frame was called, in one of its files. 0: nowhere."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(home):
            return frame.f_lineno or 0
        frame = frame.f_back
    return 0


_START = 8  # Operation

_CARRIERS = {'_worker', 'worker'}
"""Threads that the library starts to run what the learner hands in: of `concurrent.futures.thread` and `multiprocessing.pool`."""


def serves_library(function):
    """Whether a thread that shall call this runs nothing of the learner's: he has not started it, and has not written it."""
    calls = running().calls
    if calls and calls[-1].call.operation == _START:
        return False
    thread = getattr(function, '__self__', None)
    target = getattr(thread, '_target', None) or getattr(type(thread), 'run', None) or function
    target = getattr(target, '__func__', target)
    code = getattr(target, '__code__', None)
    return code is not None and code.co_filename.startswith(library) and code.co_name not in _CARRIERS


def begin_visible(thread, line):
    """A visible operation begins: a step of its own, unless it is the first in its statement."""
    if thread.fresh:
        thread.fresh = False
    elif not thread.library:
        stacks.room()
        finish(stacks.kernel.step(line))
